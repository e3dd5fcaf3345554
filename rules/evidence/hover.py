"""What opens under the mouse, and whether it can be had, kept and sent away."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple


class Opened(NamedTuple):
    """What the mouse over one element opened, each time; `node` is that element's index in the snapshot.

    `content` is the index of what opened, -1 where it was made only then. `by` is what showed it: a style rule with
    `:hover`, or a script. `reached` is whether it stayed while the mouse was moved onto it, None where that could not
    be tried; `covers`, whether words lay under it; `dismissed`, whether Escape took it away while the mouse stood
    still; `focused`, whether the focus on a control of the element opens it too; `told`, whether its words are had in
    another way: from a control that says that it opens something, or from the names and texts that are there.
    """

    node: int
    content: int
    by: Literal["style", "script"]
    reached: bool | None
    covers: bool
    dismissed: bool
    focused: bool
    told: bool


@dataclass(frozen=True, slots=True)
class Hover:
    """What opened on the page, of each kind of component one; `tried` is how many elements the mouse was put over."""

    opened: tuple[Opened, ...] = ()
    tried: int = 0
