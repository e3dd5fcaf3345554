"""What turns, or goes away, when the window is turned from portrait to landscape."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple


class Turned(NamedTuple):
    """An element that is turned otherwise in a wide window than in a tall one; `node` is its index in the snapshot.

    `by` is the difference in whole degrees, from 0 to 359, with what the elements around it add.
    """

    node: int
    by: int


@dataclass(frozen=True, slots=True)
class Orientation:
    """The page in a tall window and in a wide one, where a style sheet asks which it is; else all is empty.

    `turned` are elements that turn themselves against the window. `tall` and `wide` are how many characters of the
    main content are seen in each; `notice` is the index of an element that is seen only in the one with fewer, -1 for
    none.
    """

    turned: tuple[Turned, ...] = ()
    tall: int = 0
    wide: int = 0
    notice: int = -1
