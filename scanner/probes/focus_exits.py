"""From where focus does not get back to the browser, and the keys that help there.

Each stop and the browser around the page are places; Tab and Shift+Tab lead from one to another. Most ways are known
from the walk. Where an element listens to keys or to losing the focus, its ways are walked slowly, as scripts that take
the focus back often wait a moment before they do.
"""

from __future__ import annotations

import asyncio
from itertools import pairwise
from typing import TYPE_CHECKING

from rules.dom import Dom
from rules.evidence.focus import Trap
from scanner.probes.key_names import named_keys
from scanner.probes.keys import BACK_TAB, ENTER, ESCAPE, TAB, Key, press

if TYPE_CHECKING:
    from scanner.probes.focus import Mark, Walk

MOST_WATCHFUL = 15
"""Elements whose ways are walked slowly on one page."""

MOST_BESIDE = 20
"""Further elements whose ways are walked slowly where there seems to be a trap."""

TRIES = 2
"""How often focus is put on an element, from which each time one key leads away."""

MOST_HELD = 6
"""Elements of a trap from which keys are tried."""

PAUSE_S = 0.06
"""How long a page is given to take the focus back."""

Ways = dict["Mark | None", set["Mark | None"]]
"""Where Tab and Shift+Tab lead from each place; None is the browser around the page."""


async def find_traps(walk: Walk, node_of: dict[Mark, int], watchful: list[Mark], dom: Dom) -> list[Trap]:
    """The elements from which the browser is not reached, together, with the keys that lead away; mostly none.

    `node_of` gives the snapshot index of the elements in which focus cannot move on unseen.
    """
    ways = _walked(walk.steps)
    watched = list(dict.fromkeys([*watchful, *_ring(walk.steps)]))[:MOST_WATCHFUL]
    if watched:
        ways |= await _explored(walk, watched)
    beside = [mark for mark in _stuck(ways) if mark not in watched][:MOST_BESIDE]
    if beside:
        # The quick walk went one way only, and may have been quicker than the page.
        ways |= await _explored(walk, beside)
    if _stuck(ways):
        # Where a page takes the focus back after a moment, one look may be earlier than that and the next one later.
        for here, there in (await _explored(walk, _stuck(ways)[:MOST_WATCHFUL])).items():
            ways[here] = ways.get(here, set()) | there
    stuck = _stuck(ways)
    if not stuck or not set(stuck) <= set(node_of):
        return []
    usual = {"Escape": ESCAPE}
    named = named_keys(" . ".join([_told(dom), await _help(walk, stuck, node_of, dom)]))
    worked = [
        name
        for name, key in (usual | named).items()
        if all([await _frees(walk, one, key, stuck) for one in stuck[:MOST_HELD]])
    ]
    return [Trap(tuple(sorted(node_of[mark] for mark in stuck)), tuple(worked), tuple(sorted(set(named) - set(usual))))]


def _walked(steps: list[Mark | None]) -> Ways:
    """The ways as the quick walk saw them, and the same back."""
    ways: Ways = {}
    for here, there in pairwise(steps):
        ways.setdefault(here, set()).add(there)
        ways.setdefault(there, set()).add(here)
    return ways


async def _explored(walk: Walk, watched: list[Mark]) -> Ways:
    """Where both keys lead from each of these elements, pressed slowly; those that do not keep the focus are left out.

    It goes on from where a key has led, as to be put elsewhere may be just what such elements undo.
    """
    ways: dict[Mark | None, dict[Key, Mark | None]] = {}
    waiting = [mark for mark in watched for _ in range(TRIES)]
    await asyncio.sleep(PAUSE_S)
    here = await walk.now()
    while True:
        tried = ways.setdefault(here, {})
        key = next((key for key in (TAB, BACK_TAB) if key not in tried), None)
        if here not in watched or key is None:
            waiting = [mark for mark in waiting if len(ways.get(mark, ())) < 2]
            if not waiting:
                break
            here = waiting.pop(0)
            await walk.focus(here)
            await asyncio.sleep(PAUSE_S)
            here = await walk.now()
            continue
        await walk.take()
        await press(walk.session, key)
        await asyncio.sleep(PAUSE_S)
        here = await walk.now()
        # A script can take the focus back within the page, and not from the browser once that has it.
        tried[key] = None if None in await walk.take() else here
    return {mark: set(tried.values()) for mark, tried in ways.items() if len(tried) == 2}


def _stuck(ways: Ways) -> list[Mark]:
    """The elements from which the browser is not reached."""
    return sorted(mark for mark in set(ways) - _free(ways) if mark is not None)


def _free(ways: Ways) -> set[Mark | None]:
    """The places from which the browser around the page is reached."""
    free: set[Mark | None] = {None}
    while more := {here for here, there in ways.items() if here not in free and there & free}:
        free |= more
    return free


def _ring(steps: list[Mark | None]) -> list[Mark]:
    """The elements among which the walk went round to its end without leaving the page; empty where it left."""
    tail: list[Mark] = []
    for step in reversed(steps):
        if step is None:
            break
        tail.append(step)
    ring = list(dict.fromkeys(tail))
    # Twice around: a page that is left at its end has been left by then.
    return ring if len(tail) > 2 * len(ring) else []


async def _after(walk: Walk, mark: Mark, key: Key) -> Mark | None:
    """What has the focus a moment after a key was pressed on an element; the browser where it does not take focus."""
    if not await walk.focus(mark):
        return None
    await press(walk.session, key)
    await asyncio.sleep(PAUSE_S)
    await walk.take()
    return await walk.now()


async def _frees(walk: Walk, mark: Mark, key: Key, stuck: list[Mark]) -> bool:
    """Whether focus gets out of the trap with this key, or with Tab or Shift+Tab after it; tried twice."""
    for way in (TAB, BACK_TAB) * TRIES:
        here = await _after(walk, mark, key)
        for _ in range(len(stuck) + 1):
            if here not in stuck:
                return True
            await press(walk.session, way)
            await asyncio.sleep(PAUSE_S)
            here = await walk.now()
        if here not in stuck:
            return True
    return False


async def _help(walk: Walk, stuck: list[Mark], node_of: dict[Mark, int], dom: Dom) -> str:
    """What the page says after its buttons in the trap were pressed, as help may be behind one of them."""
    told: list[str] = []
    for mark in stuck[:MOST_HELD]:
        element = dom.at(node_of[mark])
        stays = element is not None and element.get("href", "#").strip().lower().startswith(("#", "javascript:"))
        if stays and element is not None and element.role in ("button", "link"):
            await _after(walk, mark, ENTER)
            told.append(await walk.documents[mark[0]].value("document.body.innerText.slice(0, 20000)"))
    return " . ".join(told)


def _told(dom: Dom) -> str:
    """What the page tells people in text, names and descriptions."""
    said = (f"{element.name} . {element.description}" for element in dom.elements if element.name)
    return " . ".join([dom.text_of(dom.root.index) if dom.root else "", *said])
