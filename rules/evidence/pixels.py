"""What the picture of a page shows behind texts whose background the styles alone do not tell."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple


class TextPixels(NamedTuple):
    """The contrast that the letters of one text have with the pixels under them.

    `node` is the index of the element whose own text it is. `lowest` and `highest` are the contrast ratios that
    nearly all pixels keep between (from the 2nd to the 98th of 100), so that a speckle does not decide;
    `background` is the colour at the lowest: red, green, blue. Cut to two decimals.
    """

    node: int
    lowest: float
    highest: float
    background: tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Pixels:
    """One entry for each text that was looked at and of which letters were seen, in document order."""

    texts: tuple[TextPixels, ...] = ()
