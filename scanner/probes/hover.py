"""What opens under the mouse: a real mouse over one of each kind of element that styles or scripts let open something.

The mouse comes from a corner of the window, waits, goes to what opened on the shortest way and rests there. What is
told was seen twice: it opened both times, and was gone both times when the mouse was back in its corner.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib import resources

from playwright.async_api import CDPSession

from rules.evidence.hover import Hover, Opened
from rules.page import Page
from scanner.browser.frames import ProcessRoot
from scanner.probes.keys import ESCAPE, press
from scanner.probes.worlds import World, worlds

MOST = 4
"""After so many elements that opened something no other is begun with; a page with more has them alike."""

PATIENCE_MS = {"style": 60, "script": 350}
"""How long is waited for something to open: a style needs a frame, scripts may take a third of a second."""

LINGER_MS = {"style": 60, "script": 400}
"""How long the mouse rests on what opened: scripts that close it wait for a moment."""

CORNER = (0.0, 0.0)

MOST_LISTENING = 60

SCRIPT = resources.files("scanner").joinpath("probes", "hover.js").read_text("utf-8")
_ENTER = frozenset({"mouseenter", "mouseover", "pointerenter", "pointerover"})

Point = Sequence[float]
Seen = tuple[bool | None, bool, bool, bool, bool]


async def probe_hover(root: ProcessRoot, page: Page, index_of: dict[int, int]) -> Hover:
    """What the mouse opens in the top document; `index_of` gives the snapshot index of a backend node id.

    A page on which nothing can open costs the reading of its style sheets.
    """
    document = (await worlds([root]))[0]
    await document.value(SCRIPT)
    await _listening(document, page, index_of)
    ways = await document.value("curbcutHover.find()")
    rows: list[tuple[str, Seen]] = []
    tried = 0
    try:
        for at, by in enumerate(ways):
            if len(rows) == MOST:
                break
            tried += 1
            seen = await _look(document, at, by)
            if seen is not None:
                rows.append((by, seen))
    finally:
        await _move(document.session, CORNER)
        await document.value("curbcutHover.back()")
    nodes = [index_of.get(backend, -1) for backend in await document.nodes("curbcutHover.found")] if rows else []
    found = (
        Opened(node, content, "style" if by == "style" else "script", *seen)
        for node, content, (by, seen) in zip(nodes[::2], nodes[1::2], rows, strict=True)
    )
    return Hover(tuple(sorted((one for one in found if one.node >= 0), key=lambda one: one.node)), tried)


async def _listening(document: World, page: Page, index_of: dict[int, int]) -> None:
    """Let our world know the elements that listen to the mouse coming over them."""
    wanted = [one.node for one in page.listeners.elements if _ENTER & set(one.events)] if page.listeners else []
    backend_of = {index: backend for backend, index in index_of.items()}
    for node in wanted[:MOST_LISTENING]:
        call = {"backendNodeId": backend_of[node], "executionContextId": document.context}
        found = (await document.session.send("DOM.resolveNode", call))["object"]["objectId"]
        note = "function () { if (this.nodeType === 1) curbcutHover.listening.push(this); }"
        await document.session.send("Runtime.callFunctionOn", {"objectId": found, "functionDeclaration": note})


async def _look(document: World, at: int, by: str) -> Seen | None:
    """What is known of what one element opens; None where nothing opens each time."""
    session = document.session
    await _move(session, CORNER)
    point: Point | None = await document.value(f"curbcutHover.begin({at})")
    if point is None or not await _opens(document, point, by):
        return None
    covers = bool(await document.value("curbcutHover.covers()"))
    await press(session, ESCAPE)
    dismissed = not await document.value("curbcutHover.stays(60)")
    await _move(session, CORNER)
    if await document.value(f"curbcutHover.stays({LINGER_MS[by]})"):
        return None  # it does not go by itself, so it is not the mouse that keeps it
    if not await _opens(document, point, by):
        return None
    reached = await _reaches(document, by)
    await _move(session, CORNER)
    if reached is False:
        await document.value(f"curbcutHover.stays({LINGER_MS[by]})")
        reached = None if not await _opens(document, point, by) or await _reaches(document, by) else False
        await _move(session, CORNER)
    await document.value(f"curbcutHover.stays({LINGER_MS[by]})")
    focused = bool(await document.value(f"curbcutHover.keyboard({PATIENCE_MS[by]})"))
    told = bool(await document.value("curbcutHover.other()"))
    await document.value("curbcutHover.keep()")
    return reached, covers, dismissed, focused, told


async def _opens(document: World, point: Point, by: str) -> bool:
    await _move(document.session, point)
    return bool(await document.value(f"curbcutHover.opened({PATIENCE_MS[by]})"))


async def _reaches(document: World, by: str) -> bool | None:
    """Whether what opened stays while the mouse goes to it and rests there; None where there is no way to it."""
    way: list[Point] | None = await document.value("curbcutHover.path()")
    if way is None:
        return None
    start, *others = way
    await _move(document.session, start)
    if not await document.value("curbcutHover.stays(0)"):
        return None
    for place in others:
        await _move(document.session, place)
    return bool(await document.value(f"curbcutHover.stays({LINGER_MS[by]})"))


async def _move(session: CDPSession, point: Point) -> None:
    await session.send("Input.dispatchMouseEvent", {"type": "mouseMoved", "x": point[0], "y": point[1]})
