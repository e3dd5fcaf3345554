"""How people and tools find an element again: selector, path of frames, snippet.

Both say the same of the same page on every visit: ids that a program draws anew for each answer are no
anchors, and where they stand in markup their drawn part is left out.
"""

from __future__ import annotations

import re
from collections import Counter

from rules.element import Element
from rules.generated import GAP, is_generated, without_generated

SNIPPET_LENGTH = 240
_PLAIN_ID = re.compile(r"[A-Za-z_][\w-]*\Z")
_ATTRIBUTE_LIMIT = 80
_PARTS_OF_PAGES = frozenset({"aside", "footer", "form", "header", "main", "nav"})

_IDS = frozenset(
    {
        "id",
        "for",
        "form",
        "headers",
        "itemref",
        "list",
        "popovertarget",
        "commandfor",
        "aria-activedescendant",
        "aria-controls",
        "aria-describedby",
        "aria-details",
        "aria-errormessage",
        "aria-flowto",
        "aria-labelledby",
        "aria-owns",
    }
)
"""Attributes that hold ids of the same document."""


def selector(element: Element) -> str:
    """The shortest stable CSS selector within the element's frame.

    Ends at the nearest ancestor (or itself) with an id that is unique and looks stable, or that is the only
    main, footer … of its document; ` >>> ` enters a shadow tree, and `:host` after it is its top, where steps
    alone would find more than one.
    """
    steps: list[str] = []
    current: Element | None = element
    while current is not None and current.node.frame == element.node.frame:
        anchor = _anchor(current)
        if anchor:
            steps.append(anchor)
            break
        steps.append(_step(current))
        above = current.dom_parent
        if above is not None and current.node.host != above.node.host and current.node.host == above.index:
            if not _is_alone(current):
                steps.append(":host")
            steps.append(">>>")
        current = above
    return _join(list(reversed(steps)))


def frame_path(element: Element) -> str:
    """Selectors of the frame elements around it, outermost first, joined by ` | `; empty at the top."""
    owners: list[str] = []
    frame = element.dom.snapshot.frames[element.node.frame]
    while frame.owner >= 0:
        owner = element.dom.at(frame.owner)
        if owner is None:
            break
        owners.append(selector(owner))
        frame = element.dom.snapshot.frames[owner.node.frame]
    return " | ".join(reversed(owners))


def snippet(element: Element) -> str:
    """The element's start tag and the beginning of its text on one line, at most 240 characters."""
    attributes = ((name, _stable(name, value)) for name, value in element.node.attributes)
    written = "".join(f' {name}="{_cut(value)}"' if value else f" {name}" for name, value in attributes)
    text = _cut(element.text)
    markup = f"<{element.tag}{written}>{text}" + (f"</{element.tag}>" if text else "")
    folded = " ".join(markup.split())
    return folded if len(folded) <= SNIPPET_LENGTH else folded[: SNIPPET_LENGTH - 1] + "…"


def _stable(name: str, value: str) -> str:
    """An attribute's value without what a program drew for this answer alone: parts of ids, and nonces."""
    if name in _IDS:
        return " ".join(map(without_generated, value.split()))
    address, mark, fragment = value.partition("#")
    if mark and name in ("href", "xlink:href", "usemap"):
        return f"{address}#{without_generated(fragment)}"
    return GAP if name == "nonce" and value else value


def _cut(text: str) -> str:
    return text if len(text) <= _ATTRIBUTE_LIMIT else text[: _ATTRIBUTE_LIMIT - 1] + "…"


def _join(steps: list[str]) -> str:
    out = ""
    for step in steps:
        glue = "" if not out else (" " if step == ">>>" or out.endswith(">>>") else " > ")
        out += glue + step
    return out


def _anchor(element: Element) -> str:
    name = element.get("id")
    usable = _PLAIN_ID.match(name) and element.node.host < 0 and not is_generated(name)
    if usable and element.dom.has_unique_id(element):
        return f"#{name}"
    return element.tag if element.tag in ("html", "body") or _is_only(element) else ""


def _is_only(element: Element) -> bool:
    """Whether it is the one part of its kind in its document, such as the only main or footer."""
    if element.tag not in _PARTS_OF_PAGES or element.node.host >= 0:
        return False
    return sum(other.node.frame == element.node.frame for other in element.dom.by_tag(element.tag)) == 1


def _is_alone(element: Element) -> bool:
    """Whether no other element with its tag is written in the same shadow tree, at whatever depth."""
    return sum(other.node.host == element.node.host for other in element.dom.by_tag(element.tag)) == 1


def _step(element: Element) -> str:
    above = element.dom_parent
    siblings = element.dom.dom_siblings(element)
    tag = re.sub(r"([^\w-])", r"\\\1", element.tag)
    if above is None or Counter(sibling.tag for sibling in siblings)[element.tag] <= 1:
        return tag
    position = [sibling.index for sibling in siblings if sibling.tag == element.tag].index(element.index) + 1
    return f"{tag}:nth-of-type({position})"
