"""Finds paragraphs so long that most readers skip them."""

from __future__ import annotations

from collections.abc import Iterator

from rules import Finding, Prose, Style, document_rule
from rules.plain.paragraphs import opening, words_of


@document_rule(
    languages=("en", "es"),
    title="No paragraph is very long",
    why="Most people skip what fills a screen, and who loses the place in it does not find it again.",
    fix="Begin a new paragraph for each thought, with headings above them where there are many.",
    wcag=(),
    impact="minor",
    scope="component",
    role="content",
    serves=("cognition",),
    serves_source="plainlanguage.gov, write short paragraphs: never over 250 words",
)
def very_long_paragraph(prose: Prose, style: Style) -> Iterator[Finding]:
    """No paragraph has more than 250 words, or more than the house style says. It is found by its first sentence."""
    never = style.limit("paragraph_words_never")
    for unit in prose.units:
        words = words_of(prose, unit) if unit.kind == "paragraph" else 0
        if words > never:
            first = opening(unit)
            message = f"The paragraph that begins here has {words} words; no paragraph needs more than {never}."
            yield Finding(first.start, first.end, message)
