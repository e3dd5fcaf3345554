"""Finds sentences with so many conditions that readers cannot tell whether they apply."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from rules import Finding, Prose, Style, document_rule
from rules.plain.phrases import one_of
from rules.plain.prose import Sentence
from rules.plain.quoting import quoted

FEWEST = 3
"""So many conditions in a sentence are hard to hold together."""

_BEFORE = 12
"""Characters before a condition that hold the word before it."""


@document_rule(
    title="Conditions do not hide in a sentence",
    why="Readers have to hold each condition in mind until the end, to know whether the sentence is about them.",
    fix="Say first what is so, then list the conditions. Put an exception behind the rule that it is from.",
    wcag=(),
    impact="minor",
    scope="component",
    role="content",
    serves=("cognition",),
    serves_source="plainlanguage.gov, use lists, and place the main idea before exceptions and conditions",
)
def buried_condition(prose: Prose, _: Style) -> Iterator[Finding]:
    """No sentence has three conditions or more, or begins with an exception like "Except as provided in".

    Conditions begin with if, unless, except, provided that and their like. An "if" that asks ("check if") is none,
    nor are "if any" and "if possible".
    """
    is_quoted = quoted(prose)
    for sentence in prose.sentences:
        begins = _exceptions().match(prose.text, sentence.start, sentence.end)
        if begins and not is_quoted(begins.start()):
            message = f"“{begins[0]}” puts an exception before the rule; say the rule first."
            yield Finding(begins.start(), begins.end(), message)
        conditions = [place for place in _places(prose, sentence) if not is_quoted(place)]
        if len(conditions) >= FEWEST:
            message = f"This sentence has {len(conditions)} conditions; say what is so and list them below."
            yield Finding(sentence.start, sentence.end, message)


def _places(prose: Prose, sentence: Sentence) -> Iterator[int]:
    """Where conditions begin."""
    for match in _conditions().finditer(prose.text, sentence.start, sentence.end):
        before = prose.text[max(sentence.start, match.start() - _BEFORE) : match.start()]
        if not _wondering().search(before):
            yield match.start()


@cache
def _conditions() -> re.Pattern[str]:
    mild = rf"(?!\s+(?:{one_of('mild')})\b)"
    return re.compile(rf"(?<![\w<-])(?:{one_of('conditions')})\b{mild}(?![-/])", re.IGNORECASE)


@cache
def _wondering() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{one_of('wondering')})\s+\Z", re.IGNORECASE)


@cache
def _exceptions() -> re.Pattern[str]:
    return re.compile(rf"(?:{one_of('exceptions')})\b(?:(?<=otherwise)\s+\w{{2,20}})?", re.IGNORECASE)
