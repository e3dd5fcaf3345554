"""Judges whether a link leads past what other pages have as well."""

from __future__ import annotations

from collections.abc import Iterator

from rules import Outcome, Page, page_rule


@page_rule(
    title="A link within the page leads to its content",
    why="People who use the keyboard step through header and menu on each page before they come to what they look for.",
    fix="Make the first link of the page lead to the id of its main part, and show it at least while it has the focus.",
    wcag=(),
    act=("ye5d6e",),
    impact="moderate",
    scope="page",
    role="development",
)
def content_link(page: Page) -> Iterator[Outcome]:
    """A link that Tab reaches leads to a place further down the page that is in no header, menu, search or footer.

    Applies to pages with text of their own that lead to other pages of their host. Fails where there is no such link,
    and no button of which a script could make one; where its target does not exist; and where it stays out of sight
    while it has the focus, as far as the page was operated. A technique for bypassing blocks (G1, G123, G124), which
    others can stand in for.
    """
    if page.ways.needed:
        yield page.ways.link.outcome()
