"""Judges whether form fields have a name."""

from __future__ import annotations

from collections.abc import Iterator

from rules import Element, Outcome, Page, failed, page_rule
from rules.naming import judge_name

_FILLED_IN = ("textbox", "searchbox", "combobox", "listbox", "spinbutton", "slider")
_TOGGLES = ("checkbox", "radio", "switch", "menuitemcheckbox", "menuitemradio")
_HTML_ONLY = frozenset({"date", "time", "color"})
"""What the browser calls fields for which ARIA has no role."""


@page_rule(
    title="Form fields have a name",
    why="People who cannot see do not learn what to fill in or choose here. People who control the computer by voice "
    "cannot call the field.",
    fix="Tie a label element to the field with for and id. Point aria-labelledby at the visible label where the field "
    "is made of other elements.",
    wcag=("4.1.2",),
    act=("e086e5",),
    impact="critical",
    scope="component",
    role="development",
    serves=("without-vision", "limited-vision", "manipulation", "cognition"),
    serves_source="DHS Trusted Tester v5, test 5.C; manipulation kept, because voice control calls a control by its "
    "name",
    replaces=("label", "select-name", "aria-input-field-name", "aria-toggle-field-name"),
)
def label(page: Page) -> Iterator[Outcome]:
    """The browser has a name for each field that is filled in or chosen, of HTML or of ARIA.

    Applies to fields that assistive technology meets, whether they can be seen, are switched off or not. A title
    counts as a name, and so does a placeholder, although both are a poor one. What is written in a field does not,
    nor what the browser itself writes on a field for files.
    """
    for field in _fields(page):
        if field.role == "button" and field.name_from == "value":
            yield failed(field, "This field has only the name that the browser gives every field for files.")
        else:
            yield judge_name(field, "field" if field.role not in (*_TOGGLES, "option") else "choice")


def _fields(page: Page) -> Iterator[Element]:
    yield from page.dom.by_role(*_FILLED_IN, *_TOGGLES)
    for element in page.dom.by_tag("input"):
        if element.role in _HTML_ONLY or (element.role == "button" and element.get("type").strip().lower() == "file"):
            yield element
    for element in page.dom.by_role("option"):
        if element.has("role"):
            yield element
