"""Finds what is said by two negatives and could be said by none."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rules import Finding, Prose, Style, document_rule
from rules.plain.quoting import quoted

_TWICE = re.compile(
    r"\b(?:no|not) (?:fewer|less) than\b"
    r"|\bnot (?:un(?:common|likely|usual|lawful|reasonable|necessary|important|able|willing|aware|true|fair|related)"
    r"|im(?:possible|probable|proper)|in(?:eligible|significant|correct|appropriate|valid|capable|accurate|frequent(?:ly)?)"
    r"|dis(?:similar|honest|regard)|il(?:legal|logical)|ir(?:relevant|responsible|regular)|without)\b"
    r"|\bnever (?:not|un\w{4,12}able)\b|\bnot (?:fail|forget|neglect) to\b",
    re.IGNORECASE,
)
_NOT = re.compile(
    r"\b(?:may|must|will|can|shall|is|are)(?: not|n[’']t)\b|\bcannot\b|\b(?:won|can)[’']t\b|\bno\b(?!,)", re.IGNORECASE
)
_MAY_NOT = re.compile(r"\b(?:may|must|can|shall)(?: not|n[’']t)\b|\bcannot\b|\bcan[’']t\b", re.IGNORECASE)
_UNLESS = re.compile(r"\b(?:unless|except (?:when|if|where|after)|(until))\b", re.IGNORECASE)
_REACH = 90
"""Characters from the first negative to the second: about fifteen words; further apart, readers take them as two."""

_AT_LEAST = ("no fewer than", "not fewer than", "no less than", "not less than")


@document_rule(
    title="Nothing is said by two negatives",
    why="Readers have to turn a sentence round twice, and many come out on the wrong side.",
    fix="Say what is so: “only if” for “not unless”, “at least” for “no fewer than”.",
    wcag=(),
    impact="minor",
    scope="component",
    role="content",
    serves=("cognition",),
    serves_source="plainlanguage.gov, use positive language",
)
def double_negative(prose: Prose, _: Style) -> Iterator[Finding]:
    """No sentence negates a negative ("not uncommon") or makes an exception of one ("may not … unless").

    An order not to do something until later is left alone: it says what to do.
    """
    is_quoted = quoted(prose)
    for sentence in prose.sentences:
        for match in _TWICE.finditer(prose.text, sentence.start, sentence.end):
            if not is_quoted(match.start()):
                yield _finding(prose, match.start(), match.end())
        unless = _UNLESS.search(prose.text, sentence.start, sentence.end)
        if unless is None or is_quoted(unless.start()):
            continue
        near = max(sentence.start, unless.start() - _REACH)
        negatives = (_MAY_NOT if unless.group(1) else _NOT).finditer(prose.text, near, unless.start())
        before = [one for one in negatives if _is_one_clause(prose, one, unless)]
        if before:
            yield _finding(prose, before[-1].start(), unless.end())


def _is_one_clause(prose: Prose, negative: re.Match[str], unless: re.Match[str]) -> bool:
    return not set(prose.text[negative.end() : unless.start()]) & set(";:.()")


def _finding(prose: Prose, start: int, end: int) -> Finding:
    words = prose.text[start:end]
    instead = "at least" if words.lower() in _AT_LEAST else ""
    short = words if len(words) <= 40 else f"{words[:20].rsplit(' ', 1)[0]} … {words.rsplit(' ', 1)[1]}"
    return Finding(start, end, f"“{short}” has to be turned round twice to be understood.", instead)
