"""Judges whether everybody learns which fields must be filled in."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rules import Element, Outcome, Page, cant_tell, failed, page_rule, passed, short, visible_text
from rules.layout import can_be_seen

_FIELDS = ("textbox", "searchbox", "combobox", "listbox", "spinbutton", "date", "checkbox")
_SAYS = (
    r"\b(?:required|mandatory|must be|obligatoire|requis|pflicht|erforderlich|obligatori[oa]|requerid[oa]"
    r"|richiest[oa]|verplicht|wymagan|obrigat)"
)
_MARK = re.compile(rf"\*|{_SAYS}", re.IGNORECASE)
_MEANS_REQUIRED = re.compile(rf"\*[^.]{{0,60}}?{_SAYS}", re.IGNORECASE)
_OPTIONAL = re.compile(r"\b(?:optional|facultati|freiwillig|opcional|facoltativ|optioneel|not required)", re.IGNORECASE)
_ALL = re.compile(r"\ball (?:of the )?fields\b|\btous les champs\b|\balle felder\b", re.IGNORECASE)


@page_rule(
    title="Everybody learns which fields must be filled in",
    why="People send the form, are sent back and look for what was missing; who cannot see the star never learns it.",
    fix="Write “required” or a star with its meaning into the label, and give the field the required attribute.",
    wcag=("1.3.1", "3.3.2"),
    impact="moderate",
    scope="component",
    role="development",
    serves=("without-vision", "limited-vision", "cognition"),
    serves_source="DHS Trusted Tester v5, test 5.B and 5.C",
)
def required_mark(page: Page) -> Iterator[Outcome]:
    """A field that is marked as required says so in sight and to assistive technology.

    Applies to fields that the markup or a star in their label marks. It is certain that people who cannot see miss the
    mark where the page says that a star means required, the star is hidden from assistive technology and nothing else
    tells it. Where the markup alone marks some fields of a form, it is a question whether people see which.
    """
    labels = _labels(page)
    for form, fields in _forms(page):
        text = visible_text(form)
        tells_all = _ALL.search(text) or _OPTIONAL.search(text) or all(map(_is_required, fields))
        for field in fields:
            label = labels.get(field.index, "")
            if _is_required(field):
                if tells_all or _MARK.search(label):
                    yield passed(field)
                else:
                    question = f"Can people see before they send the form that “{short(field.name)}” must be filled in?"
                    yield cant_tell(field, question)
            elif "*" in label and not _MARK.search(f"{field.name} {field.description}"):
                if _MEANS_REQUIRED.search(text):
                    yield failed(field, "The star that means “required” is hidden from assistive technology.")
                else:
                    yield cant_tell(field, "Does the star of this field mean nothing that others need to know as well?")


def _labels(page: Page) -> dict[int, str]:
    """The text that can be seen of the labels of each field, by the field's index."""
    found: dict[int, str] = {}
    for label in page.dom.by_tag("label"):
        target = page.dom.by_id(label.get("for"), label.node.frame) if label.get("for") else None
        if can_be_seen(label):
            for field in [target] if target else label.descendants():
                found[field.index] = f"{found.get(field.index, '')} {visible_text(label)}".strip()
    return found


def _forms(page: Page) -> Iterator[tuple[Element, list[Element]]]:
    found: dict[int, tuple[Element, list[Element]]] = {}
    for field in page.dom.by_role(*_FIELDS):
        form = field.closest("form")
        if form is not None and field.tag in ("input", "select", "textarea") and can_be_seen(field):
            found.setdefault(form.index, (form, []))[1].append(field)
    yield from found.values()


def _is_required(field: Element) -> bool:
    return field.has("required") or field.get("aria-required").strip().lower() == "true"
