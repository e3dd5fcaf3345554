"""Judges whether headings say something."""

from __future__ import annotations

from collections.abc import Iterator

from rules import Outcome, Page, page_rule
from rules.naming import judge_name


@page_rule(
    title="Headings have a text",
    why="People who cannot see jump from heading to heading and land on one that says nothing.",
    fix="Write the heading, or remove the element when it is used only for its looks.",
    wcag=(),
    act=("ffd0e9",),
    impact="minor",
    scope="component",
    role="content",
    replaces=("empty-heading",),
)
def empty_heading(page: Page) -> Iterator[Outcome]:
    """The browser has a name for each heading.

    Applies to headings that assistive technology meets, whether they can be seen or not. Text that is hidden from
    it, and pictures without an alternative, give a heading no name.
    """
    for element in page.dom.by_role("heading"):
        yield judge_name(element, "heading")
