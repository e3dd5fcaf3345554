"""Judges whether one sees where the keyboard focus is."""

from __future__ import annotations

from collections.abc import Iterator

from rules import Outcome, Page, failed, page_rule, passed


@page_rule(
    title="One sees which element has the keyboard focus",
    why="Who uses the keyboard does not see where on the page they are, or what the next key will do.",
    fix="Do not take the outline away, or put something else in its place for :focus-visible that can be seen.",
    wcag=("2.4.7",),
    act=("oj04fd",),
    impact="serious",
    scope="component",
    role="design",
    needs=("dom", "focus"),
    serves=("limited-vision", "manipulation", "cognition"),
    serves_source="DHS Trusted Tester v5, test 4.D",
)
def focus_visible(page: Page) -> Iterator[Outcome]:
    """At each stop of the Tab key something in the window looks different from what it was without focus.

    Applies to every element at which Tab stopped. Passed where the computed style of the element, of its label or of
    what stands next to it differs, or where one types into it and sees the caret. Where nothing of that differs,
    pictures decide: two of the window with focus and two without, in the middle of the window. Fails only where they
    are the same to the last pixel. How well the difference can be seen is a question of WCAG 2.4.13 (level AAA).
    """
    for stop in page.focus.stops if page.focus else ():
        element = page.dom.at(stop.node)
        if element is None or stop.shown == "unknown":
            continue
        if stop.shown == "nothing":
            yield failed(element, "The window looks the same with the keyboard focus on this and without.")
        else:
            yield passed(element)
