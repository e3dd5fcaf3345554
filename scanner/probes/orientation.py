"""The page in a tall window and in a wide one: what turns itself against the window."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import resources

from playwright.async_api import CDPSession

from rules.evidence.orientation import Orientation, Turned
from scanner.browser.frames import ProcessRoot
from scanner.probes.worlds import World, worlds

TALL, WIDE = (412, 915), (915, 412)
"""CSS px of a common phone, held in both ways."""

SCRIPT = resources.files("scanner").joinpath("probes", "orientation.js").read_text("utf-8")


async def probe_orientation(roots: Sequence[ProcessRoot], index_of: dict[int, int]) -> Orientation:
    """The elements that are turned by the page when the window is; costs nothing where no style sheet asks for it.

    `index_of` gives the snapshot index of a backend node id of the page's own process; frames elsewhere are not asked.
    """
    documents = [document for document in await worlds(roots) if document.top]
    asking = [document for document in documents if await document.value(f"{SCRIPT}; curbcutTurn.may()")]
    if not asking:
        return Orientation()
    session = roots[0].session
    try:
        for size in (TALL, WIDE):
            await _resize(session, *size)
            for document in asking:
                await document.value(f"{_DRAWN}.then(() => curbcutTurn.measure())")
        turned = sorted([one for document in asking for one in await _turned(document, index_of)])
        tall, wide, notice = await _lost(documents[0], index_of) if documents[0] in asking else (0, 0, -1)
        return Orientation(tuple(turned), tall, wide, notice)
    finally:
        await session.send("Emulation.clearDeviceMetricsOverride")


_DRAWN = """Promise.race([
  new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))),
  new Promise((resolve) => setTimeout(resolve, 500)),
])"""


async def _resize(session: CDPSession, width: int, height: int) -> None:
    metrics = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
    await session.send("Emulation.setDeviceMetricsOverride", metrics)


async def _turned(document: World, index_of: dict[int, int]) -> list[Turned]:
    degrees = await document.value("curbcutTurn.compare()")
    nodes = await document.nodes("curbcutTurn.elements") if degrees else []
    return [Turned(index_of[node], by) for node, by in zip(nodes, degrees, strict=True) if node in index_of]


async def _lost(document: World, index_of: dict[int, int]) -> tuple[int, int, int]:
    tall, wide = await document.value("curbcutTurn.lost()")
    notices = await document.nodes("curbcutTurn.notice")
    return tall, wide, index_of.get(notices[0], -1) if notices else -1
