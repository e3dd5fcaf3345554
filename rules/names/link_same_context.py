"""Asks whether links with the same name and surroundings lead to the same."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from urllib.parse import urldefrag

from rules import Element, Outcome, Page, cant_tell, page_rule, passed, short, words
from rules.links import context, place
from rules.naming import says_something


@page_rule(
    title="Links with the same name and surroundings lead to the same",
    why="People who go from link to link cannot choose the right one of two that are called the same.",
    fix="Name in each link what it leads to.",
    wcag=("2.4.4",),
    act=("fd3a94",),
    impact="moderate",
    scope="component",
    role="content",
)
def link_same_context(page: Page) -> Iterator[Outcome]:
    """Links that share their name, and the sentence, list item, cell or heading around them, lead to the same.

    Addresses that differ only in what makes no difference are the same: letters of the host, a slash at the end, an
    index file, a place in the document. Two addresses may still answer with one document, or serve one purpose, which
    a person has to say. Nothing is fetched to find out, because a visit is one request for one page.
    """
    before, heading = {}, ""
    named: defaultdict[str, list[Element]] = defaultdict(list)
    for element in page.dom.by_role("heading", "link"):
        if element.role == "heading":
            heading = element.name
        elif says_something(element.name) and element.href.startswith(("http:", "https:")):
            before[element.index] = heading
            named[" ".join(element.name.casefold().split())].append(element)
    for links in named.values():
        if len(links) < 2:
            continue
        if not _lead_elsewhere(links):
            yield passed(links[0])
            continue
        around: defaultdict[str, list[Element]] = defaultdict(list)
        for link in links:
            told = context(link) or before[link.index]
            around[" ".join(words(f"{told} {link.description}"))].append(link)
        for alike in around.values():
            if _lead_elsewhere(alike):
                yield cant_tell(alike[0], f"Do all {len(alike)} links “{short(alike[0].name)}” here lead to the same?")
            elif len(alike) > 1:
                yield passed(alike[0])


def _lead_elsewhere(links: list[Element]) -> bool:
    return len({place(urldefrag(link.href)[0]) for link in links}) > 1
