"""Finds steps that are told in a paragraph, or in a list without numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import groupby

from rules import Finding, Prose, Style, document_rule
from rules.plain.phrases import one_of
from rules.plain.prose import Sentence, Unit
from rules.plain.word_lists import word_list

FEWEST = 3
"""Fewer steps are easily kept in mind."""

_APART = 2
"""From one step to the next are at most so many sentences."""

_STEP = re.compile(r"\bstep (\d{1,2}|one|two|three|four|five)\b(?=[^.;]{2})", re.IGNORECASE)

_THEN = re.compile(r"(?<=[,;]) (?:and )?(?:then|next|after that|finally|lastly),? ", re.IGNORECASE)
_ORDERS = word_list("bases")
_TOLD = 2
"""So many of the steps say what to do; the others may begin with where or when."""

_BEGIN = 60
"""Characters at the beginning of a step, in which its first words are."""

_WORD = re.compile(r"\w+")
_HAVE_TO = frozenset({"have", "must", "need", "should", "will"})

_CONDITION = re.compile(r"\b(?:if|when|whenever|where|because|since|unless)\b", re.IGNORECASE)


@document_rule(
    title="Steps are a numbered list",
    why="Readers go back and forth between a text and what they do, and lose their place in a paragraph.",
    fix="Make a numbered list with one step in each item, that begins with what to do.",
    wcag=(),
    impact="minor",
    scope="component",
    role="content",
    serves=("cognition",),
    serves_source="plainlanguage.gov, use lists; GOV.UK content design, numbered steps",
)
def steps_in_prose(prose: Prose, _: Style) -> Iterator[Finding]:
    """No paragraph tells three steps or more one after the other, and no list of steps is without numbers.

    Steps are told by their beginnings: "First", "Second", "Then", "Next", "Finally" and their like, with at most one
    sentence between; or by "Step 1", "Step 2", "Step 3". What somebody else does, or a machine, is a story and reasons
    are an argument, neither a list of steps: two of the steps begin with what to do, or with "you must". Items that
    say "Step 1" have their numbers.
    """
    for unit in prose.units:
        if unit.kind == "paragraph":
            steps = _steps(prose, unit.sentences)
            first = next((one for one in unit.sentences if one.start in steps), None)
            if first is not None and sum(_is_told(prose, place, unit.end) for place in steps) >= _TOLD:
                message = f"{len(steps)} steps follow each other here; a numbered list shows where each begins."
                yield Finding(first.start, first.end, message)
    for is_item, together in groupby(prose.units, key=lambda unit: unit.kind == "item"):
        items = list(together)
        if is_item and _is_ordered(prose, items):
            yield Finding(items[0].start, items[0].end, "These items are steps; numbers show in which order they come.")


def _steps(prose: Prose, sentences: Sequence[Sentence]) -> list[int]:
    """Where the steps of the first sequence with enough of them begin; none without one."""
    numbered = [one.start for one in sentences if _STEP.match(prose.text, one.start, one.end)]
    if len(numbered) >= FEWEST:
        return numbered
    steps: list[int] = []
    last = 0
    for number, sentence in enumerate(sentences):
        is_first = _first().match(prose.text, sentence.start, sentence.end) is not None
        if not is_first and not _following().match(prose.text, sentence.start, sentence.end):
            continue
        if is_first or number - last > _APART:
            if len(steps) >= FEWEST:
                return steps
            steps = []
        steps += [sentence.start, *_inside(prose, sentence)]
        last = number
    return steps if len(steps) >= FEWEST else []


def _is_told(prose: Prose, start: int, end: int) -> bool:
    """Whether a step that begins here says what to do."""
    marks = _marks().match(prose.text, start, end)
    words = _WORD.findall(prose.text[marks.end() if marks else start : min(end, start + _BEGIN)].lower())
    words = words[1:] if words[:1] == ["please"] else words
    return bool(words) and (words[0] in _ORDERS or (words[0] == "you" and words[1:2] != [] and words[1] in _HAVE_TO))


def _inside(prose: Prose, sentence: Sentence) -> list[int]:
    """Where further steps begin inside of a sentence; behind a condition, "then" begins none."""
    if _CONDITION.search(prose.text, sentence.start, sentence.end):
        return []
    return [match.start() for match in _THEN.finditer(prose.text, sentence.start, sentence.end)]


def _is_ordered(prose: Prose, items: Sequence[Unit]) -> bool:
    """Whether items are steps: the first begins one, and two or more of the others go on."""
    if len(items) < FEWEST:
        return False
    begins = _first().match(prose.text, items[0].start, items[0].end)
    on = (_following().match(prose.text, item.start, item.end) for item in items[1:])
    return begins is not None and sum(map(bool, on)) >= FEWEST - 1


@cache
def _first() -> re.Pattern[str]:
    return re.compile(
        rf"(?:{one_of('first')})(?=,| (?!(?:of|in|and|time|class|aid|names?|things?|come|one|two|is|was)\b)[a-z])",
        re.IGNORECASE,
    )


@cache
def _following() -> re.Pattern[str]:
    return re.compile(
        rf"(?:and )?(?:{one_of('following')})(?=,| (?!(?:of|time|year|month|week|to|is|was)\b)[a-z])", re.IGNORECASE
    )


@cache
def _marks() -> re.Pattern[str]:
    """What stands before a step: words of order, its number."""
    return re.compile(
        rf"\s*(?:and )?(?:(?:{one_of('first')}|{one_of('following')}|step \w{{1,5}})\b)?[,:.]?", re.IGNORECASE
    )
