"""Judges whether text stands out from its background."""

from __future__ import annotations

from collections.abc import Iterator

from rules import Outcome, Page, page_rule
from rules.contrast_verdict import judged

_LEAST, _LEAST_LARGE = 4.5, 3.0


@page_rule(
    title="Text stands out from its background",
    why="People with low vision, older people and everybody in sunlight cannot read pale text.",
    fix="Make the text darker or the background lighter until their contrast reaches what the size of the text needs.",
    wcag=("1.4.3",),
    act=("afw4f7",),
    impact="serious",
    scope="component",
    role="design",
    replaces=("color-contrast",),
)
def text_contrast(page: Page) -> Iterator[Outcome]:
    """Text has a contrast of at least 4.5 to 1 with its background, large text (24 px, or 18.66 px in bold) 3 to 1.

    Applies to text that can be seen. Left out, as in the criterion, are inactive controls with their labels and
    texts that are no words. Colours come from the computed styles; where a picture, a gradient or something else lies
    behind the letters, from a picture of the page. A failure is counted where even the best letter stays below; text
    that is hidden from assistive technology may be decoration, and a single letter a symbol, so these are questions.
    """
    yield from judged(page, _LEAST, _LEAST_LARGE)
