"""What is done with one control: keys, a click where they do nothing, and the ways in and out of what it opens."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

from playwright.async_api import CDPSession

from rules.evidence.widgets import Clicked, Closed, Entered, Operated, Popup, Tabs, Told
from scanner.probes.keys import DOWN, ENTER, ESCAPE, RIGHT, SPACE, TAB, Key, press
from scanner.probes.widgets_choice import Choice
from scanner.probes.worlds import World

ANSWER_MS = 120
"""How long a control is given to begin to answer, in milliseconds."""

ENTRY_MS = 400
"""How long a dialog is given to take the focus, or to go away, in milliseconds."""

MOST_STOPS = 25
"""Presses of Tab within one dialog."""


class StillOpen(Exception):
    """Raised where a dialog does not close, so that nothing behind it can be operated."""

    def __init__(self, known: Operated) -> None:
        super().__init__("a dialog does not close")
        self.known = known


@dataclass
class Watched:
    """A document with the watcher in it; `index_of` gives the snapshot index of a backend node id."""

    session: CDPSession
    document: World
    index_of: dict[int, int]

    @cached_property
    def backend_of(self) -> dict[int, int]:
        """The backend node id of a snapshot index."""
        return {index: backend for backend, index in self.index_of.items()}

    async def call(self, expression: str) -> Any:
        """What the watcher answers."""
        return await self.document.value(f"curbcutWidgets.{expression}")

    async def node(self, place: int) -> int:
        """The snapshot index of an element that the watcher named, -1 for one that was made later."""
        [backend] = await self.document.nodes(f"[curbcutWidgets.elements[{place}]]") if place >= 0 else [-1]
        return self.index_of.get(backend, -1)


class _Outcome(NamedTuple):
    """What a press did. `dialog` is the place of the dialog that it opened, -1 for none; `gone`: the control went."""

    answered: bool
    changed: bool
    dialog: int
    modal: bool
    gone: bool


async def operated(watched: Watched, at: int, choice: Choice) -> list[Operated]:
    """What one control did, empty where it does not take the focus."""
    node = choice.element.index
    if not await watched.call(f"begin({at})"):
        return []
    first = await _pressed(watched, at, ENTER)
    if first.dialog >= 0:
        popup = await _popup(watched, at, first)
        known = Operated(node, ("Enter",), ("Enter",), popup=popup)
        if not popup.closed:
            raise StillOpen(known)
        return [known]
    told = await _told(watched, at) if choice.element.has("aria-expanded") and first.changed else ""
    if choice.promise in ("opens", "unknown") and first.answered:
        return [Operated(node, ("Enter",), ("Enter",), told=told)]
    answers = ["Enter"] if first.answered else []
    second = None if first.gone else await _again(watched, at, SPACE)
    if second is None:
        return [Operated(node, ("Enter",), tuple(answers), told=told)]
    if second.dialog >= 0:
        await _popup(watched, at, second)
    answers += ["Space"] if second.answered else []
    clicked = await _clicked(watched, at) if not answers else ""
    return [Operated(node, ("Enter", "Space"), tuple(answers), clicked, told)]


async def tabs(watched: Watched, at: int) -> list[Tabs]:
    """How arrow keys lead from the selected tab of a list; empty where there is but one, or it takes no focus."""
    begun = await watched.call(f"tabs({at})")
    if begun is None:
        return []
    place, stops, orientation = begun
    keys = (DOWN, RIGHT) if orientation == "vertical" else (RIGHT, DOWN)
    turned = False
    for key in keys:
        await press(watched.session, key)
        turned = turned or await watched.call(f"turned({at}, {ANSWER_MS})")
        if turned:
            break
    if await watched.call("back()"):
        await press(watched.session, ENTER)
    return [Tabs(await watched.node(place), turned, stops > 1)]


async def _pressed(watched: Watched, at: int, key: Key) -> _Outcome:
    await press(watched.session, key)
    return _Outcome(*await watched.call(f"outcome({at}, {ANSWER_MS})"))


async def _again(watched: Watched, at: int, key: Key) -> _Outcome | None:
    """What another key does with the focus on the control again; None where it does not take it any more."""
    return await _pressed(watched, at, key) if await watched.call(f"begin({at})") else None


async def _clicked(watched: Watched, at: int) -> Clicked:
    """Whether a click changes something where neither key did; tried twice, with the keys in between."""
    for times in range(2):
        await watched.call(f"click({at})")
        outcome = _Outcome(*await watched.call(f"outcome({at}, {ANSWER_MS})"))
        if outcome.dialog >= 0:
            closed = (await _close(watched, at))[0]
            return "always" if closed else "once"
        if not outcome.changed:
            return "once" if times else "nothing"
        if outcome.gone:
            return "always"
        for key in (ENTER, SPACE) if not times else ():
            again = await _again(watched, at, key)
            if again is None or again.answered:
                return "once"
    return "always"


async def _told(watched: Watched, at: int) -> Told:
    """How `aria-expanded` goes with the region that it names, over two presses: there, and back."""
    first = await watched.call(f"expanded({at})")
    second = None
    if first is not None and await watched.call(f"begin({at})"):
        await press(watched.session, ENTER)
        second = await watched.call(f"expanded({at})")
    if first is None or second is None:
        return ""
    before, after, shown_before, shown = first
    if shown == shown_before or second[2:] != [shown, shown_before]:
        return ""
    if before == after == second[1]:
        return "silent"
    says = {"true": True, "false": False}
    pairs = [(before, shown_before), (after, shown), (second[1], shown_before)]
    if all(says.get(word) is seen for word, seen in pairs):
        return "right"
    return "opposite" if all(says.get(word) is (not seen) for word, seen in pairs) else ""


async def _popup(watched: Watched, at: int, outcome: _Outcome) -> Popup:
    """The ways into an open dialog and out of it."""
    node = await watched.node(outcome.dialog)
    entered: Entered = "in" if await watched.call(f"entered({ENTRY_MS})") else "behind"
    if entered == "behind":
        await press(watched.session, TAB)
        entered = "next" if await watched.call("holds()") else "behind"
    leak = -1
    if outcome.modal and await watched.call("holds()"):
        await watched.call("forget()")
        await press(watched.session, TAB, min(await watched.call("stops()") + 3, MOST_STOPS))
        leak = await watched.node(await watched.call("leak()"))
    had_focus = await watched.call("holds()")
    closed, back = await _close(watched, at)
    return Popup(node, outcome.modal, entered, leak, closed, back if had_focus else "unknown")


async def _close(watched: Watched, at: int) -> tuple[Closed, Any]:
    """By what the dialog closed, and where the focus is then."""
    for inside in (False, True):
        if inside and (await watched.call("holds()") or not await watched.call("putIn()")):
            break
        await press(watched.session, ESCAPE)
        back = await watched.call(f"closed({at}, {ENTRY_MS})")
        if back is not None:
            return "Escape", back
    if await watched.call("closer()"):
        await press(watched.session, ENTER)
        back = await watched.call(f"closed({at}, {ENTRY_MS})")
        if back is not None:
            return "button", back
    return "", "unknown"
