"""What turns when the window is turned from portrait to landscape."""

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
    """The elements that turn themselves against the window; nothing of the page turns where there are none."""

    turned: tuple[Turned, ...] = ()
