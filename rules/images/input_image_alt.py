"""Judges whether buttons that are an image say what they do."""

from __future__ import annotations

from collections.abc import Iterator

from rules import Element, Outcome, Page, failed, page_rule
from rules.naming import judge_name, says_something

_NO_NAME = frozenset({"type", "value"})
"""Where the browser takes a name from that is not one: its own default, and what is sent with the form."""

_DEFAULT = "submit query"
"""The name that HTML gives image buttons without one."""


@page_rule(
    title="Image buttons have a text alternative",
    why="People who cannot see learn that there is a button, but not what it does. People who control the computer "
    "by voice cannot call it.",
    fix='Write what the button does in its alt attribute, such as alt="Search".',
    wcag=("1.1.1", "4.1.2"),
    act=("59796f",),
    impact="critical",
    scope="component",
    role="content",
    serves=("without-vision", "limited-vision", "manipulation", "cognition"),
    serves_source="DHS Trusted Tester v5, test 7.A; manipulation kept, because voice control calls a control by its "
    "name",
    replaces=("input-image-alt",),
)
def input_image_alt(page: Page) -> Iterator[Outcome]:
    """The browser has a name for each image button that its author gave, not only the one that all of them have.

    Applies to input elements of the type image that assistive technology meets. An empty alt attribute does not
    make a button a decoration.
    """
    for element in page.dom.by_tag("input"):
        if element.role and element.get("type").strip().lower() == "image":
            if says_something(element.name) and not _has_own_name(element):
                yield failed(element, "This image button has only the name that every image button has.")
            else:
                yield judge_name(element, "image button")


def _has_own_name(element: Element) -> bool:
    return element.name_from not in _NO_NAME and " ".join(element.name.split()).lower() != _DEFAULT
