"""Judges whether text can still be read when the page is enlarged to 200 per cent."""

from __future__ import annotations

from collections.abc import Iterator

from rules import Outcome, Page, page_rule, passed
from rules.cut_text import lost_texts


@page_rule(
    title="Text can be enlarged to 200 per cent without losing any of it",
    why="Who enlarges the page to read it finds sentences that end in the middle.",
    fix="Let the height and the width follow the text (min-height instead of height), or let the box scroll.",
    wcag=("1.4.4",),
    act=("59br37",),
    impact="serious",
    scope="component",
    role="development",
    needs=("dom", "sizes"),
    serves=("limited-vision",),
    serves_source="DHS Trusted Tester v5, test 18.A",
)
def zoomed_text(page: Page) -> Iterator[Outcome]:
    """No text is cut off in a window of half its width and height, which is what enlarging to 200 per cent makes of it.

    Applies to pages with text. Fails at the element that cuts off text which stands directly in it, or in normal flow
    downwards, and could be seen whole before, without an ellipsis and without a control in or beside it. What else is
    cut is a question.
    """
    found = list(lost_texts(page, "zoom", when="Enlarged to 200 per cent"))
    yield from found
    if not found and page.text:
        yield passed()
