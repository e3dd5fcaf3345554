"""Finds sentences that are longer than a reader holds in mind."""

from __future__ import annotations

from collections.abc import Iterator

from rules import Finding, Prose, Style, document_rule


@document_rule(
    title="Sentences are short",
    why="Readers lose the beginning of a long sentence before its end, most of all those who read slowly.",
    fix="Say one thing in a sentence. Split it where a new thought begins, or make a list of its parts.",
    wcag=(),
    impact="minor",
    scope="component",
    role="content",
    serves=("cognition",),
    serves_source="plainlanguage.gov, write short sentences; GOV.UK content design, at most 25 words",
)
def long_sentence(prose: Prose, style: Style) -> Iterator[Finding]:
    """A sentence has 25 words or fewer, or as many as the house style says.

    Items of a list that end without a full stop are sentences by themselves. Sentences over 40 words are found by
    very-long-sentence.
    """
    most, never = style.limit("sentence_words"), style.limit("sentence_words_never")
    for sentence in prose.sentences:
        words = len(sentence.words)
        if most < words <= never:
            yield Finding(
                sentence.start, sentence.end, f"This sentence has {words} words; readers follow up to {most} well."
            )
