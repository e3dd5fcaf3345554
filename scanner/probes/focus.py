"""A walk through the page with the Tab key: where focus stops, how that is seen, where it cannot get away.

Keys are sent in batches without waiting, and the documents note what has the focus after each: 2 ms a stop instead of
18. Only where that leaves a doubt (nothing looks different, or focus does not leave) is it looked at slowly.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from importlib import resources

from playwright.async_api import CDPSession, Error

from rules.dom import Dom
from rules.evidence.focus import Focus, Shown, Stop
from rules.layout import Box
from scanner.browser.frames import ProcessRoot
from scanner.probes.focus_exits import find_traps
from scanner.probes.keys import TAB, press
from scanner.probes.pictures_of_focus import differs
from scanner.probes.worlds import World, worlds

BATCH = 25
MOST_PRESSES = 250
MOST_DOUBTS = 12
"""Elements of a page whose pictures are taken; the rest stays unknown."""

SCRIPT = resources.files("scanner").joinpath("probes", "focus.js").read_text("utf-8")

_IN_PARTS = frozenset({"audio", "video", "iframe", "frame", "object", "embed", "fencedframe"})
_FIELDS_IN_PARTS = frozenset({"date", "datetime-local", "month", "time", "week", "file", "color"})

Mark = tuple[int, int]
"""An element: the place of its document, and its place in that document's list."""


@dataclass
class Walk:
    """The walk as far as it has gone: which element had the focus after each press, None where none of the page had.

    `doubts` counts the elements of which pictures had to be taken.
    """

    session: CDPSession
    documents: list[World]
    steps: list[Mark | None] = field(default_factory=list)
    doubts: int = 0

    async def go(self) -> bool:
        """Whether all stops were met: a whole batch of presses brings nothing new."""
        while len(self.steps) < MOST_PRESSES:
            known = set(self.steps)
            await press(self.session, TAB, BATCH)
            batch = await self.take()
            self.steps += batch
            if set(batch) <= known or not batch:
                return True
        return False

    async def take(self) -> list[Mark | None]:
        """What had the focus after each press since the last question, in their order."""
        noted = [
            (when, number, at)
            for number, document in enumerate(self.documents)
            for when, at in await document.value("curbcutWalk.take()")
        ]
        return [(number, at) if at >= 0 else None for _, number, at in sorted(noted)]

    async def now(self) -> Mark | None:
        """What has the focus at the moment."""
        for number, document in reversed(list(enumerate(self.documents))):
            at = await document.value("curbcutWalk.now()")
            if at >= 0:
                return number, at
        return None

    async def focus(self, mark: Mark) -> bool:
        """Whether the element took the focus, as if by key."""
        return bool(await self.documents[mark[0]].value(f"curbcutWalk.focus({mark[1]})"))

    async def blur(self) -> None:
        """Take the focus from whatever has it."""
        for document in self.documents:
            await document.value("curbcutWalk.blur()")


async def probe_focus(
    roots: Sequence[ProcessRoot], dom: Dom, index_of: dict[int, int], *, watchful: frozenset[int]
) -> Focus:
    """The stops of the Tab key in the order in which they come.

    `index_of` gives the snapshot index of a backend node id of the page's own process; stops in other processes count
    on the way and are not named. `watchful` are the indices of elements that listen to keys or to losing the focus.
    """
    # Several tabs are looked at at once, and only one of them would have the window's focus.
    await roots[0].session.send("Emulation.setFocusEmulationEnabled", {"enabled": True})
    documents = await worlds(roots)
    for document in documents:
        await document.value(f"{SCRIPT}; scrollTo({{left: 0, top: 0, behavior: 'instant'}})")
    walk = Walk(roots[0].session, documents)
    complete = await walk.go()
    compared = [await document.value("curbcutWalk.compare()") for document in documents]
    covers = [await document.value("curbcutWalk.covers()") for document in documents]
    node_of = await _nodes(walk, index_of)
    marks = list(dict.fromkeys(mark for mark in walk.steps if mark is not None))
    whole = {mark: node for mark, node in node_of.items() if not _has_parts(dom, node)}
    traps = await find_traps(walk, whole, [mark for mark in marks if whole.get(mark) in watchful], dom)
    stops = [
        await _stop(walk, mark, node_of, compared[mark[0]][mark[1]], covers[mark[0]][mark[1]])
        for mark in marks
        if mark in node_of
    ]
    return Focus(tuple(stops), tuple(traps), complete)


async def _nodes(walk: Walk, index_of: dict[int, int]) -> dict[Mark, int]:
    """The snapshot index of each element that was met and is in the snapshot."""
    found: dict[Mark, int] = {}
    for number, document in enumerate(walk.documents):
        if not document.top:
            continue
        for at, backend in enumerate(await document.nodes("curbcutWalk.elements")):
            if backend in index_of:
                found[(number, at)] = index_of[backend]
    return found


def _has_parts(dom: Dom, node: int) -> bool:
    """Whether Tab may stop more than once inside an element that has the focus all the while."""
    element = dom.at(node)
    if element is None or element.tag in _IN_PARTS or "-" in element.tag:
        return True
    return element.tag == "input" and element.get("type").lower() in _FIELDS_IN_PARTS


async def _stop(
    walk: Walk, mark: Mark, node_of: dict[Mark, int], compared: tuple[bool, bool, Box], cover: tuple[float, int]
) -> Stop:
    """One stop; a picture is taken where its style leaves a doubt, as long as there are not too many."""
    differs_in_style, types, (x, y, width, height) = compared
    shown: Shown = "caret" if types else "style" if differs_in_style else "unknown"
    if shown == "unknown" and walk.doubts < MOST_DOUBTS:
        walk.doubts += 1
        shown = await _seen(walk, mark)
    share, by = cover
    return Stop(node_of[mark], (x, y, width, height), shown, share, node_of.get((mark[0], by), -1))


async def _seen(walk: Walk, mark: Mark) -> Shown:
    """Whether pictures of the window with and without focus differ; both are taken twice, as pages move."""

    async def with_focus() -> bool:
        return await walk.focus(mark)

    try:
        differ = await differs(walk.session, with_focus, walk.blur)
    except Error:
        return "unknown"
    return "unknown" if differ is None else "pixels" if differ else "nothing"
