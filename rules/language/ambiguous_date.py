"""Finds dates in numbers whose day and month could be swapped."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rules import Finding, Prose, Style, document_rule
from rules.plain.matches import around, own_matches

_DATE = re.compile(
    r"(?<![\w/.:#%-])(?:(?P<first>0?[1-9]|1[0-2])(?P<mark>[/.-])(?P<second>0?[1-9]|1[0-2])(?P=mark)"
    r"(?P<year>(?:19|20)\d\d|\d\d))(?![\w/%:-]|[.,]\d)"
)
_DATED = re.compile(r"\b(?:on|by|until|till|dated|born|due|date:?|deadline:?)\s+\Z", re.IGNORECASE)
_NUMBERED = re.compile(
    r"\b(?:version|release|section|chapter|rule|paragraph|clause|article|item|table|figure|kernel|firmware|v)\b",
    re.IGNORECASE,
)
_NAMED = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sep(?:t(?:ember)?)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\b"
)
_MONTH = re.compile(rf"\b{_NAMED}\.? \d{{1,2}}\b|\b\d{{1,2}}(?:st|nd|rd|th)? {_NAMED}", re.IGNORECASE)
"""The same sentence says the day with its month, as where it explains how dates are written."""

_TELLING = re.compile(
    r"(?<![\w/.:#%-])(?:(?:1[3-9]|2\d|3[01])([/.-])\d{1,2}\1|\d{1,2}([/.-])(?:1[3-9]|2\d|3[01])\2)(?:19|20)?\d\d(?!\w)"
)
"""Another date beside it that can be read in one way only, and so tells the order."""

_SHOWN = re.compile(r"\b(?:dd[/.-]mm|mm[/.-]dd|day[/.-]month|month[/.-]day)", re.IGNORECASE)


@document_rule(
    title="Dates name the month",
    why="In one country 03/04 is a day in April, in another a day in March, and readers come on the wrong one.",
    fix="Write the month as a word: 3 April 2026, or April 3, 2026.",
    wcag=(),
    impact="minor",
    scope="component",
    role="content",
    serves=("cognition",),
    serves_source="GOV.UK style guide, dates; WCAG 2.2 Understanding 3.1 Readable",
)
def ambiguous_date(prose: Prose, _: Style) -> Iterator[Finding]:
    """No date is written in numbers where day and month could be swapped (03/04/2026).

    A date with a number over 12, one that is the same both ways, and one that begins with the year are clear. With
    full stops or hyphens and a short year (3.4.26) it has to stand where a date does, or it may be a version; beside
    the words "version" or "section" it is one. The rule does not guess which day is meant. It is clear where the same
    sentence names the month, or has a date that can be read in one way only.
    """
    for match in own_matches(prose, _DATE):
        if int(match["first"]) != int(match["second"]) and _is_date(prose, match):
            message = f"“{match[0]}” can be two days: write the month as a word, like 3 April 2026 or April 3, 2026."
            yield Finding(match.start(), match.end(), message)


def _is_date(prose: Prose, match: re.Match[str]) -> bool:
    before, behind = around(prose, match)
    if any(clear.search(side) for clear in (_SHOWN, _MONTH, _TELLING) for side in (before, behind)):
        return False
    if match["mark"] == "/":
        return True
    if _NUMBERED.search(before) or _NUMBERED.search(behind):
        return False
    return len(match["year"]) == 4 or _DATED.search(before) is not None
