"""Judges whether what can be reached with the keyboard can be operated with it."""

from __future__ import annotations

from collections.abc import Iterator

from rules import Outcome, Page, cant_tell, failed, page_rule, passed


@page_rule(
    title="What answers to a click answers to a key",
    why="People who use the keyboard, or a device that acts like one, get to this control and cannot do anything.",
    fix="Use a button, or a link with href. Where that cannot be, do on Enter and Space what a click does.",
    wcag=("2.1.1",),
    impact="critical",
    scope="component",
    role="development",
    needs=("dom", "widgets"),
    serves=("without-vision", "limited-vision", "manipulation"),
    serves_source="DHS Trusted Tester v5, test 4.B",
)
def key_operation(page: Page) -> Iterator[Outcome]:
    """A control at which Tab stops does with Enter or Space what it does with a click.

    Applies to controls that are no buttons or links of HTML. Fails where a click changed what is seen, twice or until
    the control was gone, while both keys did nothing in the same states; where that was seen only once it is a
    question. Tabs fail of which Tab reaches one alone, and no arrow key another.
    """
    if page.widgets is None:
        return
    stuck = {one.node for one in page.widgets.tabs if not one.arrows and not one.stops}
    for node in sorted(stuck):
        tab = page.dom.at(node)
        if tab is not None:
            yield failed(tab, "Neither Tab nor an arrow key leads to the other tabs of this list.")
    for one in page.widgets.operated:
        control = page.dom.at(one.node)
        if control is None or one.node in stuck or (one.clicked == "" and not one.answered):
            continue
        if one.answered:
            yield passed(control)
        elif one.clicked == "always":
            yield failed(control, "A click on this does something; Enter and Space do nothing.")
        elif one.clicked == "once":
            yield cant_tell(control, "Does a key do what a click does here?")
