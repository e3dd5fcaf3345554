"""Judges whether what has the keyboard focus lies under something else."""

from __future__ import annotations

from collections.abc import Iterator

from rules import Element, Outcome, Page, cant_tell, failed, page_rule, passed
from rules.colour import colour


@page_rule(
    title="What has the keyboard focus is not hidden under something else",
    why="Who uses the keyboard and sees presses keys on something that they cannot see.",
    fix="Give the page scroll-padding as high as the bar that stays, or let the bar scroll with the page.",
    wcag=("2.4.11",),
    impact="serious",
    scope="component",
    role="design",
    needs=("dom", "focus"),
    serves=("limited-vision", "manipulation", "cognition"),
    serves_source="WCAG 2.2, Understanding 2.4.11, benefits",
)
def focus_obscured(page: Page) -> Iterator[Outcome]:
    """At each stop of the Tab key some part of the element is not under content that stays while the page scrolls.

    Applies to every element at which Tab stopped. Looked at are nine points of the part that is in the window, after
    the browser has scrolled to it. Fails where an opaque bar lies over all of them. In a dialog it is a question, as
    that may be closed without losing the focus, and so it is where the bar can be seen through.
    """
    for stop in page.focus.stops if page.focus else ():
        element, cover = page.dom.at(stop.node), page.dom.at(stop.cover)
        if element is None:
            continue
        if stop.covered < 1 or cover is None:
            yield passed(element)
        elif _is_opaque(cover) and cover.role not in ("dialog", "alertdialog"):
            yield failed(element, f"With the keyboard focus this lies wholly under {cover.selector}.")
        else:
            yield cant_tell(element, f"Is this seen, with the keyboard focus on it, under {cover.selector}?")


def _is_opaque(cover: Element) -> bool:
    background = colour(cover.style("background-color"))
    return background is not None and background.alpha == 1 and cover.style("opacity") in ("", "1")
