"""The reading view of a page: its grade, and its hard sentences with what makes them hard."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from reports.model import PageResult
from reports.text import one_line
from rules.plain.reading import HardSentence, Reason

_MOST = 50
_NEARLY_ALL = 0.8
"""Words that are more than this share of their sentence are no part of it that could be marked."""


class Part(NamedTuple):
    """A stretch of a sentence, marked or not."""

    text: str
    marked: bool


class Why(NamedTuple):
    """A reason; `words` are those in question, empty where it names them, and `plainer` is empty where none is."""

    words: str
    message: str
    plainer: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """A hard sentence in parts, with its reasons."""

    parts: tuple[Part, ...]
    reasons: tuple[Why, ...]
    drives: bool


@dataclass(frozen=True, slots=True)
class ReadingView:
    """What is said of a page's prose; `grade` is a sentence, `more` how many hard sentences are left out.

    `judged` is false in languages whose sentences no rule judges.
    """

    grade: str
    words: str
    sentences: tuple[Sentence, ...]
    more: int
    judged: bool


def reading_view(page: PageResult) -> ReadingView | None:
    """The reading view of a page; None for one without prose that could be measured."""
    if page.wording is None and page.reading is None:
        return None
    kept = page.reading.sentences[:_MOST] if page.reading else ()
    return ReadingView(
        grade=_grade(page),
        words=", ".join(one_line(word, 40) for word in page.reading.words[:10]) if page.reading else "",
        sentences=tuple(_sentence(one) for one in kept),
        more=page.reading.total - len(kept) if page.reading else 0,
        judged=page.wording is None or page.wording.language == "en",
    )


def _grade(page: PageResult) -> str:
    measured = page.wording
    if measured is None:
        return "Not graded."
    if measured.low is None or measured.high is None:
        return "Too short to grade."
    band = f"{measured.low}" if measured.low == measured.high else f"{measured.low} to {measured.high}"
    return f"Reading grade {band}."


def _sentence(one: HardSentence) -> Sentence:
    return Sentence(tuple(_parts(one)), tuple(_why(one, reason) for reason in one.reasons), one.drives)


def _is_part(one: HardSentence, reason: Reason) -> bool:
    return 0 <= reason.start < reason.end <= len(one.text) and reason.end - reason.start < _NEARLY_ALL * len(one.text)


def _why(one: HardSentence, reason: Reason) -> Why:
    words = one.text[reason.start : reason.end] if _is_part(one, reason) else ""
    words = "" if f"“{words}”" in reason.message else words
    return Why(one_line(words, 100), one_line(reason.message, 400), one_line(reason.plainer, 400))


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
