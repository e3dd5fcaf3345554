"""Judges whether the keys that everybody knows lead away from every element."""

from __future__ import annotations

from collections.abc import Iterator

from rules import Outcome, Page, failed, page_rule, passed
from rules.traps import USUAL, held, is_dialog


@page_rule(
    title="Tab, Shift+Tab or Escape lead away from everything",
    why="Keys that have to be looked up first, and remembered, are a hurdle in the middle of a page.",
    fix="Let Tab and Shift+Tab go on as everywhere else; keys of your own can be there beside them.",
    wcag=(),
    act=("a1b64e",),
    impact="minor",
    scope="component",
    role="development",
    needs=("dom", "focus"),
)
def usual_exit(page: Page) -> Iterator[Outcome]:
    """From each stop of the Tab key one of the usual keys leads away.

    Best practice where the page names another key that does; where none does, `keyboard-trap` fails as well.
    """
    trapped = held(page)
    for stop in page.focus.stops if page.focus else ():
        element, trap = page.dom.at(stop.node), trapped.get(stop.node)
        if element is None or (trap and is_dialog(page, trap)):
            continue
        if trap is None or USUAL & set(trap.worked):
            yield passed(element)
        else:
            yield failed(element, "None of the usual keys leads away from here.")
