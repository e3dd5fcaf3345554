"""Which pages a page leads to: the links of the rendered tree, frames and shadow trees included."""

from __future__ import annotations

from rules.page import Page

LINK_LIMIT = 10_000


def page_links(page: Page) -> tuple[str, ...]:
    """Resolved addresses of all links and image map areas in document order, each once.

    Links that nobody can see count too: a closed menu is closed only until somebody opens it.
    """
    found = (element.href for element in page.dom.by_tag("a", "area") if element.has("href"))
    return tuple(dict.fromkeys(href for href in found if href))[:LINK_LIMIT]
