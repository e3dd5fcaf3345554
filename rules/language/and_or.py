"""Finds "and/or" and its like."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rules import Finding, Prose, Style, document_rule
from rules.plain.quoting import quoted

_SLASHED = re.compile(
    r"(?<![\w/])(?:and ?/ ?or|s/he|he/she|she/he|his/her|her/his|him/her|him/herself)(?![\w/])", re.IGNORECASE
)
_INSTEAD = {
    "s/he": "they",
    "he/she": "they",
    "she/he": "they",
    "his/her": "their",
    "her/his": "their",
    "him/her": "them",
}


@document_rule(
    title="No slash stands between words",
    why="Readers do not know whether they need one, the other or both.",
    fix="Say “or” where one is enough, “and” where all are needed, “or both” where both may be. For people say “they”.",
    wcag=(),
    impact="moderate",
    scope="component",
    role="content",
    serves=("cognition",),
    serves_source="plainlanguage.gov, do not use slashes",
)
def and_or(prose: Prose, _: Style) -> Iterator[Finding]:
    """No text says "and/or", "he/she" or "his/her", apart from quotations and what stands in quotation marks."""
    is_quoted = quoted(prose)
    for unit in prose.units:
        if unit.kind == "quotation":
            continue
        for match in _SLASHED.finditer(prose.text, unit.start, unit.end):
            if not is_quoted(match.start()):
                words = match.group()
                instead = _INSTEAD.get(words.lower(), "")
                yield Finding(match.start(), match.end(), f"“{words}” makes readers guess which is meant.", instead)
