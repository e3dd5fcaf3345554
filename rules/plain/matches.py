"""Where a pattern stands in the writer's own words: outside of quotations and quotation marks."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from rules.plain.prose import Prose
from rules.plain.quoting import quoted

_REACH = 200
"""Characters on each side of a match: about thirty words. Without an end, a sentence of a thousand numbers is slow."""


def own_matches(prose: Prose, pattern: re.Pattern[str]) -> Iterator[re.Match[str]]:
    """The matches in order, none of which reaches over the end of a unit."""
    is_quoted = quoted(prose)
    for unit in prose.units:
        if unit.kind == "quotation":
            continue
        for match in pattern.finditer(prose.text, unit.start, unit.end):
            if not is_quoted(match.start()):
                yield match


def around(prose: Prose, match: re.Match[str]) -> tuple[str, str]:
    """What stands before and behind a match in its sentence, as far as it matters; empty where it is in none."""
    number = bisect_right(prose.units, match.start(), key=lambda unit: unit.start) - 1
    sentences = prose.units[number].sentences if number >= 0 else ()
    inside = bisect_right(sentences, match.start(), key=lambda sentence: sentence.start) - 1
    if inside < 0:
        return "", ""
    first = max(sentences[inside].start, match.start() - _REACH)
    last = min(sentences[inside].end, match.end() + _REACH)
    return prose.text[first : match.start()], prose.text[match.end() : last]
