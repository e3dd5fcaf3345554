"""What makes an element the same component on another page, after another build and in another language."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rules.element import LANDMARKS, Element
from rules.generated import stem

STABLE_ATTRIBUTES = ("role", "type", "name", "scope", "autocomplete", "itemprop")
"""Attributes that say what an element is for, and that neither scripts nor translators change."""

PARTS_LIMIT = 64
"""How many elements inside a component are looked at, so that a hostile page costs no more than others."""

_PLACES = {
    "aside": "complementary",
    "footer": "contentinfo",
    "form": "form",
    "header": "banner",
    "main": "main",
    "nav": "navigation",
    "search": "search",
}
_SCOPED = frozenset({"banner", "contentinfo"})
_SECTIONS = frozenset({"article", "aside", "main", "nav", "section"})
_ONE_THING = frozenset(
    {"a", "button", "caption", "figcaption", "label", "legend", "option", "summary"}
    | {"h1", "h2", "h3", "h4", "h5", "h6"}
)
_ROLES = frozenset(
    {"button", "checkbox", "heading", "link", "menuitem", "option", "radio", "switch", "tab", "treeitem"}
)
_PART_TAGS = frozenset(
    {"a", "button", "input", "meter", "progress", "select", "textarea"}
    | {"audio", "canvas", "embed", "iframe", "img", "math", "object", "picture", "svg", "video"}
)
_STATES = "active|collapsed|collapsing|current|expanded|open|opened|selected"
_SHOWN = "closed|disabled|enabled|focus|hidden|hide|loaded|loading|show|shown|visible"
_STATE = re.compile(rf"(?:is|ng)-.*|(?:.*-)?(?:{_STATES})|(?:.*--)?(?:{_SHOWN})")
_PLAIN = re.compile(r"[\w-]+")
_STYLED = re.compile(r"[A-Za-z]{5,7}")


def component(element: Element) -> str:
    """The normalised component, a line each: start tag, landmarks around it, what it is made of.

    It is read from the markup and not from what is exposed at the moment, so a menu is the same whether it is
    open or closed. Ids, text, addresses, states and the order of anything are not in it.
    """
    return "\n".join((_start(element), "/".join(_place(element)), *sorted(set(_parts(element)))))


def class_stems(element: Element) -> list[str]:
    """The words that a person gave an element as classes, sorted; no states, no hashes.

    Classes with other signs than letters, digits and dashes (`w-1/2`, `md:flex`) say how it looks, not what it is.
    """
    tokens = [token for token in element.get("class").split() if _PLAIN.fullmatch(token)]
    if any(token.startswith("sc-") for token in tokens):
        # styled-components writes two classes, and only the first can be told from a word.
        tokens = [token for token in tokens if not _STYLED.fullmatch(token)]
    return sorted({stem(token) for token in tokens if not _STATE.fullmatch(token)} - {""})


def _start(element: Element) -> str:
    return " ".join((element.tag, *_stable(element), *class_stems(element)))


def _stable(element: Element) -> Iterator[str]:
    for name in STABLE_ATTRIBUTES:
        if element.has(name) and (name, element.tag) != ("name", "a"):  # the name of an anchor is an id
            value = element.get(name)
            yield f"{name}={stem(value) if name == 'name' else ' '.join(value.lower().split())}"
    if element.tag == "a" and element.has("href"):
        yield "href"
    if element.tag == "img" and element.has("alt") and not element.get("alt").strip():
        yield "decorative"


def _place(element: Element) -> Iterator[str]:
    """The landmarks around an element, outermost first."""
    inside_section = False
    for above in reversed(list(element.ancestors())):
        name = landmark(above)
        if name and not (inside_section and name in _SCOPED and not above.has("role")):
            yield name
        inside_section = inside_section or above.tag in _SECTIONS


def landmark(element: Element) -> str:
    """The landmark that an element is by its role or tag, empty for none.

    A header or footer is one only outside of sections, which is for the caller to see.
    """
    written = element.get("role").lower().split()
    if written:
        return written[0] if written[0] in LANDMARKS else ""
    if element.tag == "section":
        return "region" if element.get("aria-label").strip() or element.get("aria-labelledby").strip() else ""
    return _PLACES.get(element.tag, "")


def _parts(element: Element) -> Iterator[str]:
    """What a link, button, label or heading holds beside text: pictures, controls, pieces with a class of their own.

    Boxes around them do not count. Other elements have content, which is not theirs alone.
    """
    waiting = list(element.children) if element.tag in _ONE_THING or element.get("role") in _ROLES else []
    for _ in range(PARTS_LIMIT):
        if not waiting:
            return
        below = waiting.pop()
        is_part = below.tag in _PART_TAGS
        # A div around something is a wrapper, an empty one is a picture.
        is_piece = below.tag != "div" or not element.dom.below(below.index)
        if is_part or (is_piece and class_stems(below)):
            yield _start(below)
        if not is_part:
            waiting += below.children
