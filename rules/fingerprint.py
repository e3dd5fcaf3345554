"""Identity of a problem: the same component keeps its fingerprint wherever and however often it stands."""

from __future__ import annotations

import hashlib
import re

from rules.element import Element

_VOLATILE = re.compile(r"\d+|(?<![a-z])[a-f0-9]{5,}(?![a-z])", re.IGNORECASE)
STABLE_ATTRIBUTES = ("role", "type", "name", "scope", "autocomplete", "itemprop")


def fingerprint(rule: str, element: Element | None) -> str:
    """16 hexadecimal digits from the rule and the normalised component; not from URL, position or text."""
    component = "page" if element is None else _component(element)
    return hashlib.sha256(f"{rule}\n{component}".encode()).hexdigest()[:16]


def site_fingerprint(rule: str, subject: str) -> str:
    """16 hexadecimal digits from a site rule and what its outcome is about; not from the pages."""
    return hashlib.sha256(f"{rule}\nsite\n{subject}".encode("utf-8", "replace")).hexdigest()[:16]


def _component(element: Element) -> str:
    return "\n".join(
        (_shape(element), "/".join(element.landmarks), " ".join(_shape(child) for child in element.children))
    )


def _shape(element: Element) -> str:
    stable = [f"{name}={_VOLATILE.sub('', element.get(name))}" for name in STABLE_ATTRIBUTES if element.has(name)]
    classes = sorted({_VOLATILE.sub("", token) for token in element.get("class").split()})
    return " ".join([element.tag, element.role, *stable, *classes])
