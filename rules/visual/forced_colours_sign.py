"""Judges whether the signs of controls are still there in forced colours."""

from __future__ import annotations

from collections.abc import Iterator

from rules import Outcome, Page, cant_tell, page_rule, passed


@page_rule(
    title="Signs of controls stay in forced colours",
    why="Who reads with a few strong colours of their own (Windows contrast themes) finds an empty place for a button.",
    fix="Draw the sign with an inline SVG in currentColor, or give its fill a system colour in forced-colors: active.",
    wcag=(),
    impact="moderate",
    scope="component",
    role="development",
    needs=("dom", "variants"),
    serves=("limited-vision",),
    serves_source="CSS Color Adjustment 1, forced colors mode",
)
def forced_colours_sign(page: Page) -> Iterator[Outcome]:
    """A control without text, whose sign a style draws, does not become an area of one colour in forced colours.

    Applies to links and buttons in which no text and no picture is seen, but a mask or a background with more than one
    colour; one of each kind on a page is looked at. Forced colours take the colours out of backgrounds, and with them
    what a mask cuts out of one. Whether the control can be told without its sign is a question.
    """
    for icon in page.variants.icons if page.variants else ():
        element = page.dom.at(icon.node)
        if element is None:
            continue
        if icon.blank:
            yield cant_tell(element, "Only in forced colours: the sign is gone. Can people still tell what this is?")
        else:
            yield passed(element)
