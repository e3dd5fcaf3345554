"""Finds paragraphs that are longer than readers like to begin."""

from __future__ import annotations

from collections.abc import Iterator

from rules import Finding, Prose, Style, document_rule
from rules.plain.paragraphs import opening, words_of


@document_rule(
    languages=("en", "es"),
    title="Paragraphs are short",
    why="A long paragraph looks hard before a word of it is read, and hides where one thought ends.",
    fix="Begin a new paragraph for each thought, or make a list of what belongs together.",
    wcag=(),
    impact="minor",
    scope="component",
    role="content",
    serves=("cognition",),
    serves_source="plainlanguage.gov, write short paragraphs: at most 150 words",
)
def long_paragraph(prose: Prose, style: Style) -> Iterator[Finding]:
    """A paragraph has 150 words or fewer, or as many as the house style says, in Spanish as in English.

    It is found by its first sentence. Paragraphs over 250 words are found by very-long-paragraph.
    """
    most, never = style.limit("paragraph_words"), style.limit("paragraph_words_never")
    for unit in prose.units:
        words = words_of(prose, unit) if unit.kind == "paragraph" else 0
        if most < words <= never:
            first = opening(unit)
            message = f"The paragraph that begins here has {words} words; readers follow up to {most} well."
            yield Finding(first.start, first.end, message)
