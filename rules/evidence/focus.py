"""What the Tab key does on the page: where focus stops, how that is seen, and whether it gets away again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

Shown = Literal["style", "caret", "pixels", "nothing", "unknown"]
"""By what one sees that an element has the focus.

`style`: it, or what stands next to it, looks different in its computed style. `caret`: one types into it. `pixels`: a
picture of the window differs. `nothing`: the pictures with and without focus are the same to the last pixel.
`unknown`: not found out.
"""


class Stop(NamedTuple):
    """One element at which Tab stops; `node` is its index in the DOM snapshot.

    `box` is x, y, width, height in CSS px of its own frame's document at that moment. `covered` is the share of its
    visible points over which content lies that does not scroll away, `cover` the index of that content, -1 for none.
    """

    node: int
    box: tuple[float, float, float, float]
    shown: Shown = "unknown"
    covered: float = 0.0
    cover: int = -1


class Trap(NamedTuple):
    """Elements among which Tab goes round without ever leaving the page, and the keys that did lead away.

    `named` are keys that the page's text names and that are not part of the usual way through a page; `worked` are
    those, usual or named, with which focus got away.
    """

    nodes: tuple[int, ...]
    worked: tuple[str, ...] = ()
    named: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Focus:
    """The walk through the page with Tab, from its top, in the order of the stops.

    `complete` is false where there were more stops than were walked; then nothing is known of those that are missing.
    """

    stops: tuple[Stop, ...] = ()
    traps: tuple[Trap, ...] = ()
    complete: bool = True
