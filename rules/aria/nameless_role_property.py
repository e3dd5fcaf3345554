"""Judges whether properties that describe a role stand on elements that have none."""

from __future__ import annotations

from collections.abc import Iterator

from rules import Element, Outcome, Page, failed, page_rule, passed

_PROPERTIES = ("aria-roledescription", "aria-braillelabel", "aria-brailleroledescription")
_NONE = frozenset({"generic", "none", "presentation"})
_PLAIN = frozenset({"div", "span"})


@page_rule(
    title="What describes a role or a name in braille stands on elements that have a role",
    why="The text was written for people who cannot see, and assistive technology is free to leave it out here.",
    fix="Give the element the role that the text describes, or remove the attribute.",
    wcag=(),
    act=("kb1m8s",),
    impact="moderate",
    scope="component",
    role="development",
)
def nameless_role_property(page: Page) -> Iterator[Outcome]:
    """A role or name for braille, or a description of the role, is on no element without a role.

    Applies to aria-roledescription, aria-braillelabel and aria-brailleroledescription with a value on what assistive
    technology meets. ARIA prohibits them on the roles generic and none, written or implied by div and span.
    Names on such elements are axe-core's `aria-prohibited-attr`.
    """
    for element in page.dom.elements:
        written = [
            name for name in _PROPERTIES if any(key == name and value.strip() for key, value in element.node.attributes)
        ]
        if not written or not element.exposed:
            continue
        if _has_no_role(element):
            yield failed(element, f"This has no role, and on what has none {' and '.join(written)} may be ignored.")
        else:
            yield passed(element)


def _has_no_role(element: Element) -> bool:
    role = element.get("role").lower().split()
    return role[0] in _NONE if role else element.tag in _PLAIN
