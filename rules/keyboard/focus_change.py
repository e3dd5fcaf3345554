"""Judges whether an element that takes the keyboard focus keeps it."""

from __future__ import annotations

from collections.abc import Iterator

from rules import Element, Outcome, Page, failed, page_rule, passed


@page_rule(
    title="What takes the keyboard focus keeps it",
    why="The keyboard focus jumps away by itself: who uses it cannot get to this element, or is lost.",
    fix="Do not call blur() or move the focus when an element receives it; wait until it is operated.",
    wcag=("2.1.1", "3.2.1"),
    impact="serious",
    scope="component",
    role="development",
    needs=("dom", "widgets"),
    serves=("without-vision", "limited-vision", "manipulation", "cognition"),
    serves_source="WCAG 2.2, Understanding 3.2.1, benefits",
)
def focus_change(page: Page) -> Iterator[Outcome]:
    """An element that is given the focus still has it a moment later.

    Applies to elements at which Tab stops. Fails where a script takes the focus away from a named control (WCAG failure
    F55), or puts it into another part of the page. What passes it on within its own group, such as a list to its
    item, is left out.
    """
    if page.widgets is None:
        return
    moved = {one.node: one.to for one in page.widgets.moved}
    for node in page.widgets.focused:
        element = page.dom.at(node)
        if element is None:
            continue
        if node not in moved:
            yield passed(element)
        elif element.exposed and element.name:
            to = page.dom.at(moved[node])
            if to is None:
                yield failed(element, "This loses the keyboard focus as soon as it has it.")
            elif not _belong_together(element, to):
                yield failed(element, f"The keyboard focus jumps from here to {to.selector} by itself.")


def _belong_together(element: Element, other: Element) -> bool:
    """Whether one stands in the other, or both in the same small group."""
    group = element.parent.parent if element.parent else None
    return other in element.ancestors() or any(
        above is not None and (above is element or above is element.parent or above is group)
        for above in other.ancestors()
    )
