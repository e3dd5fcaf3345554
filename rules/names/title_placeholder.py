"""Judges whether the page has a title of its own."""

from __future__ import annotations

from collections.abc import Iterator

from rules import Outcome, Page, failed, page_rule, passed, short
from rules.titles import is_placeholder, page_title


@page_rule(
    title="The page has a title of its own",
    why="People who switch between pages, or cannot see this one, are not told which page it is.",
    fix="Write a title that says what this page is about, and then whose service it belongs to.",
    wcag=("2.4.2",),
    act=("c4a8a4",),
    impact="serious",
    scope="page",
    role="content",
)
def title_placeholder(page: Page) -> Iterator[Outcome]:
    """The title of the page is neither an editor's placeholder nor the name of a file (WCAG failure F25).

    Applies to pages that have a title. Whether the title tells what the page is about is another rule's question.
    """
    title = page_title(page)
    if not title.strip(" .:!-–|"):
        return
    if is_placeholder(title):
        yield failed(None, f"The title “{short(title)}” is a placeholder.")
    else:
        yield passed()
