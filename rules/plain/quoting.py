"""Which words somebody else said: those inside of quotation marks."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable
from functools import cache

from rules.plain.prose import Prose

_QUOTED = re.compile(
    r"“[^“”]{1,1000}”|«[^«»]{1,1000}»|(?<![\w\"])\"[^\"]{1,1000}\"(?!\w)|(?<![\w’])‘[^‘’]{1,200}’(?!\w)"
)


def quoted(prose: Prose) -> Callable[[int], bool]:
    """A function that says of a place in the text whether it lies inside of quotation marks.

    The marks are looked for when it is first asked: most rules find nothing in most texts, and never ask.
    """

    @cache
    def spans() -> list[tuple[int, int]]:
        return [match.span() for match in _QUOTED.finditer(prose.text)]

    def is_quoted(place: int) -> bool:
        number = bisect_right(spans(), place, key=lambda span: span[0]) - 1
        return number >= 0 and place < spans()[number][1]

    return is_quoted
