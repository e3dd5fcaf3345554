"""Judges whether text can be read in a narrow window without moving it to and fro."""

from __future__ import annotations

from collections.abc import Iterator

from rules import Outcome, Page, cant_tell, failed, page_rule, passed

_WINDOW = 320.0
_SPARE = 2.0
"""CSS px by which a page may be wider: borders and rounding."""


@page_rule(
    title="Text fits into a narrow window",
    why="Who enlarges the page to 400 per cent, or reads it on a small phone, moves it to and fro in each line.",
    fix="Take out the fixed width, or the white-space: nowrap, and let the lines break.",
    wcag=("1.4.10",),
    impact="serious",
    scope="component",
    role="development",
    needs=("dom", "sizes"),
    serves=("limited-vision", "manipulation"),
    serves_source="WCAG 2.2, Understanding 1.4.10, benefits",
)
def reflow(page: Page) -> Iterator[Outcome]:
    """In a window of 320 CSS px no text is wider than the window, or lies beside it.

    Applies to pages with text. Fails where the page is wider than the window, at a text of more than one word that has
    a line wider than the window, and at a box in the normal flow that holds a text which lies beside the window.
    Tables, code, pictures, maps, toolbars and what scrolls by itself may be wide. A page that is wider for another
    reason is a question.
    """
    if page.sizes is None or not page.text:
        return
    if page.sizes.scrolls_to <= _WINDOW + _SPARE:
        yield passed()
        return
    wide = [(page.dom.at(one.node), one.width) for one in page.sizes.wide]
    for element, width in wide:
        if element is not None:
            yield failed(element, f"In a window of 320 CSS px this is {width:,.0f} CSS px wide.")
    if not wide:
        reach = page.sizes.scrolls_to
        yield cant_tell(
            None, f"In a window of 320 CSS px the page is {reach:,.0f} CSS px wide: is it only because of what may be?"
        )
