"""Asks whether hints that stand beside fields reach those who do not see them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from rules import Element, Outcome, Page, cant_tell, page_rule, passed, short, visible_text, words
from rules.announced import is_announced
from rules.layout import can_be_seen

_FIELDS = ("textbox", "searchbox", "combobox", "listbox", "spinbutton", "date")
_SAYS_HINT = re.compile(
    r"(?:^|[-_\s])(?:hint|help|helper|helptext|form-text|help-block|instruction|instructions|hilfe|aide|ayuda)(?:$|[-_\s])",
    re.IGNORECASE,
)
_REACH = 3


@page_rule(
    title="Hints are tied to their fields",
    why="People who go from field to field with a screen reader hear the label alone and miss the hint.",
    fix="Point to the hint from the field with aria-describedby.",
    wcag=("1.3.1",),
    impact="moderate",
    scope="component",
    role="development",
    serves=("without-vision", "limited-vision", "cognition"),
    serves_source="DHS Trusted Tester v5, test 5.B",
)
def field_hint(page: Page) -> Iterator[Outcome]:
    """A text beside one field whose id or class calls it a hint is in the name or description of that field.

    Applies to hints that can be seen next to exactly one field. One that is not tied is a question, because the label
    may say as much. In order is a text kept from assistive technology where a live region beside it says the same, as
    counters of characters do.
    """
    for field in page.dom.by_role(*_FIELDS):
        if not can_be_seen(field):
            continue
        for hint in _hints(field):
            said = words(visible_text(hint))
            told = set(words(f"{field.name} {field.description}"))
            if told.issuperset(said) or is_announced(hint):
                yield passed(hint)
            else:
                text = short(visible_text(hint))
                yield cant_tell(hint, f"Can the field “{short(field.name, 40)}” be filled in without “{text}”?")


def _hints(field: Element) -> Iterator[Element]:
    around = None
    for _, above in zip(range(_REACH), field.ancestors(), strict=False):
        fields = (part for part in above.descendants() if part.role in _FIELDS)
        if above.tag in ("form", "body", "main") or len(list(islice(fields, 2))) > 1:
            break
        around = above
    for part in around.descendants() if around else ():
        if _is_hint(part) and can_be_seen(part) and words(visible_text(part)):
            yield part


def _is_hint(element: Element) -> bool:
    if element.tag in ("button", "a", "label", "input", "svg", "i") or element.role in ("button", "link", "tooltip"):
        return False
    if not any(_SAYS_HINT.search(element.get(name)) for name in ("id", "class") if element.has(name)):
        return False
    return not any(part.role in ("button", "link", *_FIELDS) for part in element.descendants())
