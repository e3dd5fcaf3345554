"""The reading view of a page: its grade, and its hard sentences with what makes them hard."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from reports.html.findings import Link, rule_file
from reports.model import PageResult
from reports.reading_grade import band_said, target_said
from reports.text import language_tag, one_line
from rules.model import RuleInfo
from rules.plain.reading import HardSentence, Reason
from rules.plain.sections import Section

_MOST = 50
_SECTIONS = 40
_NEARLY_ALL = 0.8
"""Words that are more than this share of their sentence are no part of it that could be marked."""


class Part(NamedTuple):
    """A stretch of a sentence, marked or not."""

    text: str
    marked: bool


class Why(NamedTuple):
    """A reason; `words` are those in question, empty where it names them, and `plainer` is empty where none is.

    `rule` is the title of the rule that gives it and leads to its page; None for one that the scan does not know.
    """

    words: str
    message: str
    plainer: str
    rule: Link | None = None


@dataclass(frozen=True, slots=True)
class Sentence:
    """A hard sentence in parts, with its reasons."""

    parts: tuple[Part, ...]
    reasons: tuple[Why, ...]
    drives: bool


class SectionRow(NamedTuple):
    """A section of a page with its band, and how that stands towards the target; a reason in place of the band."""

    heading: str
    words: int
    band: str
    standing: str


@dataclass(frozen=True, slots=True)
class ReadingView:
    """What is said of a page's prose; `grade` is a sentence, `more` how many hard sentences are left out.

    `language` is the tag of its language. `judged` is false in languages in which only lengths and the house style are.
    """

    grade: str
    words: str
    sections: tuple[SectionRow, ...]
    sentences: tuple[Sentence, ...]
    more: int
    judged: bool
    language: str


def reading_view(page: PageResult, rules: Mapping[str, RuleInfo], *, target: int) -> ReadingView | None:
    """The reading view of a page; None for one without prose that could be measured.

    `rules` are those of the scan by their ids, `target` is the grade that the house wants.
    """
    if page.wording is None and page.reading is None:
        return None
    kept = page.reading.sentences[:_MOST] if page.reading else ()
    language = page.wording.language if page.wording else "en"
    return ReadingView(
        grade=_grade(page, target),
        words=", ".join(one_line(word, 40) for word in page.reading.words[:10]) if page.reading else "",
        sections=tuple(_section(one, target) for one in page.reading.sections[:_SECTIONS]) if page.reading else (),
        sentences=tuple(_sentence(one, rules) for one in kept),
        more=page.reading.total - len(kept) if page.reading else 0,
        judged=language == "en",
        language=language_tag(language),
    )


def _grade(page: PageResult, target: int) -> str:
    measured = page.wording
    if measured is None:
        return "Not graded."
    if measured.low is None or measured.high is None:
        return "Too short to grade."
    band = (measured.low, measured.high)
    return f"Reading grade {band_said(*band)}, {target_said(*band, target)}."


def _section(one: Section, target: int) -> SectionRow:
    heading = one_line(one.heading, 80) or "before the first heading"
    if one.low is None or one.high is None:
        return SectionRow(heading, one.words, "too short to grade", "")
    return SectionRow(heading, one.words, band_said(one.low, one.high), target_said(one.low, one.high, target))


def _sentence(one: HardSentence, rules: Mapping[str, RuleInfo]) -> Sentence:
    return Sentence(tuple(_parts(one)), tuple(_why(one, reason, rules) for reason in one.reasons), one.drives)


def _is_part(one: HardSentence, reason: Reason) -> bool:
    return 0 <= reason.start < reason.end <= len(one.text) and reason.end - reason.start < _NEARLY_ALL * len(one.text)


def _why(one: HardSentence, reason: Reason, rules: Mapping[str, RuleInfo]) -> Why:
    words = one.text[reason.start : reason.end] if _is_part(one, reason) else ""
    words = "" if f"“{words}”" in reason.message else words
    rule = rules.get(reason.rule)
    return Why(
        one_line(words, 100),
        one_line(reason.message, 400),
        one_line(reason.plainer, 400),
        Link(one_line(rule.title, 120), rule_file(rule.id)) if rule else None,
    )


def _parts(one: HardSentence) -> Iterator[Part]:
    """The sentence cut where marks begin and end."""
    at = 0
    for start, end in _marks(one):
        if start > at:
            yield Part(one.text[at:start], False)
        yield Part(one.text[start:end], True)
        at = end
    if at < len(one.text):
        yield Part(one.text[at:], False)


def _marks(one: HardSentence) -> list[tuple[int, int]]:
    """The stretches to mark, in order; those that overlap are one."""
    marks: list[tuple[int, int]] = []
    for start, end in sorted((reason.start, reason.end) for reason in one.reasons if _is_part(one, reason)):
        if marks and start < marks[-1][1]:
            marks[-1] = (marks[-1][0], max(end, marks[-1][1]))
        else:
            marks.append((start, end))
    return marks
