"""Judges whether there is a way past what other pages have as well."""

from __future__ import annotations

from collections.abc import Iterator

from rules import Outcome, Page, cant_tell, failed, page_rule, passed
from rules.model import Verdict


@page_rule(
    title="There is a way past what other pages have as well",
    why="People who use the keyboard step through header and menu on each page before they reach the content.",
    fix="Mark the content with main and give it a heading. Add a link to it as the first link of the page.",
    wcag=("2.4.1",),
    act=("cf77f2",),
    impact="serious",
    scope="page",
    role="development",
    replaces=("bypass",),
)
def bypass_blocks(page: Page) -> Iterator[Outcome]:
    """A heading, a landmark, a link within the page or a disclosure leads past repeated blocks.

    Applies to pages with text of their own that lead to other pages of their host. One technique is enough: fails
    where each of the four certainly is missing, each of which is also a rule of its own.
    """
    ways = page.ways
    if not ways.needed:
        return
    verdicts = {way.verdict for way in (ways.heading, ways.landmark, ways.link, ways.fold)}
    if Verdict.PASSED in verdicts:
        yield passed()
    elif verdicts == {Verdict.FAILED}:
        yield failed(
            None, "Nothing leads past what other pages have as well: no heading, landmark, link or disclosure."
        )
    else:
        yield cant_tell(
            None, "Does a heading, a landmark, a link or a control lead past what other pages have as well?"
        )
