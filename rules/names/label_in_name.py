"""Judges whether people who speak what they see on a control are understood."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rules import Element, Outcome, Page, cant_tell, failed, page_rule, passed, short, visible_text, words
from rules.layout import can_be_seen

_LABELLED_INSIDE = (
    *("button", "link", "checkbox", "radio", "switch", "tab", "treeitem", "option"),
    *("menuitem", "menuitemcheckbox", "menuitemradio"),
)
_LABELLED_BESIDE = ("checkbox", "radio", "textbox", "searchbox", "combobox", "listbox", "spinbutton", "slider")
_SPOKEN_SYMBOLS = re.compile(r"[&+/@~|–—-]")
_NO_SPACES = re.compile(r"[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff]")
_PARENTHESES = re.compile(r"[(\[（][^)\]）]*[)\]）]")
_LONGEST = 8
"""More words than these are no label any more, but content that a control encloses."""


@page_rule(
    title="The words shown on controls are part of their names",
    why="People who control the computer by speech say the words that they see, and nothing happens.",
    fix="Begin the name (aria-label, aria-labelledby) with the words that the control shows, in the same order.",
    wcag=("2.5.3",),
    act=("2ee8b8",),
    impact="serious",
    scope="component",
    role="development",
)
def label_in_name(page: Page) -> Iterator[Outcome]:
    """The accessible name of a control contains the words that are its visible label.

    Applies to controls whose name an ARIA attribute sets and that show words: inside, or in a label element
    of theirs. Compared are whole words in their order; case, accents, punctuation and what stands in
    parentheses do not count. Symbols, single letters and letters of icon fonts are no words. Abbreviations,
    counters, symbols that have a name ("&") and controls that enclose more than a label are questions.
    """
    for element in page.dom.by_role(*{*_LABELLED_INSIDE, *_LABELLED_BESIDE}):
        if element.name_from in ("aria-label", "aria-labelledby") and can_be_seen(element):
            label = _label(element)
            shown = _shown(label)
            if not shown or (len(shown) == 1 and len(shown[0]) == 1):
                continue
            if _contains(element.name, label) or _contains(element.name, _PARENTHESES.sub(" ", label)):
                yield passed(element)
            elif _is_certain(element, label, shown):
                yield failed(element, f"This control shows “{short(label)}” and is named “{short(element.name)}”.")
            else:
                name = short(element.name)
                yield cant_tell(element, f"Is “{name}” what people say who see “{short(label)}” on this control?")


def _label(element: Element) -> str:
    """The words that the control shows, empty for none."""
    if element.tag == "input" and element.get("type").lower() in ("button", "submit", "reset"):
        return element.get("value")
    inside = visible_text(element) if element.role in _LABELLED_INSIDE else ""
    if inside or element.role not in _LABELLED_BESIDE:
        return inside
    around = element.closest("label")
    name = element.get("id")
    tied = [label for label in element.dom.by_tag("label") if label is around or (name and label.get("for") == name)]
    return " ".join(visible_text(label) for label in tied if label.node.frame == element.node.frame)


def _shown(label: str) -> list[str]:
    return words(_PARENTHESES.sub(" ", label))


def _contains(name: str, label: str) -> bool:
    """Whether the label's words stand side by side in the name, hyphens read as a space or as nothing."""
    if _NO_SPACES.search(label):
        return "".join(words(label)) in "".join(words(name))
    return any(
        f" {' '.join(words(label.replace('-', hyphen)))} " in f" {' '.join(words(name.replace('-', other)))} "
        for hyphen in (" ", "")
        for other in (" ", "")
    )


def _is_certain(element: Element, label: str, shown: list[str]) -> bool:
    name = words(element.name)
    counted = [word for word in shown if not word.isdecimal()]
    return not (
        len(shown) > _LONGEST
        or (len(shown) == 1 and len(shown[0]) <= 3)
        or (len(shown) - len(counted) == 1 and counted and _in_order(counted, name))
        or (_SPOKEN_SYMBOLS.search(label) and _in_order(shown, name))
        or _abbreviates(shown, name)
        or (element.role in _LABELLED_BESIDE and _in_order(name, shown))
        or any(below.focusable or below.style("display") not in ("inline", "none") for below in element.descendants())
    )


def _in_order(some: list[str], every: list[str]) -> bool:
    rest = iter(every)
    return all(word in rest for word in some)


def _abbreviates(shown: list[str], name: list[str]) -> bool:
    """Whether the label's words begin words of the name in their order, at least one of them cut short."""
    rest = iter(name)
    found = [next((full for full in rest if full.startswith(word)), "") for word in shown]
    return all(found) and found != shown
