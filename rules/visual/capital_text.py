"""Judges whether longer text is set in capital letters."""

from __future__ import annotations

from collections.abc import Iterator

from rules import Outcome, Page, failed, page_rule, passed

_LEAST_WORDS = 12
_SHARE = 0.8


@page_rule(
    title="Longer text is not set in capitals",
    why="Words in capitals have no shape of their own: people with dyslexia or low vision read them letter by letter.",
    fix="Write sentences in small letters, and take text-transform: uppercase away; stress a word with bold type.",
    wcag=(),
    impact="minor",
    scope="component",
    role="design",
)
def capital_text(page: Page) -> Iterator[Outcome]:
    """Running text of twelve words or more is not in capital letters, typed or made so by a style.

    Applies to blocks of the main text in scripts that have capitals. Good practice, which no score counts.
    """
    for block in page.text:
        letters = [letter for letter in block.text if letter.isalpha()]
        cased = [letter for letter in letters if letter.lower() != letter.upper()]
        if sum(len(word) > 1 for word in block.words) < _LEAST_WORDS or len(cased) < _SHARE * len(letters):
            continue
        is_raised = block.element.style("text-transform") == "uppercase"
        if is_raised or sum(map(str.isupper, cased)) >= _SHARE * len(cased):
            yield failed(block.element, "This text is set in capital letters.")
        else:
            yield passed(block.element)
