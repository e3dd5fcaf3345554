"""Finds abbreviations of which a text never says what they stand for."""

from __future__ import annotations

from collections.abc import Iterator

from rules import Finding, Prose, Style, document_rule
from rules.plain.abbreviations import FEWEST_USES, explained, uncommon


@document_rule(
    title="Abbreviations are spelt out",
    why="Who does not know an abbreviation has to leave the page to find out what it means, and many do not return.",
    fix="Spell it out at its first use with the abbreviation behind it in brackets, or use a short name instead.",
    wcag=(),
    impact="minor",
    scope="component",
    role="content",
    serves=("cognition",),
    serves_source="plainlanguage.gov, minimize abbreviations; GOV.UK style guide, abbreviations and acronyms",
)
def undefined_abbreviation(prose: Prose, _: Style) -> Iterator[Finding]:
    """An abbreviation in capitals that is used twice or more is spelt out somewhere in the text.

    It is, where brackets before or behind it say so, where the text says what it stands for, or where words with
    capitals, or words of the same paragraph, have its first letters. Those that nearly everybody knows, such as PDF,
    need no words, and neither do codes and parts of longer names ("Windows NT"). Each is found once, at its first use.
    """
    used = [one for one in uncommon(prose) if len(one.uses) >= FEWEST_USES]
    is_explained = explained(prose) if used else frozenset()
    for letters, uses in used:
        if letters not in is_explained:
            yield Finding(uses[0].start, uses[0].end, f"This text never says what “{letters}” stands for.")
