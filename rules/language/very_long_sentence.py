"""Finds sentences so long that most readers lose them."""

from __future__ import annotations

from collections.abc import Iterator

from rules import Finding, Prose, Style, document_rule


@document_rule(
    languages=("en", "es"),
    title="No sentence is very long",
    why="Nearly nobody keeps so many words in mind to the end; who reads slowly has to begin again.",
    fix="Say one thing in a sentence. Split it where a new thought begins, or make a list of its parts.",
    wcag=(),
    impact="moderate",
    scope="component",
    role="content",
    serves=("cognition",),
    serves_source="plainlanguage.gov, memo guidelines: never over 40 words",
)
def very_long_sentence(prose: Prose, style: Style) -> Iterator[Finding]:
    """No sentence has more than 40 words, or more than the house style says; in Spanish as in English."""
    never = style.limit("sentence_words_never")
    for sentence in prose.sentences:
        words = len(sentence.words)
        if words > never:
            yield Finding(
                sentence.start, sentence.end, f"This sentence has {words} words; no sentence needs more than {never}."
            )
