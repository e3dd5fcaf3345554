"""Judges whether fields tell the browser in HTML's words what they ask of the person."""

from __future__ import annotations

from collections.abc import Iterator

from rules import Element, Outcome, Page, cant_tell, failed, page_rule, passed, short, words
from rules.layout import can_be_seen
from rules.standards.autofill import autofill

_NO_TEXT = frozenset({"hidden", "checkbox", "radio", "file", "submit", "image", "reset", "button"})
_PERSONAL_TYPES = frozenset({"email", "tel", "password"})


@page_rule(
    title="The purpose of fields is told in HTML's words",
    why="Browsers cannot fill in or mark with a symbol what people find hard to remember, spell or type.",
    fix="Use a value of the HTML standard in autocomplete, such as given-name, email, tel, bday or postal-code.",
    wcag=("1.3.5",),
    act=("73f2c2",),
    impact="moderate",
    scope="component",
    role="development",
    replaces=("autocomplete-valid",),
)
def autocomplete_purpose(page: Page) -> Iterator[Outcome]:
    """The autocomplete attribute of a field follows the grammar of the HTML standard.

    Applies to fields that are seen, can be filled in and have an autocomplete attribute that is not a switch
    such as "off". Only fields that ask for something about the person need a purpose. Where neither the value
    nor the field's type or label shows that this one does, a wrong value is a question.
    """
    for field in page.dom.by_tag("input", "select", "textarea"):
        value = field.get("autocomplete").strip()
        if not value or autofill().is_switch(value) or not _can_be_filled(field):
            continue
        if autofill().is_valid(value):
            yield passed(field)
        elif autofill().means_purpose(value) or _asks_about_person(field):
            yield failed(field, f"“{short(value)}” is not a purpose that the HTML standard knows.")
        else:
            yield cant_tell(field, f"Is it true that this field (autocomplete “{short(value)}”) asks nothing personal?")


def _can_be_filled(field: Element) -> bool:
    if field.tag == "input" and field.get("type").lower() in _NO_TEXT:
        return False
    disabled = field.state("disabled") == "true" or field.get("aria-disabled") == "true"
    return not disabled and can_be_seen(field)


def _asks_about_person(field: Element) -> bool:
    if field.tag == "input" and field.get("type").lower() in _PERSONAL_TYPES:
        return True
    asked = set(words(field.name))
    return any(asked.issuperset(words(word)) for word in autofill().personal)
