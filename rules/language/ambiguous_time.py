"""Finds times that may be noon or midnight, or the midnight before a day or the one after it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rules import Finding, Prose, Style, document_rule
from rules.plain.matches import around, own_matches

_DAY = (
    r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)days?\b(?! night)"
    r"|(?:the )?\d{1,2}(?:st|nd|rd|th)?(?: of)? (?:january|february|march|april|may|june|july|august|september|october"
    r"|november|december)\b"
    r"|(?:january|february|march|april|may|june|july|august|september|october|november|december) \d{1,2}\b)"
)
_TIME = re.compile(
    r"(?<![\w.:,/$£€-])(?:(?P<twelve>12(?:[:.]00)? ?(?:[ap]\.m\.|[ap]m\b))"
    r"|(?P<last>24[:.]00(?:h|(?: ?(?:hours|hrs))?\b)(?![:.]?\d))"
    r"|(?P<midnight>(?:12 )?midnight(?: \([A-Za-z ]{2,30}\)| [A-Z]{3,4}\b)?(?: on|,| of|, on)? " + _DAY + r"))",
    re.IGNORECASE,
)
_DEADLINE = re.compile(
    r"\b(?:by|before|until|till|than|deadline (?:is|of)|due(?: at)?|(?:ends?|close[sd]?|expires?)(?: at)?) \Z",
    re.IGNORECASE,
)
_SAID = re.compile(r"\b(?:noon|midday|midnight)\b", re.IGNORECASE)
_NEAR = 25
"""Characters beside a time in which noon or midnight says which is meant."""

_CLEAR = re.compile(r"\b(?:between|end of|start of|beginning of|night of)\b|\b11[:.]59", re.IGNORECASE)


@document_rule(
    title="Times cannot be taken for others",
    why="People disagree whether 12 p.m. is noon, and at which end of a day its midnight is, and so miss deadlines.",
    fix="Write “noon” or “midnight”. For a deadline give the last minute: 11:59 p.m. on 5 May.",
    wcag=(),
    impact="minor",
    scope="component",
    role="content",
    serves=("cognition",),
    serves_source="GOV.UK style guide, times; NIST, times of day FAQs",
)
def ambiguous_time(prose: Prose, _: Style) -> Iterator[Finding]:
    """No time is "12 a.m.", "12 p.m." or "24:00", and no deadline is midnight on a day.

    A time is clear where noon or midnight is said beside it, or which end of the day is meant.
    """
    for match in own_matches(prose, _TIME):
        before, behind = around(prose, match)
        if match["midnight"]:
            if _DEADLINE.search(before) and not _CLEAR.search(before + behind):
                yield _finding(match, "may be at the beginning or the end of that day; give the last minute instead.")
        elif match["last"]:
            yield _finding(match, "may be at the end of this day or the next; write midnight and between which days.")
        elif not _SAID.search(before[-_NEAR:]) and not _SAID.search(behind[:_NEAR]):
            yield _finding(match, "is noon to some and midnight to others; write noon or midnight.")


def _finding(match: re.Match[str], why: str) -> Finding:
    return Finding(match.start(), match.end(), f"“{' '.join(match[0].split())}” {why}")
