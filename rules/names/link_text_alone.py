"""Judges whether links say where they lead without what stands around them."""

from __future__ import annotations

from collections.abc import Iterator

from rules import Outcome, Page, failed, page_rule, passed, short
from rules.links import says_where
from rules.naming import says_something


@page_rule(
    title="Links say by themselves where they lead",
    why="People who read a list of all links of the page cannot tell where “Read more” leads.",
    fix="Name what the link leads to, or add it in an aria-label that begins with the words that are seen.",
    wcag=("2.4.9",),
    act=("aizyf1",),
    impact="minor",
    scope="component",
    role="content",
)
def link_text_alone(page: Page) -> Iterator[Outcome]:
    """The name of a link is more than “Read more”, “here” and the like, in nine languages (WCAG failure F84).

    Level AAA: advice, which no score counts. A name of several words may say as little; this rule does not ask.
    """
    for link in page.dom.by_role("link"):
        if not says_something(link.name):
            continue
        if says_where(link.name):
            yield passed(link)
        else:
            yield failed(link, f"“{short(link.name)}” alone does not tell where this link leads.")
