"""Judges whether what opens under the mouse can be reached with the mouse and sent away."""

from __future__ import annotations

from collections.abc import Iterator

from rules import Outcome, Page, cant_tell, failed, page_rule, passed
from rules.evidence.hover import Opened


@page_rule(
    title="What opens under the mouse can be reached with it and sent away",
    why="Who enlarges the screen sees a part of it: what opens has to be moved to, and covers the rest.",
    fix="Keep it open while the mouse is on it, leave no gap on the way, and close it with Escape.",
    wcag=("1.4.13",),
    impact="moderate",
    scope="component",
    role="development",
    needs=("dom", "hover"),
    serves=("limited-vision", "manipulation", "cognition"),
    serves_source="WCAG 2.1, Understanding 1.4.13, benefits",
)
def hover_content(page: Page) -> Iterator[Outcome]:
    """What the mouse over an element opens stays while the mouse moves onto it, and Escape takes it away.

    Applies to elements, one of each kind, over which a real mouse made words come into view each time, and go each
    time when it left. Fails where they were gone twice when the mouse had come to them on the shortest way, and where
    words that lay there before are covered, Escape does nothing, and a style rule with `:hover` keeps it open, which
    nothing but moving the mouse away can end. Where a script does, it may listen to another key: a question.
    """
    for opened in page.hover.opened if page.hover else ():
        element = page.dom.at(opened.node)
        if element is None:
            continue
        if opened.reached is False:
            yield failed(element, "What the mouse opens here is gone when the mouse moves onto it.")
        elif not opened.covers or opened.dismissed:
            if opened.reached:
                yield passed(element)
        elif opened.by == "style" and not _answers_keys(page, opened):
            yield failed(element, "What the mouse opens here covers other words, and Escape does not close it.")
        else:
            yield cant_tell(element, "This opens over other words. Does a key close it while the mouse stands still?")


def _answers_keys(page: Page, opened: Opened) -> bool:
    """Whether the element or what is around it listens to keys, so that a key may close what a style opens."""
    element = page.dom.at(opened.node)
    return element is not None and any(one.index in page.watchful for one in (element, *element.ancestors()))
