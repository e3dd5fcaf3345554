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
    the browser has scrolled to it. Fails at an opaque bar that lies over all of them. A dialog is a question, as
    that may be closed without losing the focus, and so is a bar that can be seen through.
    """
    told: set[int] = set()
    for stop in page.focus.stops if page.focus else ():
        element, cover = page.dom.at(stop.node), page.dom.at(stop.cover)
        if element is None:
            continue
        if stop.covered < 1 or cover is None:
            yield passed(element)
        elif cover.index not in told:
            told.add(cover.index)
            if _is_opaque(cover) and cover.role not in ("dialog", "alertdialog"):
                yield failed(cover, f"This hides {element.selector} while it has the keyboard focus.")
            else:
                yield cant_tell(cover, f"Is {element.selector} seen under this while it has the keyboard focus?")


def _is_opaque(cover: Element) -> bool:
    background = colour(cover.style("background-color"))
    return background is not None and background.alpha == 1 and cover.style("opacity") in ("", "1")
