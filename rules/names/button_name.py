"""Judges whether buttons and menu items have a name."""

from __future__ import annotations

from collections.abc import Iterator

from rules import Outcome, Page, page_rule
from rules.naming import judge_name


@page_rule(
    title="Buttons and menu items have a name",
    why="People who cannot see learn that there is a button, but not what it does. People who control the computer "
    "by voice cannot call it.",
    fix="Write what it does inside of it. Where only a picture fits, give the picture an alt text or add aria-label.",
    wcag=("4.1.2",),
    act=("97a4e1", "m6b1q3", "2t702h"),
    impact="critical",
    scope="component",
    role="development",
    serves=("without-vision", "limited-vision", "manipulation", "cognition"),
    serves_source="DHS Trusted Tester v5, test 6.A",
    replaces=("button-name", "input-button-name", "aria-command-name", "summary-name"),
)
def button_name(page: Page) -> Iterator[Outcome]:
    """The browser has a name for each button, menu item and summary of a foldable part.

    Applies to what assistive technology meets, whether it can be seen, is switched off or not. The name that the
    browser gives buttons that submit or reset a form counts. Buttons that are an image are another rule's.
    """
    for element in page.dom.by_role("button", "menuitem"):
        if element.tag == "input" and element.get("type").strip().lower() in ("image", "file"):
            continue
        yield judge_name(element, "menu item" if element.role == "menuitem" else "button")
