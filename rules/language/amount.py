"""Finds amounts that are misread: letters for thousands and millions, and long numbers without separators."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from rules import Finding, Prose, Style, document_rule
from rules.plain.matches import own_matches

_SHORT = re.compile(
    r"(?P<sign>[$£€])(?<![\w.$£€].)(?P<number>\d{1,9}(?:\.\d{1,3})?) ?(?P<letter>[kK]|mn|MM|[mM]|bn|[bB]|tn)(?![\w-])"
)
_PART = re.compile(
    r"(?P<sign>[$£€])(?<![\w.$£€].)0?(?P<number>\.\d{1,3}) (?P<word>million|billion)(?!\w)", re.IGNORECASE
)
_LONG = re.compile(
    r"(?<![\w.,$£€=/:-])(?:(?P<sign>[$£€] ?)(?P<paid>\d{5,15})(?P<cents>\.\d\d)?(?![\w,=/-]|\.\d)"
    r"|(?P<bare>[1-9]\d{3,14})(?= (?:dollars|pounds|euros|people|households|homes|families|children|residents|patients"
    r"|students|pupils|workers|users|visitors|jobs|voters|square|acres|miles|tonnes|tons)\b))"
)
_WORDS = {"k": "thousand", "m": "million", "mn": "million", "mm": "million", "b": "billion", "bn": "billion"}
_FEWEST_DIGITS = 5
"""Four digits are read without a separator, as years are."""


@document_rule(
    title="Amounts are written so that they are read right",
    why="Readers take M for thousand or million, those who listen hear a letter, and nobody counts zeros well.",
    fix="Write “$1.5 million”. Part long numbers: 1,000,000.",
    wcag=(),
    impact="minor",
    scope="component",
    role="content",
    serves=("cognition",),
    serves_source="GOV.UK style guide, money and millions",
)
def amount(prose: Prose, _: Style) -> Iterator[Finding]:
    """No amount of money ends in k, m or bn, or is a part of a million; no long number stands without separators.

    Money is told by its sign, numbers without one by what is counted behind them (people, dollars), so that codes and
    settings are left alone.
    """
    for match in own_matches(prose, _SHORT):
        word = _WORDS.get(match["letter"].lower(), "trillion")
        instead = _thousands(match) if word == "thousand" else f"{match['sign']}{match['number']} {word}"
        yield _finding(match, f"ends in a letter that not everybody knows; write {word}s out.", instead)
    for match in own_matches(prose, _PART):
        yield _finding(match, "has to be worked out; the whole amount is read at once.", _whole(match))
    for match in own_matches(prose, _LONG):
        number = match["paid"] or match["bare"]
        if len(number) >= _FEWEST_DIGITS:
            instead = f"{match['sign'] or ''}{int(number):,}{match['cents'] or ''}"
            yield _finding(match, "has many digits in a row; commas show how large it is.", instead)


def _finding(match: re.Match[str], why: str, instead: str) -> Finding:
    return Finding(match.start(), match.end(), f"“{match[0]}” {why}", instead)


def _thousands(match: re.Match[str]) -> str:
    return f"{match['sign']}{int(Decimal(match['number']) * 1000):,}"


def _whole(match: re.Match[str]) -> str:
    """£500,000 for £0.5 million, £500 million for £0.5 billion."""
    thousands = Decimal(match["number"]) * 1000
    return f"{match['sign']}{int(thousands)}" + (",000" if match["word"].lower() == "million" else " million")
