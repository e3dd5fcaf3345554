"""Judges whether what other pages have as well can be folded away, where there is no other way past it."""

from __future__ import annotations

from collections.abc import Iterator

from rules import Outcome, Page, page_rule
from rules.model import Verdict


@page_rule(
    title="What other pages have as well can be folded away",
    why="People who use the keyboard go through the same menu on each page before they come to what is new.",
    fix="Give the page a main element, a heading and a link to its content. Or put the menu into a details element.",
    wcag=(),
    act=("3e12e1",),
    impact="moderate",
    scope="page",
    role="development",
)
def collapsible_block(page: Page) -> Iterator[Outcome]:
    """The links to other pages of the site are inside of what a disclosure opens and closes.

    Applies to pages where neither a heading nor a landmark nor a link within the page is sure to lead to the content.
    Fails where no control could fold anything away. Whether a control does, and folds all that is repeated, is a
    question. A technique for bypassing blocks (SCR28), which others can stand in for.
    """
    ways = page.ways
    if ways.needed and not any(way.verdict is Verdict.PASSED for way in (ways.heading, ways.landmark, ways.link)):
        yield ways.fold.outcome()
