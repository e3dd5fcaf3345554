"""Which words somebody else said: those inside of quotation marks."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable

from rules.plain.prose import Prose

_QUOTED = re.compile(
    r"“[^“”]{1,1000}”|«[^«»]{1,1000}»|(?<![\w\"])\"[^\"]{1,1000}\"(?!\w)|(?<![\w’])‘[^‘’]{1,200}’(?!\w)"
)


def quoted(prose: Prose) -> Callable[[int], bool]:
    """A function that says of a place in the text whether it lies inside of quotation marks."""
    spans = [match.span() for match in _QUOTED.finditer(prose.text)]
    starts = [start for start, _ in spans]

    def is_quoted(place: int) -> bool:
        number = bisect_right(starts, place) - 1
        return number >= 0 and place < spans[number][1]

    return is_quoted
