"""How hard the prose of a page is to read: its grade, its barrier, and the counts that a site's grade is made of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rules.model import PageRule
from rules.plain.barrier import WEIGHTS, barrier
from rules.plain.grades import Tally, grade_of, tally
from rules.plain.on_page import OnPage

if TYPE_CHECKING:
    from rules.page import Page

FORMULAS = ("en", "es")


@dataclass(frozen=True, slots=True)
class Wording:
    """What is measured of a page's prose; `low` and `high` are None where it is too short to grade.

    `barrier` is from 0 to 1, with four decimals. `counted` are the counts of whole sentences without names and numbers:
    those of several pages, added up, give their grade together.
    """

    language: str
    words: int
    sentences: int
    barrier: float
    low: int | None = None
    high: int | None = None
    counted: Tally = Tally()


def wording(page: Page, rules: Sequence[PageRule], *, weights: Mapping[str, float] = WEIGHTS) -> Wording | None:
    """The measures of a page, by those of these rules that judge words; None in a language without formulas.

    None as well for a page without prose: nothing is easy where nothing is said.
    """
    prose = page.prose
    if prose.language not in FORMULAS or not prose.words:
        return None
    judges = [rule.judge for rule in rules if isinstance(rule.judge, OnPage)]
    found = {judge.rule.info.id: judge.found(prose) for judge in judges if weights.get(judge.rule.info.id)}
    counted = tally(prose)
    low, high = grade_of(counted, language=prose.language) or (None, None)
    measured = round(barrier(prose, found, weights=weights), 4)
    return Wording(prose.language, len(prose.words), len(prose.sentences), measured, low, high, counted)
