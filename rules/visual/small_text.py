"""Judges whether text is large enough to be read."""

from __future__ import annotations

from collections.abc import Iterator

from rules import Outcome, Page, failed, page_rule, passed

_LEAST_PX = 10.0


@page_rule(
    title="Running text is not tiny",
    why="Many people, most of all older ones, cannot read tiny text without enlarging the page, which not all know how "
    "to do.",
    fix="Use 16 CSS pixels for running text, and never fewer than 10.",
    wcag=(),
    impact="minor",
    scope="component",
    role="design",
)
def small_text(page: Page) -> Iterator[Outcome]:
    """Running text is ten CSS pixels high or more.

    Applies to blocks of the main text. Good practice, which no score counts.
    """
    for block in page.text:
        size = float(block.element.style("font-size").removesuffix("px") or _LEAST_PX)
        if size < _LEAST_PX:
            yield failed(block.element, f"This text is {size:g} CSS pixels high.")
        else:
            yield passed(block.element)
