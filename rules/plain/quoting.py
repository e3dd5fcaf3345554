"""Which words somebody else said: those inside of quotation marks."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable

from rules.plain.prose import Prose


def quoted(prose: Prose) -> Callable[[int], bool]:
    """A function that says of a place in the text whether it lies inside of quotation marks.

    The marks are looked for when it is first asked: most rules find nothing in most texts, and never ask.
    """

    def is_quoted(place: int) -> bool:
        number = bisect_right(prose.quoted, place, key=lambda span: span[0]) - 1
        return number >= 0 and place < prose.quoted[number][1]

    return is_quoted
