"""Judges whether a landmark holds the content of a page."""

from __future__ import annotations

from collections.abc import Iterator

from rules import Outcome, Page, page_rule


@page_rule(
    title="A landmark holds the content of the page",
    why="People who cannot see jump from landmark to landmark, and so past what each page repeats.",
    fix="Put the content into one main element, without header, menu and footer.",
    wcag=(),
    act=("b40fd1",),
    impact="moderate",
    scope="page",
    role="development",
    replaces=("landmark-one-main",),
)
def content_landmark(page: Page) -> Iterator[Outcome]:
    """A main landmark, or another that is no header, navigation, search or footer, holds the text of the page.

    Applies to pages with text of their own that lead to other pages of their host. Fails where all landmarks are
    those that sites share; a landmark that holds less than half of the text is a question. A technique for bypassing
    blocks (ARIA11), which others can stand in for.
    """
    if page.ways.needed:
        yield page.ways.landmark.outcome()
