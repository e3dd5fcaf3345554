"""The kind of a page: pages made from one template share it, pages made from others do not."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator

from rules.component import class_stems, landmark
from rules.element import Element
from rules.page import Page

LEVELS = 2
"""How many boxes deep templates are told apart; further inside is what editors put together for one page."""

_BOXES = frozenset(
    {"article", "aside", "dialog", "div", "fieldset", "footer", "form", "header", "main", "nav", "search", "section"}
)
_LAYOUT = frozenset({"center", "font", "table", "tbody", "td", "tr"})
_MAIN_HEADINGS = frozenset({"h1", "h2"})
_FIELDS = frozenset({"input", "select", "textarea"})
_NO_FIELDS = frozenset({"button", "hidden", "image", "reset", "submit"})
_AROUND = frozenset({"banner", "contentinfo", "navigation", "search"})


def template(page: Page) -> str:
    """8 hexadecimal digits from the page's skeleton: landmarks, and classes of the boxes of its upper levels.

    A box counts when it is a landmark, or has a class and holds a landmark or one of the main headings (h1,
    h2); a note or a picture's frame is content. Boxes of one kind count once, so lists and articles may be of
    any length, and the order does not matter. What is around the main landmark adds no level. Whether the content
    has fields to fill in counts as well: a form and an article in the same frame are different kinds of page.
    """
    body = next((element for element in page.dom.by_tag("body") if element.node.frame == 0), None)
    if body is None:
        return _digits([])
    own = [element for element in page.dom.elements if element.node.frame == 0]
    holding = _around(element for element in own if element.tag in _MAIN_HEADINGS or landmark(element))
    spine = _around(element for element in own if landmark(element) == "main")
    skeleton = set(_skeleton(body, holding, spine))
    if any(map(_is_asked, page.dom.by_tag(*_FIELDS))):
        skeleton.add("fields")
    return _digits(sorted(skeleton))


def _digits(skeleton: list[str]) -> str:
    return hashlib.sha256("\n".join(skeleton).encode("utf-8", "replace")).hexdigest()[:8]


def _around(elements: Iterable[Element]) -> set[int]:
    """Indices of all elements that lie around one of these."""
    found: set[int] = set()
    for element in elements:
        for above in element.ancestors():
            if above.index in found:
                break
            found.add(above.index)
    return found


def _is_asked(field: Element) -> bool:
    """Whether a field is one of the content's, and not of the search in every page's header."""
    if field.node.frame or field.get("type").lower() in _NO_FIELDS:
        return False
    return not any(landmark(above) in _AROUND for above in field.ancestors())


def _skeleton(body: Element, holding: set[int], spine: set[int]) -> Iterator[str]:
    """A line for each box: the boxes that it lies in, and itself."""
    waiting = [(body, "", LEVELS)]
    while waiting:
        around, path, levels = waiting.pop()
        for box in _boxes(around, holding):
            line = f"{path}/{_name(box)}"
            yield line
            left = levels if box.index in spine else levels - 1
            if left:
                waiting.append((box, line, left))


def _boxes(around: Element, holding: set[int]) -> Iterator[Element]:
    """The nearest boxes inside an element that count."""
    waiting = list(around.children)
    while waiting:
        element = waiting.pop()
        is_box = element.tag in _BOXES
        if is_box and (landmark(element) or (element.index in holding and class_stems(element))):
            yield element
        elif (is_box or element.tag in _LAYOUT) and element.index in holding:
            waiting += element.children


def _name(box: Element) -> str:
    return " ".join((landmark(box) or box.tag, *class_stems(box)))
