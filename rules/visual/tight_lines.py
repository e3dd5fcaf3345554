"""Judges whether the lines of running text stand apart."""

from __future__ import annotations

from collections.abc import Iterator

from rules import Outcome, Page, failed, page_rule, passed
from rules.reading_lines import lines_of

_LEAST = 1.1
_LEAST_LINES, _LEAST_WORDS = 3, 20
"""Less is a heading, or the lines of a sign, which are read at once."""


@page_rule(
    title="The lines of running text stand apart",
    why="In tight lines people with dyslexia, low vision or little practice in reading slip from one line to the next.",
    fix="Give running text a line-height of 1.5.",
    wcag=(),
    impact="minor",
    scope="component",
    role="design",
)
def tight_lines(page: Page) -> Iterator[Outcome]:
    """The lines of running text are at least 1.1 font sizes apart.

    Applies to blocks of the main text of three lines and twenty words or more. Good practice, which no score counts.
    """
    for block in page.text:
        height, size = (block.element.style(name).removesuffix("px") for name in ("line-height", "font-size"))
        if len(block.words) < _LEAST_WORDS or len(lines_of(block.element)) < _LEAST_LINES:
            continue
        if height != "normal" and height and size and float(height) < _LEAST * float(size):
            told = float(height) / float(size)
            yield failed(block.element, f"The lines of this text are {told:.2g} font sizes apart.")
        else:
            yield passed(block.element)
