"""Judges whether text is aligned to one side only."""

from __future__ import annotations

from collections.abc import Iterator

from rules import Outcome, Page, failed, page_rule, passed
from rules.reading_lines import lines_of

_LEAST_LINES = 3


@page_rule(
    title="Text is not justified",
    why="The uneven gaps of justified text form rivers, in which people with dyslexia or low vision lose their line.",
    fix="Take text-align: justify away.",
    wcag=("1.4.8",),
    impact="minor",
    scope="component",
    role="design",
)
def justified_text(page: Page) -> Iterator[Outcome]:
    """Running text is not aligned to both sides at once.

    Applies to blocks of the main text of three lines or more. A demand of level AAA, which no score counts.
    """
    for block in page.text:
        if len(lines_of(block.element)) >= _LEAST_LINES:
            if block.element.style("text-align") == "justify":
                yield failed(block.element, "This text is justified.")
            else:
                yield passed(block.element)
