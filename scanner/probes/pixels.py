"""The pixels under letters: the page with black letters, with white ones and with none tells them apart.

Where black and white differ there is a letter, whatever lies behind it; the picture without letters shows what that
is. Only texts are looked at whose background the rendered tree leaves open; a page without any costs nothing. Letters
are changed by `-webkit-text-fill-color`, which changes nothing else, and get their own colour back.
"""

from __future__ import annotations

import asyncio
import base64
import io
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

from PIL import Image, ImageChops
from playwright.async_api import CDPSession

from rules.colour import Colour, contrast, on_screen
from rules.contrast import TextContrast
from rules.dom import Dom
from rules.evidence.pixels import Pixels, TextPixels
from rules.layout import Box
from scanner.browser.raw import raw_send
from scanner.probes.axe import WORLD

TEXT_LIMIT = 200
"""Texts on one page; what comes after stays a question."""

WINDOW_PX = 500.0
"""CSS px of a window's height in which texts are looked at together."""

PLACES = 12
"""Windows full of texts on one page: pictures of the window are cheap, those of a whole page are not."""

INKED, SOLID = 64, 200
"""How much of a pixel a letter covers where it counts, and where it is certain that nothing lies over it; of 255."""

LEAST_PIXELS = 12
EDGE = 0.02

_IS_INKED = [255 if value >= INKED else 0 for value in range(256)]

_INK = """
async function (ink, ...others) {
  const all = [this, ...others];
  globalThis.curbcutInk ??= all.map((one) => [one, one.getAttribute("style")]);
  for (const one of all) one.style.setProperty("-webkit-text-fill-color", ink, "important");
  // A picture of the window shows its last frame, so one with this ink has to be drawn first.
  const drawn = new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
  await Promise.race([drawn, new Promise((resolve) => setTimeout(resolve, 500))]);
}
"""

_SHOW = """
for (const [one, style] of globalThis.curbcutInk || []) {
  if (style === null) one.removeAttribute("style");
  else one.setAttribute("style", style);
}
delete globalThis.curbcutInk;
"""


async def probe_pixels(session: CDPSession, dom: Dom, index_of: dict[int, int]) -> Pixels:
    """What lies under the letters of the texts that `rules.contrast` has doubts about.

    `index_of` gives the snapshot index of a backend node id. Texts in frames are not looked at, as their places are
    those of their own documents.
    """
    texts = (text for text in dom.contrasts if text.measurable and not text.element.is_generated)
    open_texts = [text for text in texts if text.element.node.frame == 0][:TEXT_LIMIT]
    if not open_texts:
        return Pixels()
    backend_of = {index: backend for backend, index in index_of.items()}
    context = (await session.send("Page.createIsolatedWorld", {"frameId": await _frame(session), "worldName": WORLD}))[
        "executionContextId"
    ]
    objects = await asyncio.gather(*(_object(session, backend_of[text.element.index], context) for text in open_texts))
    found: list[TextPixels] = []
    try:
        for batch in islice(_batches(list(zip(open_texts, objects, strict=True)), WINDOW_PX), PLACES):
            found += await _look(session, batch, context)
    finally:
        await _evaluate(session, "scrollTo({left: 0, top: 0, behavior: 'instant'})", context)
    return Pixels(tuple(sorted(found)))


def _batches(texts: list[tuple[TextContrast, str]], most: float) -> Iterator[list[tuple[TextContrast, str]]]:
    """Texts in groups of which each fits into a window of a height in CSS px."""
    batch: list[tuple[TextContrast, str]] = []
    top = 0.0
    for text in sorted(texts, key=lambda one: (_around(one[0].lines)[1], one[0].element.index)):
        _, y, _, height = _around(text[0].lines)
        if height > most:
            continue
        if batch and y + height - top > most:
            yield batch
            batch = []
        top = top if batch else y
        batch.append(text)
    if batch:
        yield batch


async def _look(session: CDPSession, batch: Sequence[tuple[TextContrast, str]], context: int) -> list[TextPixels]:
    """What the window shows of the texts, moved to its middle, where bars at its edges do not reach."""
    _, top, _, height = _around([box for text, _ in batch for box in text.lines])
    to = f"scrollTo({{left: 0, top: {top + height / 2} - innerHeight / 2, behavior: 'instant'}})"
    origin = await _evaluate(session, f"{to}; [scrollX, scrollY]", context)
    first, *others = [{"objectId": name} for _, name in batch]
    pictures: list[Image.Image] = []
    try:
        for ink in ("transparent", "black", "white"):
            call = {"functionDeclaration": _INK, **first, "arguments": [{"value": ink}, *others], "awaitPromise": True}
            await session.send("Runtime.callFunctionOn", call)
            pictures.append(await picture(session))
    finally:
        await _evaluate(session, _SHOW, context)
    behind, black, white = pictures
    covered = ImageChops.difference(black, white).convert("L")
    measured = (_measured(text, behind, covered, (origin[0], origin[1])) for text, _ in batch)
    return [one for one in measured if one is not None]


def _measured(
    text: TextContrast, behind: Image.Image, covered: Image.Image, origin: tuple[float, float]
) -> TextPixels | None:
    """The contrast of letters with what is under them; None where none is seen, or only through a veil."""
    counts: Counter[Colour] = Counter()
    solid = False
    for x, y, width, height in text.lines:
        left, top = round(x - origin[0]), round(y - origin[1])
        part = (left, top, left + max(1, round(width)), top + max(1, round(height)))
        letters, under = covered.crop(part), behind.crop(part)
        solid = solid or any(letters.histogram()[SOLID:])
        under.putalpha(letters.point(_IS_INKED))
        for count, pixel in under.getcolors(under.width * under.height) or ():
            if isinstance(pixel, tuple) and pixel[3]:
                counts[Colour(*map(float, pixel[:3]))] += count
    if counts.total() < LEAST_PIXELS or not solid:
        return None
    ratios = sorted((contrast(on_screen(text.ink.over(one)), one), one, count) for one, count in counts.items())
    lowest, (red, green, blue, _) = _at(ratios, EDGE)
    highest, _ = _at(ratios, 1 - EDGE)
    background = (int(red), int(green), int(blue))
    return TextPixels(text.element.index, int(lowest * 100) / 100, int(highest * 100) / 100, background)


def _at(ratios: list[tuple[float, Colour, int]], share: float) -> tuple[float, Colour]:
    """The ratio and colour below which a share of the pixels lies."""
    wanted = share * sum(count for _, _, count in ratios)
    seen = 0
    for ratio, behind, count in ratios:
        seen += count
        if seen >= wanted:
            return ratio, behind
    return ratios[-1][:2]


def _around(boxes: Sequence[Box]) -> Box:
    left, top = min(box[0] for box in boxes), min(box[1] for box in boxes)
    right, bottom = max(box[0] + box[2] for box in boxes), max(box[1] + box[3] for box in boxes)
    return (float(int(left)), float(int(top)), float(int(right - left) + 2), float(int(bottom - top) + 2))


async def picture(session: CDPSession) -> Image.Image:
    """The window as it is, one pixel for a CSS px."""
    answer = await raw_send(session, "Page.captureScreenshot", {"format": "png", "optimizeForSpeed": True})
    return Image.open(io.BytesIO(base64.b64decode(answer["data"]))).convert("RGB")


async def _evaluate(session: CDPSession, expression: str, context: int) -> Any:
    answer = await session.send(
        "Runtime.evaluate", {"expression": expression, "contextId": context, "returnByValue": True}
    )
    return answer["result"].get("value")


async def _frame(session: CDPSession) -> str:
    return str((await session.send("Page.getFrameTree"))["frameTree"]["frame"]["id"])


async def _object(session: CDPSession, backend: int, context: int) -> str:
    answer = await session.send("DOM.resolveNode", {"backendNodeId": backend, "executionContextId": context})
    return str(answer["object"]["objectId"])
