"""Asks about labels that stand far away from their fields."""

from __future__ import annotations

from collections.abc import Iterator

from rules import Element, Outcome, Page, cant_tell, page_rule, passed, short, visible_text, words
from rules.layout import Box, can_be_seen

_FURTHEST = 250.0
"""CSS px between a label and its field: who looks through a lens sees less than that at once."""

_FIELDS = ("textbox", "searchbox", "combobox", "listbox", "spinbutton", "checkbox", "radio", "switch", "date")


@page_rule(
    title="Labels stand beside their fields",
    why="People who enlarge the screen see only a part of it, and a label far away is not in it.",
    fix="Put the label directly above the field, or directly behind a checkbox or radio button.",
    wcag=("3.3.2",),
    impact="moderate",
    scope="component",
    role="design",
    serves=("limited-vision", "cognition"),
    serves_source="WCAG technique G162",
)
def label_distance(page: Page) -> Iterator[Outcome]:
    """A label that can be seen is close to the field that it belongs to.

    Applies to fields with a label element that can be seen. Distance is measured between the nearest edges of the text
    and the field.
    """
    for label in page.dom.by_tag("label"):
        field = page.dom.by_id(label.get("for"), label.node.frame) if label.get("for") else _inside(label)
        if field is None or field.role not in _FIELDS or not can_be_seen(field) or not can_be_seen(label):
            continue
        if field.box is None or label.box is None or not words(visible_text(label)):
            continue
        if field.has("id") and not page.dom.has_unique_id(field):
            continue  # the label may be another's
        apart = _apart(label.box, field.box)
        if apart <= _FURTHEST:
            yield passed(field)
        else:
            said = short(visible_text(label), 40)
            yield cant_tell(field, f"Do people find “{said}” to be the label of this field, {apart:.0f} pixels away?")


def _inside(label: Element) -> Element | None:
    return next((part for part in label.descendants() if part.role in _FIELDS), None)


def _apart(one: Box, other: Box) -> float:
    """The distance between the nearest edges of two boxes, 0 where they touch."""
    across = max(other[0] - one[0] - one[2], one[0] - other[0] - other[2], 0.0)
    down = max(other[1] - one[1] - one[3], one[1] - other[1] - other[3], 0.0)
    return float((across**2 + down**2) ** 0.5)
