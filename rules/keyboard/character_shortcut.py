"""Judges whether single characters do something that nobody asked for."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rules import Element, Outcome, Page, cant_tell, failed, page_rule, passed

_CHANGES = re.compile(
    r"\b(?:short-?cuts?|hot-?keys?|key(?:board|s)|access ?keys?|raccourcis?|clavier|atajos?|teclado|teclas"
    r"|tast(?:en|atur)\w*|k[uü]rzel|scorciatoi\w*|tastiera)\b",
    re.IGNORECASE,
)
"""Words by which a control, or a link to settings, says that it changes what keys do."""


@page_rule(
    title="Single characters do nothing, or can be turned off",
    why="Who dictates is taken for someone who presses keys: each word sets off whatever its letters stand for.",
    fix="Take a key like Ctrl or Alt into each shortcut, or let people turn them off or change them.",
    wcag=("2.1.4",),
    act=("ffbc54",),
    impact="serious",
    scope="page",
    role="development",
    needs=("dom", "shortcuts"),
    serves=("manipulation", "cognition"),
    serves_source="WCAG 2.1, Understanding 2.1.4, benefits",
)
def character_shortcut(page: Page) -> Iterator[Outcome]:
    """While nothing has the focus, the page answers to no single letter, digit or punctuation mark.

    Applies to pages on which something outside of controls listens to keys. An answer is a change of what is on the
    page, of its address or of what has the focus, where nearly all other keys change nothing. Passed where it answers
    no more after its checkboxes, and its buttons that speak of keys, were turned. Where another control or a link
    speaks of keys it is a question, as that may be where they are turned off. Only a page that answers is judged:
    silence says nothing about keys that need another state of the page.
    """
    if page.shortcuts is None or not page.shortcuts.characters:
        return
    if page.shortcuts.silenced:
        yield passed()
        return
    named = " ".join(page.shortcuts.characters)
    control = next((one for one in _controls(page) if _CHANGES.search(one.name)), None)
    if control is not None:
        yield cant_tell(control, f"Can people turn off or change here what the keys {named} do by themselves?")
    else:
        yield failed(None, f"The page answers to these keys by themselves: {named}.")


def _controls(page: Page) -> Iterator[Element]:
    yield from page.dom.by_role("button", "checkbox", "switch", "link", "radio", "combobox", "textbox")
