"""Finds paragraphs after paragraphs with nothing between them by which to find one's way."""

from __future__ import annotations

from collections.abc import Iterator

from rules import Finding, Prose, Style, document_rule
from rules.plain.paragraphs import opening, unbroken, words_of


@document_rule(
    languages=("en", "es"),
    title="Headings and lists break up long texts",
    why="People look for the part that they need; where no heading tells it, they read all of it or leave.",
    fix="Put a heading above each part that says what it answers. Make lists of steps, conditions and things needed.",
    wcag=(),
    impact="minor",
    scope="component",
    role="content",
    serves=("cognition",),
    serves_source="plainlanguage.gov, add useful headings",
)
def wall_of_text(prose: Prose, style: Style) -> Iterator[Finding]:
    """Paragraphs that follow each other without a heading, item or step have 450 words or fewer together.

    The house style can say another number; it is the same in Spanish. Lines that are no sentences, such as terms and
    captions, part a text as well. It is found once, by its first sentence; one paragraph alone is found by
    very-long-paragraph.
    """
    most = style.limit("words_between_headings")
    for run in unbroken(prose):
        words = sum(words_of(prose, unit) for unit in run)
        if len(run) > 1 and words > most:
            first = opening(run[0])
            message = f"From here on, {words} words follow without a heading or a list to find the way by."
            yield Finding(first.start, first.end, message)
