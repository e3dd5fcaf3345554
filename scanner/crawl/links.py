"""Which pages a page leads to: the links of the rendered tree, frames and shadow trees included."""

from __future__ import annotations

from collections.abc import Iterator

from rules.element import Element
from rules.page import Page
from scanner.crawl.urls import normalise, resolve

LINK_LIMIT = 50_000


def page_links(page: Page) -> tuple[str, ...]:
    """Normalised addresses of all links and image map areas in document order, each once, then those in the head.

    Links that nobody can see count too: a closed menu is closed only until somebody opens it. So do links with
    `rel=nofollow`: it asks for no recommendation to search engines, and here pages are measured, not ranked.
    From the head come the page's canonical address and its other languages (`hreflang`).
    """
    anchors = page.dom.by_tag("a", "area")[:LINK_LIMIT]
    found = filter(None, map(_target, (*anchors, *_in_head(page))))
    return tuple(dict.fromkeys(found))


def _in_head(page: Page) -> Iterator[Element]:
    for link in page.dom.by_tag("link"):
        kinds = link.get("rel").lower().split()
        if "canonical" in kinds or ("alternate" in kinds and link.has("hreflang")):
            yield link


def _target(element: Element) -> str | None:
    """Where it leads as browsers read it, on the base of its own document; None where that is no web page."""
    if not element.has("href"):
        return None
    base = element.dom.snapshot.frames[element.node.frame].base_url
    # A frame without an address of its own (srcdoc) may have a base that is none either.
    return resolve(base, element.get("href")) or normalise(element.get("href"))
