"""Finds texts with more abbreviations than readers keep in mind."""

from __future__ import annotations

from collections.abc import Iterator

from rules import Finding, Prose, Style, document_rule
from rules.plain.abbreviations import FEWEST_USES, uncommon


@document_rule(
    title="Abbreviations are few",
    why="Readers have to keep in mind what each abbreviation stands for, and look back for those that they lost.",
    fix="Keep the two or three that are used most. Say “the agency” or “the fund” in place of the others.",
    wcag=(),
    impact="minor",
    scope="component",
    role="content",
    serves=("cognition",),
    serves_source="plainlanguage.gov, minimize abbreviations: three in a document, better two",
)
def too_many_abbreviations(prose: Prose, style: Style) -> Iterator[Finding]:
    """A text has three abbreviations that are not well known, or as many as the house style says, explained or not.

    Counted are those that it uses twice or more; what is found is the first use of the first one too many.
    """
    most = style.limit("abbreviations")
    every = [one for one in uncommon(prose) if len(one.uses) >= FEWEST_USES]
    if len(every) > most:
        first = every[most].uses[0]
        message = f"This is one of {len(every)} abbreviations; readers keep {most} in mind."
        yield Finding(first.start, first.end, message)
