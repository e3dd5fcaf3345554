"""Asks whether a line that looks like a heading is one."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from rules import Element, Outcome, Page, cant_tell, page_rule, passed, short, visible_text, words
from rules.evidence.dom import TEXT
from rules.layout import can_be_seen

_BOLD = 600
_MOST_WORDS, _FEWEST_BELOW = 10, 12
_MOST_PIECES = 3
_ELSEWHERE = frozenset(
    {"a", "blockquote", "button", "caption", "details", "dl", "fieldset", "figure", "label", "legend", "li", "table"}
)
_AROUND = frozenset({"alert", "banner", "contentinfo", "dialog", "navigation", "search", "status"})


@page_rule(
    title="Section titles are headings",
    why="People who go from heading to heading to find their way by ear miss this section.",
    fix="Mark the title up as a heading (h2 to h6) of the level that its section has.",
    wcag=("1.3.1",),
    impact="moderate",
    scope="component",
    role="content",
    serves=("without-vision", "limited-vision", "cognition"),
    serves_source="DHS Trusted Tester v5, test 10.B",
)
def bold_heading(page: Page) -> Iterator[Outcome]:
    """A short bold line of its own above running text is exposed as a heading.

    Applies to headings, and to bold paragraphs of ten words or less that do not end like a sentence and stand
    directly above a plain paragraph of twelve words or more, outside of lists, tables and forms.
    """
    for heading in page.dom.by_role("heading"):
        if heading.text:
            yield passed(heading)
    for element in page.dom.by_tag("p", "div"):
        if element.role != "heading" and _looks_like_one(element) and _stands_above_text(element):
            yield cant_tell(element, f"Is “{short(visible_text(element))}” emphasis, and not the title of a section?")


def _looks_like_one(element: Element) -> bool:
    below = (index for index in element.dom.indices_below(element.index) if element.dom.nodes[index].text.strip())
    texts = list(islice(below, _MOST_PIECES + 1))
    if not 1 <= len(texts) <= _MOST_PIECES or not all(_is_bold(element, index) for index in texts):
        return False
    text = visible_text(element)
    if not 1 <= len(words(text)) <= _MOST_WORDS or text.endswith((".", ",", ";", ":", "!")):
        return False
    outside = any(above.tag in _ELSEWHERE or above.role in _AROUND for above in element.ancestors())
    links = any(below.role in ("link", "button", "image") for below in element.descendants())
    return not outside and not links and element.exposed and can_be_seen(element)


def _is_bold(element: Element, index: int) -> bool:
    around = element.dom.element_above(index)
    weight = around.style("font-weight") if around else ""
    return element.dom.nodes[index].kind == TEXT and weight.isdecimal() and int(weight) >= _BOLD


def _stands_above_text(element: Element) -> bool:
    siblings = element.dom.dom_siblings(element)
    place = siblings.index(element)
    following = next((one for one in siblings[place + 1 :] if one.rendered), None)
    if following is None or following.tag not in ("p", "div", "ul", "ol") or following.role == "heading":
        return False
    first = next((i for i in following.dom.indices_below(following.index) if following.dom.nodes[i].text.strip()), -1)
    return first >= 0 and not _is_bold(following, first) and len(words(visible_text(following))) >= _FEWEST_BELOW
