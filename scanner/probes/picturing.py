"""How a picture of a page is taken for the report, with what fields hold covered.

It is of the page from its top as far as a bounded height. The window is made as tall as that for it; where this moves
the content, the picture ends with the usual window.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from importlib import resources
from typing import Any, NamedTuple

from playwright.async_api import CDPSession, Error

from rules.dom import Dom
from rules.evidence.views import View, ViewName, Views
from scanner.browser.frames import ProcessRoot
from scanner.browser.raw import raw_send
from scanner.probes.worlds import World, worlds

TALLEST = 4_000
"""CSS px of the page from its top that a picture shows at most."""

SHARPNESS: dict[ViewName, float] = {"page": 0.6, "narrow": 0.75, "spaced": 0.6}
"""Pixels of a picture for each CSS px."""

QUALITIES = (60, 25)
LARGEST = 300_000
"""Bytes of a picture; one that is larger is taken again in a lower quality, and then left out."""

MOVED = 0.1
"""The share of elements that a taller window may move, such as a bar at its lower edge."""

SHADOW_FIELDS = 100

SCRIPT = resources.files("scanner").joinpath("probes", "views.js").read_text("utf-8")
TOO_MANY = "There are too many fields in shadow trees to cover what they hold."
_IN_SHADOW = f"function () {{ {SCRIPT} curbcutViews.cover(this.getRootNode()) }}"
_OUT_OF_SHADOW = "function () { globalThis.curbcutViews?.uncover(); delete globalThis.curbcutViews }"


class Layout(NamedTuple):
    """The window's width and height, the page's height, and where a share of its elements stand, in CSS px."""

    width: int
    window: int
    height: int
    places: list[list[int]]

    def moved(self, other: Layout) -> bool:
        """Whether more elements stand elsewhere than may."""
        if len(self.places) != len(other.places):
            return True
        moved = sum(one != two for one, two in zip(self.places, other.places, strict=True))
        return moved > MOVED * len(self.places)


def kept(*pictures: View | None) -> Views:
    """Those pictures that could be taken."""
    small = tuple(picture for picture in pictures if picture is not None)
    return Views(small, untaken="" if small else "The pictures would be too large to keep.")


@asynccontextmanager
async def ready(roots: Sequence[ProcessRoot], dom: Dom, index_of: dict[int, int]) -> AsyncIterator[list[World] | None]:
    """The documents while what their fields hold is covered, None where it cannot be.

    The window is as before afterwards. `index_of` gives the snapshot index of a backend node id.
    """
    session, documents = roots[0].session, await worlds(roots)
    for document in documents:
        await document.value(SCRIPT)
    hidden = _shadow_fields(dom, index_of)
    if len(hidden) > SHADOW_FIELDS:
        yield None
        return
    try:
        async with _covered(session, documents, hidden):
            yield documents
    finally:
        await session.send("Emulation.clearDeviceMetricsOverride")


def _shadow_fields(dom: Dom, index_of: dict[int, int]) -> list[int]:
    """The backend ids of fields in shadow trees, closed ones as well, which a style of the document does not reach."""
    backend_of = {index: backend for backend, index in index_of.items()}
    fields = (one for one in dom.elements if one.tag in ("input", "textarea") and one.node.host >= 0)
    return [backend_of[one.index] for one in fields if one.index in backend_of]


@asynccontextmanager
async def _covered(session: CDPSession, documents: list[World], hidden: list[int]) -> AsyncIterator[None]:
    """While this lasts nothing shows what fields hold; fails where one cannot be covered."""
    handles = []
    try:
        for document in documents:
            await document.value("curbcutViews.cover()")
        for backend in hidden:
            handle = (await session.send("DOM.resolveNode", {"backendNodeId": backend}))["object"]["objectId"]
            handles.append(handle)
            await session.send("Runtime.callFunctionOn", {"objectId": handle, "functionDeclaration": _IN_SHADOW})
        yield
    finally:
        with suppress(Error):
            for document in documents:
                await document.value("curbcutViews.uncover()")
            for handle in handles:
                call = {"objectId": handle, "functionDeclaration": _OUT_OF_SHADOW}
                await session.send("Runtime.callFunctionOn", call)


async def own_view(session: CDPSession, document: World, name: ViewName) -> View | None:
    """The page in the window in which it was looked at."""
    before = await _layout(document)
    height = min(before.height, TALLEST)
    if height > before.window:
        await resize(session, before.width, height)
        if before.moved(await _layout(document)):
            height = before.window
            await resize(session, before.width, height)
            await document.value("curbcutViews.drawn()")
    return await taken(session, name, before.width, height)


async def _layout(document: World) -> Layout:
    return Layout(*await document.value("curbcutViews.drawn().then(() => curbcutViews.measure())"))


async def resize(session: CDPSession, width: int, height: int) -> None:
    """Makes the window as wide and tall as that, in CSS px."""
    metrics = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
    await session.send("Emulation.setDeviceMetricsOverride", metrics)


async def taken(session: CDPSession, name: ViewName, width: int, height: int) -> View | None:
    """The picture of that much of the page, in CSS px; None where its file would be too large."""
    for quality in QUALITIES:
        clip = {"x": 0, "y": 0, "width": width, "height": height, "scale": SHARPNESS[name]}
        asked: dict[str, Any] = {"format": "webp", "quality": quality, "clip": clip, "optimizeForSpeed": True}
        data = str((await raw_send(session, "Page.captureScreenshot", asked))["data"])
        if len(data) * 3 / 4 <= LARGEST:
            return View(name, width, height, data)
    return None
