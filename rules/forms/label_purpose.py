"""Judges whether labels tell what fields ask for."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from rules import Element, Outcome, Page, cant_tell, failed, page_rule, passed, short, visible_text, words
from rules.layout import can_be_seen
from rules.links import says_where
from rules.naming import says_something
from rules.standards.small_words import EMPTY_LABELS

_FIELDS = ("textbox", "searchbox", "combobox", "listbox", "spinbutton", "slider")
_GROUPS = frozenset({"group", "radiogroup", "region", "form", "row", "dialog", "article"})
_PARTS_OF_PAGES = frozenset({"menu", "navigation", "header", "footer", "sidebar", "banner", "main menu", "home"})

_ASKS = re.compile(
    r"(?:^|-)(?:[fl]?name|first|last|given|family|surname|e-?mail|tel|phone|street|address|city|zip|birth)"
)
"""How forms call fields for names, addresses and the like among themselves."""


@page_rule(
    title="Labels tell what fields ask for",
    why="People who read the label alone, by ear or enlarged, cannot tell what to write.",
    fix="Name what to write: “Email”, “Number of children”. Say in a legend what fields of one name differ in.",
    wcag=("2.4.6",),
    act=("cc0f0a",),
    impact="serious",
    scope="component",
    role="content",
)
def label_purpose(page: Page) -> Iterator[Outcome]:
    """The visible label of a field says what belongs into it, with the question or heading that it stands under.

    Applies to fields to write in or to choose from whose label element, or other element that names them, is seen.
    Fails where the label is a word for any field ("Field", "Text", "undefined") and nothing stands around it, and
    where several fields of one form have the same label and everything around them is the same or nothing. A label
    that names a part of a page, or that only its surroundings explain, is a question.
    """
    labelled: defaultdict[tuple[int, str], list[Element]] = defaultdict(list)
    for field in page.dom.by_role(*_FIELDS):
        if can_be_seen(field) and says_something(field.name) and _has_visible_label(field):
            labelled[_form(field), " ".join(words(field.name))].append(field)
    for (_, name), fields in labelled.items():
        around = [_around(field, fields) for field in fields]
        for field, context in zip(fields, around, strict=True):
            if around.count(context) > 1 and all(not one.description for one in fields):
                label, number = short(field.name), around.count(context)
                yield failed(field, f"{number} fields have the label “{label}”, and nothing tells one from the other.")
            else:
                yield _judged(field, name, context)


def _judged(field: Element, name: str, context: str) -> Outcome:
    label = short(field.name)
    if name in EMPTY_LABELS or not any(map(str.isalnum, name)):
        if context or field.description:
            return cant_tell(field, f"Does what stands around “{label}” tell what belongs into this field?")
        return failed(field, f"“{label}” does not tell what belongs into this field.")
    if name in _PARTS_OF_PAGES or not says_where(field.name):
        called = "-".join(words(f"{field.get('name')} {field.get('id')}"))
        if field.role == "textbox" and name in _PARTS_OF_PAGES and not context and _ASKS.search(called):
            return failed(field, f"“{label}” is a part of a page, and the field asks for something else.")
        return cant_tell(field, f"Does “{label}” tell what belongs into this field?")
    return passed(field)


def _has_visible_label(field: Element) -> bool:
    """Whether the words of its name are read by those who see, in a label or another element."""
    identity, around = field.get("id"), field.closest("label")
    named = field.get("aria-labelledby").split()
    return any(
        visible_text(label)
        for label in field.dom.by_tag("label")
        if label is around or (identity and label.get("for") == identity and label.node.frame == field.node.frame)
    ) or any((one := field.dom.by_id(name, field.node.frame)) is not None and visible_text(one) for name in named)


def _form(field: Element) -> int:
    form = field.closest("form", "iframe", "html")
    return form.index if form else -1


def _around(field: Element, alike: list[Element]) -> str:
    """What tells a field from those with the same label: names of groups, the heading before it, text beside it."""
    groups = [above.name for above in field.ancestors() if above.role in _GROUPS and above.name]
    before = [one.name for one in field.dom.by_role("heading") if one.index < field.index and can_be_seen(one)]
    others = {one.index for one in alike if one is not field}
    alone = field
    for above in field.ancestors():
        if others & set(field.dom.indices_below(above.index)) or above.role in ("form", "main"):
            break
        alone = above
    own = set(words(field.name))
    beside = [word for word in words(visible_text(alone) if alone is not field else "") if word not in own]
    return " ".join([*groups, *before[-1:], *beside])
