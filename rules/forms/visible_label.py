"""Asks whether fields can be understood that have no label to be seen."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from rules import Element, Outcome, Page, cant_tell, page_rule, passed, short, visible_text, words
from rules.layout import can_be_seen

_FIELDS = frozenset({"textbox", "searchbox", "combobox", "listbox", "spinbutton", "date", "time"})
_BESIDE = 120.0
"""CSS px within which a text is taken for the label of a field: beside it, or above."""

_NEAR = 200
"""Elements inside of what is around a field that are looked at, so that a large form costs no more than a small one."""

_TEXTS = ("label", "legend", "span", "p", "div", "td", "th", "dt", "strong", "b", "em", "h2", "h3", "h4", "h5", "h6")


@page_rule(
    title="Fields have a label that stays in sight",
    why="A placeholder is gone when people begin to write. Who is interrupted cannot tell any more what belongs here.",
    fix="Write the label above the field and use the placeholder for an example at most.",
    wcag=("3.3.2",),
    impact="moderate",
    scope="component",
    role="design",
    serves=("limited-vision", "manipulation", "cognition"),
    serves_source="WCAG 2.2 Understanding 3.3.2, benefits",
)
def visible_label(page: Page) -> Iterator[Outcome]:
    """A field for text or choice has a text beside it that can be seen while it is filled in.

    Applies to fields that can be seen. A label element or a named text counts wherever it can be seen, any other text
    only close by. A search field is labelled by its button. Whether a field without all of these is understood is a
    question.
    """
    labelled = _labelled(page)
    for field in page.dom.by_role(*_FIELDS):
        if field.tag == "option" or not can_be_seen(field):
            continue
        if field.index in labelled or _has_text_beside(field) or _has_button(field):
            yield passed(field)
        else:
            only = (
                f"“{short(field.get('placeholder'), 40)}” alone, which goes away"
                if field.get("placeholder")
                else "nothing"
            )
            yield cant_tell(field, f"Is it clear what belongs in this field, although {only} tells it in writing?")


def _labelled(page: Page) -> set[int]:
    """Indices of the fields whose label element, or whose text by aria-labelledby, can be seen."""
    found: set[int] = set()
    for label in page.dom.by_tag("label"):
        if can_be_seen(label) and words(visible_text(label)):
            target = page.dom.by_id(label.get("for"), label.node.frame) if label.get("for") else None
            found.update(one.index for one in ([target] if target else label.descendants()))
    for field in page.dom.by_role(*_FIELDS):
        parts = [page.dom.by_id(name, field.node.frame) for name in field.get("aria-labelledby").split()]
        if any(part is not None and can_be_seen(part) and words(visible_text(part)) for part in parts):
            found.add(field.index)
    return found


def _has_text_beside(field: Element) -> bool:
    around = [above for _, above in zip(range(3), field.ancestors(), strict=False)]
    near = (part for above in around for part in islice(above.descendants(), _NEAR))
    texts = (part for part in near if part.tag in _TEXTS and _is_beside(field, part))
    return any(can_be_seen(text) and words(visible_text(text)) for text in texts)


def _is_beside(field: Element, text: Element) -> bool:
    if field.box is None or text.box is None or any(above is text for above in field.ancestors()):
        return False
    (x, y, width, height), (left, top, wide, high) = field.box, text.box
    apart = max(left - x - width, x - left - wide, 0.0), max(top - y - height, y - top - high, 0.0)
    return apart[0] <= _BESIDE and apart[1] <= _BESIDE / 3


def _has_button(field: Element) -> bool:
    """Whether one field with one button makes up a form or a group, so that the button tells what it is for."""
    around = next((above for above in field.ancestors() if above.tag in ("form", "search", "fieldset", "div")), None)
    if around is None:
        return False
    fields = buttons = 0
    for part in around.descendants():
        fields += part.role in _FIELDS and part.tag != "option"
        buttons += part.role == "button" and bool(part.name) and can_be_seen(part)
        if fields > 1 or buttons > 1:
            return False
    return fields == buttons == 1
