"""How the fields of a page look: what bounds them, and the hints that they show while they are empty."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple


class Field(NamedTuple):
    """One field in which text is typed or chosen; colours as the browser computes them.

    `node` is its index in the DOM snapshot. `edges` are the colours of every border, outline and shadow at the field
    and at what is drawn closely around it; `inside` is the colour in it, `outside` the colour around it, each empty
    where that is not one colour. `native` where the browser draws the field as it likes. `hint` is the colour of the
    placeholder where one is shown, empty where none is; `faint` is how opaque that is. `marked` where something is seen
    in the field or closely around it: a hint, a value, an icon.
    """

    node: int
    edges: tuple[str, ...] = ()
    inside: str = ""
    outside: str = ""
    native: bool = False
    hint: str = ""
    faint: float = 1.0
    marked: bool = False


@dataclass(frozen=True, slots=True)
class Fields:
    """The fields of the page's own document that can be seen, in document order."""

    elements: tuple[Field, ...] = ()
