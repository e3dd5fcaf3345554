"""What moves, blinks or changes on the page by itself, and whether it can be stopped."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

Manner = Literal["moves", "blinks", "changes"]


class Moving(NamedTuple):
    """An element that goes on by itself for more than five seconds; `node` is its index in the DOM snapshot.

    `moves` and `blinks` are animations of style, `changes` are texts that script replaces. `control` is the index of
    the control that stopped it when it was pressed, -1 for none.
    """

    node: int
    manner: Manner
    control: int = -1


@dataclass(frozen=True, slots=True)
class Motion:
    """What goes on by itself, while nobody touches the page. `tried` are the controls that were pressed to stop it."""

    moving: tuple[Moving, ...] = ()
    tried: tuple[int, ...] = ()
