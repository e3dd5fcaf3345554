"""When two elements are different components: said without the fingerprint, so that it can be measured by it.

Nothing here may use `rules.component` or `rules.generated`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Hashable, Iterator

from benchmarks.mutations import MARK
from rules.element import Element
from rules.page import Page

_NOTHING_TO_POINT_AT = frozenset(
    {
        "body",
        "br",
        "head",
        "html",
        "link",
        "meta",
        "noscript",
        "script",
        "source",
        "style",
        "template",
        "title",
        "track",
    }
)
_WITH_MARKUP = frozenset(
    {"a", "button", "caption", "input", "label", "legend", "option", "select", "summary", "svg", "textarea"}
    | {"h1", "h2", "h3", "h4", "h5", "h6"}
)
_TEXT_LEVEL = frozenset(
    {"abbr", "b", "bdi", "bdo", "br", "cite", "code", "em", "kbd", "mark", "q", "samp", "small", "strong", "sub", "sup"}
    | {"time", "u", "var", "wbr"}
)
_STATE = re.compile(r"(^|[-_])(active|current|collaps\w+|expanded|hidden|open|opened|selected)$")
_WRITTEN = re.compile(r"[\w-]+")
_NUMBER = re.compile(r"[-_]*\d+")
_DEPTH = 3


def pointed_at(page: Page) -> Iterator[tuple[str, Element]]:
    """Mark and element of all that a rule can point at: rendered, in the HTML as served, not inside a picture."""
    marks = Counter(element.get(MARK) for element in page.dom.elements)
    for element in page.dom.elements:
        mark = element.get(MARK)
        # Scripts copy elements with their marks; then nobody can say which is which.
        if not mark or marks[mark] > 1 or element.tag in _NOTHING_TO_POINT_AT or not element.rendered:
            continue
        if not any(above.tag in ("svg", "math") for above in element.ancestors()):
            yield mark, element


def distinct(element: Element) -> Hashable:
    """Equal for elements of one component: whoever mends one of them mends them all, in one place.

    Tag and role as written; what it is for (type, name, autocomplete, scope); the landmarks around it, as the
    browser tells them; its classes as written, without numbers and without those that say a state; and, where
    an element has markup of its own rather than content (links, controls, labels, headings), its shape.
    """
    purpose = tuple(element.get(name) for name in ("role", "type", "autocomplete", "scope"))
    name = "" if element.tag == "a" else _NUMBER.sub("", element.get("name"))
    shape = _shape(element) if element.tag in _WITH_MARKUP else ()
    return (element.tag, purpose, name, element.landmarks, _classes(element), shape)


def _classes(element: Element) -> frozenset[str]:
    tokens = element.get("class").split()
    return frozenset(
        _NUMBER.sub("", token) for token in tokens if _WRITTEN.fullmatch(token) and not _STATE.search(token)
    )


def _shape(element: Element, depth: int = _DEPTH) -> tuple[Hashable, ...]:
    """The tree of tags and classes inside, likes beside each other once, text and its emphasis left out."""
    if element.tag == "svg" or not depth:
        return ()
    found: list[Hashable] = []
    for below in element.children:
        if below.tag in _TEXT_LEVEL or (below.tag == "span" and not below.has("class")):
            continue
        part = (below.tag, _classes(below), _shape(below, depth - 1))
        if found[-1:] != [part]:
            found.append(part)
    return tuple(found)
