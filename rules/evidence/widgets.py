"""What controls did when they were operated with keys: what opened, what changed, where the focus went."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

Told = Literal["", "right", "silent", "opposite"]
"""How `aria-expanded` goes with what is shown and hidden: `silent` where it never changes, empty where not known."""

Entered = Literal["in", "next", "behind"]
"""Where focus is when a dialog has opened: in it, before it so that Tab leads there, or on what lies behind."""

Closed = Literal["Escape", "button", ""]
"""By what a dialog closed; empty where neither Escape nor a button that says so closed it."""

Back = Literal["opener", "elsewhere", "lost", "unknown"]
"""Where focus is when a dialog has closed; `lost`: on nothing."""

Clicked = Literal["", "nothing", "once", "always"]
"""Whether a click changes what is seen where keys do nothing; `once` where it was not seen to do so again, empty where
it was not tried."""


class Popup(NamedTuple):
    """A dialog that a control opened by keyboard; `node` is its index in the DOM snapshot, -1 where it was made later.

    `modal` where it says so or covers the window. `leak` is the index of the control to which Tab came from inside
    although the dialog lies over it, -1 for none.
    """

    node: int
    modal: bool
    entered: Entered
    leak: int = -1
    closed: Closed = ""
    back: Back = "unknown"


class Operated(NamedTuple):
    """One control, by its index in the DOM snapshot: the keys that were pressed on it, and those that did something."""

    node: int
    pressed: tuple[str, ...] = ()
    answered: tuple[str, ...] = ()
    clicked: Clicked = ""
    told: Told = ""
    popup: Popup | None = None


class Tabs(NamedTuple):
    """A list of tabs, by the index of the tab on which arrow keys were pressed.

    `arrows` where one of them leads to another tab, `stops` where Tab leads to more than one of them.
    """

    node: int
    arrows: bool
    stops: bool


class Moved(NamedTuple):
    """An element that took the focus and lost it at once: `to` is the element that has it then, -1 for none."""

    node: int
    to: int


@dataclass(frozen=True, slots=True)
class Widgets:
    """The controls that were operated, one of each kind, in the order of the page.

    `focused` are the elements that were given the focus and `moved` those of them that did not keep it. `complete` is
    false where time ran out.
    """

    operated: tuple[Operated, ...] = ()
    tabs: tuple[Tabs, ...] = ()
    focused: tuple[int, ...] = ()
    moved: tuple[Moved, ...] = ()
    complete: bool = True
