"""Finds terms in place of which the house style wants others."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rules import Finding, Prose, Style, document_rule
from rules.plain.matches import own_matches


@document_rule(
    languages=("en", "es"),
    title="Terms are those of the house style",
    why="One thing with two names is taken for two things, and a search finds only one of them.",
    fix="Write the term that the house style prefers, or allow the other one there.",
    wcag=(),
    impact="minor",
    scope="component",
    role="content",
    serves=("cognition",),
    serves_source="plainlanguage.gov, use the same terms consistently",
)
def preferred_term(prose: Prose, style: Style) -> Iterator[Finding]:
    """No text uses a term for which the house style names another, in capitals or not.

    Whole words count, and the longest term where several begin at one place. Where the preferred term holds the other
    ("help to pay" for "help") and stands there, nothing is found. Without a house style nothing is. English and
    Spanish are looked at.
    """
    terms = {" ".join(term.lower().split()): instead for term, instead in style.preferred.items() if term.strip()}
    if not terms:
        return
    longest_first = sorted(terms, key=lambda term: (-len(term), term))
    pattern = "|".join(r"\s+".join(map(re.escape, term.split())) for term in longest_first)
    for match in own_matches(prose, re.compile(rf"(?<![\w-])(?:{pattern})(?![\w-])", re.IGNORECASE)):
        term = " ".join(match[0].lower().split())
        instead = terms.get(term)
        if instead is None or _is_there(prose.text, match, term, instead):
            continue
        offered = instead[:1].upper() + instead[1:] if match[0][0].isupper() else instead
        yield Finding(match.start(), match.end(), f"The house style says “{instead}” for “{match[0]}”.", offered)


def _is_there(text: str, match: re.Match[str], term: str, instead: str) -> bool:
    """Whether the match is a part of the preferred term, or that itself as the style writes it."""
    inside = instead.lower().find(term)
    first = match.start() - inside
    if inside < 0 or first < 0:
        return False
    there = text[first : first + len(instead)]
    return there == instead or (len(instead) > len(term) and there.lower() == instead.lower())
