"""Judges whether what the mouse opens can be had with the keyboard."""

from __future__ import annotations

from collections.abc import Iterator

from rules import Outcome, Page, cant_tell, page_rule, passed


@page_rule(
    title="What opens under the mouse can be had with the keyboard",
    why="Who uses no mouse, and whoever touches a screen, never meets what only hovering opens.",
    fix="Open it with a button that says whether it is open (aria-expanded), or at least when its link has focus.",
    wcag=("2.1.1",),
    impact="serious",
    scope="component",
    role="development",
    needs=("dom", "hover"),
    serves=("without-vision", "manipulation"),
    serves_source="WCAG 2.1, Understanding 2.1.1, benefits",
)
def hover_only(page: Page) -> Iterator[Outcome]:
    """What the mouse over an element opens is opened by the focus too, or its words are had in another way.

    Applies to elements, one of each kind, over which a real mouse made words come into view each time. Passed where
    the focus on a control in or around the element opens it too, and where a control there says that it opens
    something. Else it is a question, as links may stand elsewhere too; words that are also in the element's name or
    description, or elsewhere in view, are nothing to judge.
    """
    for opened in page.hover.opened if page.hover else ():
        element = page.dom.at(opened.node)
        if element is None:
            continue
        if opened.focused:
            yield passed(element)
        elif not opened.told:
            yield cant_tell(element, "Only the mouse opens this. Is what it shows to be had with the keyboard too?")
