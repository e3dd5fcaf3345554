"""Judges whether text can still be read when its lines, words and letters are set further apart."""

from __future__ import annotations

from collections.abc import Iterator

from rules import Outcome, Page, page_rule, passed
from rules.cut_text import lost_texts


@page_rule(
    title="Text can be set further apart without losing any of it",
    why="Who needs wider spacing to tell letters and lines apart loses a part of the text.",
    fix="Let the height and the width follow the text (min-height instead of height), or let the box scroll.",
    wcag=("1.4.12",),
    impact="serious",
    scope="component",
    role="development",
    needs=("dom", "sizes"),
    serves=("limited-vision", "cognition"),
    serves_source="WCAG 2.2, Understanding 1.4.12, benefits",
)
def spaced_text(page: Page) -> Iterator[Outcome]:
    """No text is cut off with a line height of 1.5, and .12 em between letters and .16 em between words.

    Applies to pages with text. Fails at the element that cuts off text which stands directly in it, or in normal flow
    downwards, and could be seen whole before, without an ellipsis and without a control in or beside it. What else is
    cut is a question.
    """
    found = list(lost_texts(page, "spacing", when="With wider spacing"))
    yield from found
    if not found and page.text:
        yield passed()
