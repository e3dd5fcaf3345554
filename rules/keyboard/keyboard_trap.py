"""Judges whether the keyboard gets away again from everything it gets to."""

from __future__ import annotations

from collections.abc import Iterator

from rules import Outcome, Page, cant_tell, failed, page_rule, passed
from rules.traps import held, is_dialog


@page_rule(
    title="The keyboard gets away again from everything it gets to",
    why="Who uses the keyboard cannot go on from here: all that is left is to close the page.",
    fix="Let Tab and Shift+Tab go on, or let Escape lead out; where another key does, say so in the text before.",
    wcag=("2.1.2",),
    act=("80af7b", "ebe86a"),
    impact="critical",
    scope="component",
    role="development",
    needs=("dom", "focus"),
    serves=("without-vision", "limited-vision", "manipulation"),
    serves_source="DHS Trusted Tester v5, test 4.C",
)
def keyboard_trap(page: Page) -> Iterator[Outcome]:
    """From each stop of the Tab key a key leads away: Tab, Shift+Tab, Escape, or another that the page names.

    Applies to every element at which Tab stopped. Fails where focus went round in the same few elements, and neither
    the usual keys nor those that the page's text names led out of them. In a dialog with a button it is a question,
    as pressing that may close it.
    """
    trapped = held(page)
    for stop in page.focus.stops if page.focus else ():
        element = page.dom.at(stop.node)
        if element is None:
            continue
        trap = trapped.get(stop.node)
        if trap is None or trap.worked:
            yield passed(element)
        elif is_dialog(page, trap):
            yield cant_tell(element, "Does a button in this dialog close it, so that the keyboard gets out?")
        else:
            yield failed(element, "Tab, Shift+Tab and Escape do not lead away from here.", blocks=True)
