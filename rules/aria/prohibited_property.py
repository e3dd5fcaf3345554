"""Judges whether names and descriptions of roles stand on elements that may have them."""

from __future__ import annotations

from collections.abc import Iterator

from rules import Element, Outcome, Page, failed, page_rule, passed

_NAMES = ("aria-label", "aria-labelledby")
_OF_ROLES = ("aria-roledescription", "aria-braillelabel", "aria-brailleroledescription")
_NONE = frozenset({"generic", "none", "presentation"})
_NAMELESS = _NONE | {
    *("caption", "code", "deletion", "emphasis", "insertion", "paragraph", "strong", "subscript", "superscript"),
}
"""The roles for which WAI-ARIA 1.2 (section 5.2.8.6) prohibits a name."""

_GENERIC = frozenset({"b", "bdi", "bdo", "data", "div", "i", "pre", "q", "samp", "small", "span", "u"})
"""The elements that HTML-AAM gives the role generic."""

_PLAIN = frozenset({"div", "span"})


@page_rule(
    title="Names, and descriptions of roles, stand on elements that may have them",
    why="The text was written for people who cannot see, and assistive technology is free to leave it out here.",
    fix="Give the element the role that the text describes, or write the text into the page.",
    wcag=(),
    act=("kb1m8s", "5c01ea"),
    impact="moderate",
    scope="component",
    role="development",
    replaces=("aria-prohibited-attr",),
    aliases=("nameless-role-property",),
)
def prohibited_property(page: Page) -> Iterator[Outcome]:
    """No element has a name, or a role or name for braille, or a description of its role, that ARIA prohibits for it.

    Applies to aria-label, aria-labelledby, aria-roledescription, aria-braillelabel and aria-brailleroledescription
    with a value on what assistive technology meets. ARIA prohibits names on paragraphs, captions, code, emphasis and
    the like, and all five on the roles generic and none, written or implied by elements such as div and span.
    Left out is what can be edited, because browsers treat it as a field.
    """
    for element in page.dom.elements:
        if not any(key.startswith("aria-") for key, _ in element.node.attributes) or not element.exposed:
            continue
        written = [name for name in (*_NAMES, *_OF_ROLES) if element.get(name).strip()]
        if not written or element.has("contenteditable"):
            continue
        wrong = [name for name in written if _is_prohibited(name, element)]
        if wrong:
            yield failed(element, f"This may not have {' and '.join(wrong)}, which may be ignored.")
        else:
            yield passed(element)


def _is_prohibited(name: str, element: Element) -> bool:
    written = element.get("role").lower().split()
    if name in _OF_ROLES:
        return written[0] in _NONE if written else element.tag in _PLAIN
    if element.role in ("generic", "") and not written:
        return element.tag in _GENERIC
    return element.role in _NAMELESS and (not written or written[0] in _NAMELESS)
