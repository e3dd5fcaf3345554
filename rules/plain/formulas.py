"""Published formulas of readability as functions of a text's averages, each giving the US school grade it stands for.

Own ones and not a package's: each is a line, while packages bring their own ideas of words and sentences, fetch a
dictionary when first used, and mix up the two formulas of Dale and Chall. Numbers are unbounded and have decimals;
`rules.plain.grades` makes the band of whole grades.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise

_CLOZE_GRADES = (
    (62.0, 0.5),
    (58.0, 1.5),
    (54.0, 2.5),
    (50.0, 3.5),
    (45.0, 4.5),
    (40.0, 6.5),
    (34.0, 8.5),
    (28.0, 10.5),
    (22.0, 12.5),
    (16.0, 15.5),
)
"""Where the next reading level begins, Chall and Dale (1995), table 5-8: a score of 40 to 44 is grade 5 or 6."""

_FERNANDEZ_GRADES = (
    (100.0, 3.5),
    (90.0, 4.5),
    (80.0, 5.5),
    (70.0, 6.5),
    (60.0, 8.5),
    (50.0, 12.5),
    (30.0, 16.5),
)
"""The school years of Fernández Huerta's table (1959), which follows Flesch's."""

_SZIGRISZT_GRADES = ((100.0, 0.5), (86.0, 4.5), (76.0, 5.5), (66.0, 6.5), (51.0, 9.5), (36.0, 12.5), (16.0, 16.5))
"""The ages and schools of Szigriszt Pazos's table (1993) as years of school: 66 to 75 is an age of twelve."""


def flesch_kincaid(words_per_sentence: float, syllables_per_word: float) -> float:
    """The grade by Kincaid and others (1975)."""
    return 0.39 * words_per_sentence + 11.8 * syllables_per_word - 15.59


def smog(polysyllables_per_sentence: float) -> float:
    """The grade by McLaughlin (1969); `polysyllables` are words of three syllables or more."""
    return 3.1291 + 1.0430 * math.sqrt(30 * polysyllables_per_sentence)


def new_dale_chall(words_per_sentence: float, unfamiliar: float) -> float:
    """The grade by Chall and Dale (1995); `unfamiliar` is the share of words that are not on their list, 0 to 1."""
    return _read_off(64 - 95 * unfamiliar - 0.69 * words_per_sentence, _CLOZE_GRADES)


def fernandez_huerta(words_per_sentence: float, syllables_per_word: float) -> float:
    """The grade of a Spanish text by Fernández Huerta (1959), with words per sentence as the formula is read today."""
    return _read_off(206.84 - 60 * syllables_per_word - 1.02 * words_per_sentence, _FERNANDEZ_GRADES)


def szigriszt_pazos(words_per_sentence: float, syllables_per_word: float) -> float:
    """The grade of a Spanish text by Szigriszt Pazos (1993)."""
    return _read_off(206.835 - 62.3 * syllables_per_word - words_per_sentence, _SZIGRISZT_GRADES)


def _read_off(score: float, table: Sequence[tuple[float, float]]) -> float:
    """The grade at a score between the rows of a table; its first and last slopes go on beyond it."""
    rows = list(pairwise(table))
    (high, easier), (low, harder) = next((pair for pair in rows if score >= pair[1][0]), rows[-1])
    return easier + (high - score) * (harder - easier) / (high - low)
