"""Whether a name says anything: what every rule asks that wants elements to have one."""

from __future__ import annotations

import unicodedata

from rules.element import Element
from rules.model import Outcome, failed, passed

_SILENT = frozenset({"Cc", "Cf", "Co", "Zl", "Zp", "Zs"})
"""Categories of characters that no voice can say: control, format, private use, and all kinds of space."""


def says_something(name: str) -> bool:
    """Whether a name holds more than white space, invisible characters and letters of icon fonts.

    Characters of private use are no text as WCAG defines it, because they express nothing in a human language.
    """
    if name.isascii():
        return bool(name.strip())
    return any(unicodedata.category(character) not in _SILENT for character in name)


def judge_name(element: Element, kind: str) -> Outcome:
    """Whether the browser has a name for an element; `kind` is what people call such an element."""
    if says_something(element.name):
        return passed(element)
    if element.name.strip():
        return failed(element, f"The only name of this {kind} is a letter of an icon font, which no voice can say.")
    if _meant_for_another(element):
        named = f"its id “{element.get('id')[:60]}” stands on the page more than once"
        return failed(element, f"This {kind} has no name: {named}, and a label names only the first.")
    return failed(element, f"This {kind} has no name.")


def _meant_for_another(element: Element) -> bool:
    """Whether a label speaks of its id, and the id belongs to an element before it as well."""
    name, frame = element.get("id"), element.node.frame
    if not name or element.dom.has_unique_id(element):
        return False
    return any(label.get("for") == name and label.node.frame == frame for label in element.dom.by_tag("label"))
