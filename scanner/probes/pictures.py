"""Text in the pictures of a page: they are shown once more, side by side over the page, and read from there.

A picture is read by itself, so that letters which the page lays over it are not taken for its own, and as the browser
draws it, so that vector drawings and cut-outs are seen as people see them. What the run knows already is not shown.
"""

from __future__ import annotations

import asyncio
import base64
import hashlib
import io
import re
from collections.abc import AsyncIterator, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from PIL import Image
from playwright.async_api import CDPSession

from rules.dom import Dom
from rules.element import Element
from rules.evidence.pictures import Kind, Picture, Pictures
from rules.layout import can_be_seen
from scanner.browser.raw import raw_send
from scanner.probes.axe import WORLD
from scanner.probes.reading import Reader, Reading

LEAST_WIDTH, LEAST_HEIGHT = 32.0, 10.0
"""CSS px of a picture; less holds no word that can be read."""

LEAST_AREA = 900.0

PICTURE_LIMIT = 40
"""Pictures of one page, in document order."""

SHEETS = 6
"""Pictures of the window in which they are shown together."""

TEXT_LIMIT = 16
"""Pictures of one page that look as if they held text: reading one takes about a tenth of a second."""

ATTEMPTS, PAUSE_S = 4, 0.1
"""How often the window is looked at until it shows the sheet."""

_MARK = (254, 1, 253)
_URL = re.compile(r"url\(", re.IGNORECASE)
_SCRIPT = Path(__file__).with_suffix(".js")


class _Shown(NamedTuple):
    """A candidate with what the browser says of it: a key of what it shows, its size in CSS px."""

    element: Element
    kind: Kind
    handle: str
    key: str
    width: float
    height: float


class _Cut(NamedTuple):
    """A picture as it was shown, with `scale` pixels for each CSS px."""

    picture: Image.Image
    scale: float


@dataclass(frozen=True, slots=True)
class _World:
    """Our own world of the page's document, in which the page cannot meddle."""

    session: CDPSession
    context: int

    async def call(self, function: str, handles: Sequence[str], *values: object) -> Any:
        """What a function of our script gives for elements."""
        arguments = [{"value": value} for value in values] + [{"objectId": handle} for handle in handles]
        answer = await self.session.send(
            "Runtime.callFunctionOn",
            {
                "functionDeclaration": f"function (...all) {{ return ({_source()}).{function}(...all); }}",
                "executionContextId": self.context,
                "arguments": arguments,
                "awaitPromise": True,
                "returnByValue": True,
            },
        )
        return answer["result"].get("value")


async def probe_pictures(session: CDPSession, dom: Dom, index_of: dict[int, int], *, reader: Reader) -> Pictures:
    """What is written in the pictures of the page's own document; costs nothing on a page that has none.

    `index_of` gives the snapshot index of a backend node id.
    """
    candidates = list(_candidates(dom))
    if not candidates or reader.missing:
        return Pictures(unread=reader.missing)
    backend_of = {index: backend for backend, index in index_of.items()}
    chosen = candidates[:PICTURE_LIMIT]
    world = await _world(session)
    handles = await asyncio.gather(*(_handle(session, backend_of[one.index], world.context) for one, _ in chosen))
    facts = await world.call("facts", handles, [kind for _, kind in chosen])
    shown = [
        _Shown(element, kind, handle, _key(fact, kind), fact["width"], fact["height"])
        for (element, kind), handle, fact in zip(chosen, handles, facts or (), strict=False)
        if fact is not None
    ]
    seen = [picture async for picture in _seen(world, shown, reader)]
    return Pictures(tuple(seen), beyond=len(candidates) - len(chosen) + len(shown) - len(seen))


def _candidates(dom: Dom) -> Iterator[tuple[Element, Kind]]:
    """Elements that show a picture large enough for words, in document order."""
    styles = {
        place for place, row in enumerate(dom.snapshot.styles) if any(_URL.search(value) for value in _images(dom, row))
    }
    for element in dom.elements:
        kind = _kind(element, element.node.style in styles)
        if kind is None or element.node.frame != 0 or element.box is None:
            continue
        _, _, width, height = element.box
        if width < LEAST_WIDTH or height < LEAST_HEIGHT or width * height < LEAST_AREA:
            continue
        if can_be_seen(element):
            yield element, kind


def _images(dom: Dom, row: tuple[str, ...]) -> Iterator[str]:
    names = dom.snapshot.style_names
    if "background-image" in names:
        yield row[names.index("background-image")]


def _kind(element: Element, has_background: bool) -> Kind | None:
    if element.tag == "img" or (element.tag == "input" and element.get("type").strip().lower() == "image"):
        return "image"
    if element.tag == "object" and element.get("type").lower().startswith("image/"):
        return "image"
    if element.tag == "canvas":
        return "canvas"
    if element.tag == "svg":
        # A drawing inside of a drawing is a part of it.
        return "drawing" if not any(below.tag in ("svg", "foreignobject") for below in element.ancestors()) else None
    return "background" if has_background and element.tag not in ("html", "body") else None


async def _seen(world: _World, shown: list[_Shown], reader: Reader) -> AsyncIterator[Picture]:
    """The pictures with what they say, in their order, until the budget is used up; known ones count as new ones do."""
    text_like = sheets = 0
    cuts: dict[str, _Cut | None] = {}
    for position, one in enumerate(shown):
        reading = reader.recall(one.key)
        if reading is None:
            if one.key not in cuts:
                sheets += 1
                waiting = {other.key: other for other in shown[position:] if reader.recall(other.key) is None}
                cuts = await _sheet(world, list(waiting.values())) if sheets <= SHEETS else {}
            if one.key not in cuts:
                return
            cut = cuts[one.key]
            reading = await reader.read(cut.picture, one.key, scale=cut.scale) if cut else Reading()
        text_like += reading.text_like
        if text_like > TEXT_LIMIT:
            return
        yield Picture(one.element.index, one.kind, one.width, one.height, reading.lines, reading.plain, reading.busy)


async def _sheet(world: _World, pictures: list[_Shown]) -> dict[str, _Cut | None]:
    """The first pictures as cut from a sheet of them, as many as it holds; None for one of which nothing is to be seen.

    The page is left as it was.
    """
    try:
        places = await world.call(
            "show",
            [one.handle for one in pictures],
            [[one.kind, one.width, one.height] for one in pictures],
            f"rgb{_MARK}",
        )
        sheet = await _photograph(world.session)
    finally:
        await world.call("clear", ())
    if sheet is None:
        return {}
    return {one.key: _cut(sheet, place) for one, place in zip(pictures, places or (), strict=False)}


async def _photograph(session: CDPSession) -> Image.Image | None:
    """The window with the sheet, None where the page keeps it from being seen."""
    for _ in range(ATTEMPTS):
        answer = await raw_send(session, "Page.captureScreenshot", {"format": "png", "optimizeForSpeed": True})
        picture = Image.open(io.BytesIO(base64.b64decode(answer["data"]))).convert("RGB")
        if picture.getpixel((1, 1)) == _MARK:
            return picture
        await asyncio.sleep(PAUSE_S)
    return None


def _cut(sheet: Image.Image, place: dict[str, float]) -> _Cut | None:
    if not place["scale"]:
        return None
    left, top = round(place["x"]), round(place["y"])
    part = sheet.crop((left, top, left + round(place["width"]), top + round(place["height"])))
    return _Cut(part, place["scale"])


def _key(fact: dict[str, Any], kind: Kind) -> str:
    """What a picture is known by: all that decides how it looks."""
    told = "\n".join([kind, f"{fact['width']:.0f} {fact['height']:.0f}", fact["looks"], fact["source"]])
    return hashlib.sha256(told.encode(errors="replace")).hexdigest()


async def _world(session: CDPSession) -> _World:
    frame = (await session.send("Page.getFrameTree"))["frameTree"]["frame"]["id"]
    made = await session.send("Page.createIsolatedWorld", {"frameId": frame, "worldName": WORLD})
    return _World(session, made["executionContextId"])


async def _handle(session: CDPSession, backend: int, context: int) -> str:
    answer = await session.send("DOM.resolveNode", {"backendNodeId": backend, "executionContextId": context})
    return str(answer["object"]["objectId"])


def _source() -> str:
    return _SCRIPT.read_text("utf-8")
