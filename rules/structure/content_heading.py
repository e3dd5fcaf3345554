"""Judges whether a heading begins the content of a page."""

from __future__ import annotations

from collections.abc import Iterator

from rules import Outcome, Page, page_rule


@page_rule(
    title="A heading begins the content of the page",
    why="People who cannot see jump from heading to heading, and so past what each page repeats.",
    fix="Put a heading, best of level 1, in front of the first words that only this page has.",
    wcag=(),
    act=("047fe0",),
    impact="moderate",
    scope="page",
    role="content",
)
def content_heading(page: Page) -> Iterator[Outcome]:
    """A heading that is seen stands elsewhere than in header, navigation, search, footer and complementary content.

    Applies to pages with text of their own that lead to other pages of their host. Fails where there is no heading at
    all, or only those of navigation, search and footer. Headings of a header or beside the content, above nothing but
    links, or out of sight are a question. A technique for bypassing blocks (H69), which others can stand in for.
    """
    if page.ways.needed:
        yield page.ways.heading.outcome()
