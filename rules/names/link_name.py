"""Judges whether links have a name."""

from __future__ import annotations

from collections.abc import Iterator

from rules import Outcome, Page, page_rule
from rules.naming import judge_name

_LINKS = ("link", "doc-backlink", "doc-biblioref", "doc-glossref", "doc-noteref")


@page_rule(
    title="Links have a name",
    why="People who cannot see learn that there is a link, but not where it leads. People who control the computer "
    "by voice cannot call it.",
    fix="Write where the link leads inside of it. For a picture alone, say it in its alt attribute.",
    wcag=("2.4.4", "4.1.2"),
    act=("c487ae",),
    impact="serious",
    scope="component",
    role="content",
    serves=("without-vision", "limited-vision", "manipulation", "cognition"),
    serves_source="DHS Trusted Tester v5, test 6.A",
    replaces=("link-name",),
)
def link_name(page: Page) -> Iterator[Outcome]:
    """The browser has a name for each link.

    Applies to links that assistive technology meets, whether they can be seen or not. A title counts as a name.
    Areas of image maps are another rule's, because the browser's tree does not show them.
    Whether the name says where the link leads is the question of another rule.
    """
    for element in page.dom.by_role(*_LINKS):
        yield judge_name(element, "link")
