"""Judges whether links say where they lead without what stands around them."""

from __future__ import annotations

from collections.abc import Iterator

from rules import Outcome, Page, failed, page_rule, passed, short
from rules.links import may_be_a_name, says_where
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

    Level AAA: advice, which no score counts. Words that are names as well ("View", "Continue")
    give no outcome.
    """
    for link in page.dom.by_role("link"):
        if not says_something(link.name):
            continue
        if says_where(link.name):
            yield passed(link)
        elif not may_be_a_name(link.name):
            yield failed(link, f"“{short(link.name)}” alone does not tell where this link leads.")
