"""Judges whether links whose words say nothing stand in a context that does."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from rules import Element, Outcome, Page, cant_tell, failed, page_rule, passed, short, words
from rules.links import context, helps, may_be_a_name, says_where


@page_rule(
    title="Links say where they lead, by themselves or in their sentence",
    why="People who go from link to link, by ear or by keyboard, cannot tell where this one leads.",
    fix="Name what the link leads to: “Read more about winter payments” and not “Read more”.",
    wcag=("2.4.4",),
    act=("5effbb",),
    impact="serious",
    scope="component",
    role="content",
)
def link_purpose(page: Page) -> Iterator[Outcome]:
    """A link whose words say nothing of its purpose stands in a sentence, list item or table cell that does.

    Applies to links named "Read more", "here", "this page" and the like, in nine languages. A header cell of its row
    or column will do as well; other cells of its row, or of a list of terms, are a question. A link without any such
    context fails where no heading comes before it, or where another link of that name stands after the same heading
    and leads elsewhere (WCAG failure F63). Otherwise the heading may tell the purpose, which a person has to say,
    and so for words that are names as well ("View").
    """
    groups: defaultdict[tuple[str, Element | None], list[Element]] = defaultdict(list)
    heading: Element | None = None
    for element in page.dom.by_role("heading", "link"):
        if element.role == "heading":
            heading = element
        elif element.name and not says_where(element.name):
            if _has_context(element):
                yield passed(element)
            else:
                groups[" ".join(words(element.name)), heading].append(element)
    for (_, before), links in groups.items():
        several = len({link.href for link in links}) > 1
        for link in links:
            if (row := link.closest("tr", "dl")) is not None and helps(row.text, link):
                yield cant_tell(link, f"Does what stands beside it tell where “{short(link.name)}” leads?")
            elif may_be_a_name(link.name):
                yield cant_tell(link, f"Does what is around “{short(link.name)}” tell where this link leads?")
            elif before is None or several:
                yield failed(link, f"“{short(link.name)}” and what is around it do not tell where this link leads.")
            else:
                yield cant_tell(link, f"Does the heading “{short(before.name)}” tell where “{short(link.name)}” leads?")


def _has_context(link: Element) -> bool:
    """Whether the browser can give telling words with the link: a description, or those around it."""
    return helps(link.description, link) or helps(context(link), link)
