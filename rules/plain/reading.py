"""The hard sentences of a page, for whoever rewrites it, each with its reasons and plainer words."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from rules.model import Impact, PageRule
from rules.plain.grades import grade
from rules.plain.on_page import OnPage
from rules.plain.prose import Finding, Prose, Sentence
from rules.plain.sections import Section, sections
from rules.text import short

if TYPE_CHECKING:
    from rules.page import Page
    from rules.page_prose import PageProse

MOST = 50
"""So many sentences of a page are kept; whoever has rewritten these scans again."""

MOST_REASONS = 6
DRIVING = 3
"""So many of the sentences that drive the grade are named; a short text has no more that deserve it."""

LENGTH = 400
"""Characters that are kept of a sentence, and of a reason."""

_GRAVE: frozenset[Impact] = frozenset({"critical", "serious", "moderate"})


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a sentence is hard, by which rule, from `start` to `end` of the sentence's text; `plainer` may be empty."""

    rule: str
    start: int
    end: int
    message: str
    plainer: str = ""


@dataclass(frozen=True, slots=True)
class HardSentence:
    """A sentence with findings; `drives` says that it is one of those that the grade comes from."""

    text: str
    reasons: tuple[Reason, ...] = ()
    drives: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """The hardest sentences of a page, hardest first, `total` of them before the rest was left out.

    `words` are the ones that drive the grade; empty where the page has no grade. `sections` are the page's with their
    grades, in its order; empty where none is long enough for one.
    """

    sentences: tuple[HardSentence, ...]
    total: int
    words: tuple[str, ...] = ()
    sections: tuple[Section, ...] = ()


class _Found(NamedTuple):
    rule: str
    impact: Impact
    finding: Finding


def reading(page: Page, rules: Sequence[PageRule]) -> Reading | None:
    """The hard sentences by those of these rules that judge words, and the sections; None where there are none.

    Hardest is the one with most findings that more than slow people, then with most findings, then the longest.
    """
    prose = page.prose
    band = grade(prose)
    driving = {sentence.start for sentence in band.sentences[:DRIVING]} if band else set()
    by_sentence = _by_sentence(prose, sorted(_found(prose, rules), key=lambda one: one.finding.start))
    hard = [
        sentence
        for unit in prose.units
        for sentence in unit.sentences
        if sentence.start in by_sentence or sentence.start in driving
    ]
    hard.sort(key=lambda sentence: _hardness(sentence, by_sentence))
    parted = sections(prose)
    graded = parted if any(section.low is not None for section in parted) else ()
    if not hard and not graded:
        return None
    kept = tuple(
        _told(prose, sentence, by_sentence.get(sentence.start, []), drives=sentence.start in driving)
        for sentence in hard[:MOST]
    )
    return Reading(kept, len(hard), tuple(short(word, 40) for word in band.words) if band else (), graded)


def _found(prose: PageProse, rules: Sequence[PageRule]) -> Iterator[_Found]:
    for rule in rules:
        if isinstance(rule.judge, OnPage):
            for finding in rule.judge.found(prose):
                yield _Found(rule.info.id, rule.info.impact, finding)


def _by_sentence(prose: Prose, found: Sequence[_Found]) -> dict[int, list[_Found]]:
    """The findings by the start of the sentence that they begin in."""
    sentences = [sentence for unit in prose.units for sentence in unit.sentences]
    starts = [sentence.start for sentence in sentences]
    placed: dict[int, list[_Found]] = {}
    for one in found:
        number = bisect_right(starts, one.finding.start) - 1
        if number >= 0 and one.finding.start < sentences[number].end:
            placed.setdefault(starts[number], []).append(one)
    return placed


def _hardness(sentence: Sentence, found: Mapping[int, Sequence[_Found]]) -> tuple[int, int, int, int]:
    here = found.get(sentence.start, ())
    return -sum(one.impact in _GRAVE for one in here), -len(here), -len(sentence.words), sentence.start


def _told(prose: Prose, sentence: Sentence, found: Sequence[_Found], *, drives: bool) -> HardSentence:
    whole = prose.at(sentence)
    text = whole if len(whole) <= LENGTH else f"{whole[: LENGTH - 1]}…"
    reasons = tuple(
        Reason(
            one.rule,
            min(len(text), one.finding.start - sentence.start),
            min(len(text), one.finding.end - sentence.start),
            short(one.finding.message, LENGTH),
            short(one.finding.suggestion, LENGTH),
        )
        for one in found[:MOST_REASONS]
    )
    return HardSentence(text, reasons, drives)
