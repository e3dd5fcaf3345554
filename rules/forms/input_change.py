"""Judges whether a choice in a list, a radio button or a checkbox takes people elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from rules import Element, Outcome, Page, cant_tell, failed, page_rule, passed, short
from rules.evidence.dom import TEXT

_WARNS = re.compile(
    r"automat|immediate|at once|straight away|as soon as|instant|reload|refresh|new window|new tab|opens|takes you"
    r"|\b(?:go|jump|move|switch|change) (?:to|the)\b|when you (?:choose|select|pick)|by (?:choosing|selecting)"
    r"|once you|sofort|sobald|unmittelbar|öffnet|neue[ns]? (?:fenster|seite)|wechselt"
    r"|immédiat|dès que|recharg|s['’]ouvre|actualis|inmediat|en cuanto|se abre|recarga|actualiza"
    r"|al (?:elegir|seleccionar)|subito|appena|si apre|ricarica|opent|zodra",
    re.IGNORECASE,
)
_REACH = 300
"""Characters of text before a control in which a warning counts."""


@page_rule(
    title="A choice does not take people elsewhere",
    why="People who go through the choices with the keyboard, or do not see the page, are suddenly in another place.",
    fix="Let a button do what the choice leads to, or say before the control what choosing does.",
    wcag=("3.2.2",),
    impact="serious",
    scope="component",
    role="development",
    needs=("dom", "form_errors"),
    serves=("without-vision", "limited-vision", "manipulation", "cognition"),
    serves_source="WCAG 2.2 Understanding 3.2.2, benefits",
)
def input_change(page: Page) -> Iterator[Outcome]:
    """Another choice in a list, radio buttons or a checkbox leads to no other page, opens no window, moves no focus.

    Applies to controls with a listener in which another choice was made by key, twice with the same effect. It fails
    where the page then asks for another address or a window and no text before the control says so. Where the same page
    is asked for again, or the focus moves, or a text may announce it, a person decides.
    """
    errors = page.form_errors
    for chosen in errors.chosen if errors else ():
        control = page.dom.at(chosen.node)
        if control is None:
            continue
        name = short(control.name, 40)
        if not chosen.leads and not chosen.window and not chosen.jumped:
            yield passed(control)
        elif _is_announced(control):
            yield cant_tell(control, f"Does the text before “{name}” say that choosing leads elsewhere?")
        elif chosen.window:
            yield failed(control, f"Choosing in “{name}” opens a new window without a warning.")
        elif not chosen.leads:
            yield cant_tell(control, f"Choosing in “{name}” moves the focus. Do people expect that?")
        elif _is_same(chosen.leads, page.final_url):
            yield cant_tell(control, f"Choosing in “{name}” loads the page again. Do people expect that?")
        else:
            yield failed(control, f"Choosing in “{name}” leaves the page at once, without a warning.")


def _is_same(one: str, other: str) -> bool:
    return urlsplit(one)[:3] == urlsplit(other)[:3]


def _is_announced(control: Element) -> bool:
    """Whether the control itself or a text closely before it may say what a choice does."""
    before = ""
    nodes = control.dom.nodes
    for index in range(control.index - 1, -1, -1):
        if len(before) > _REACH:
            break
        if nodes[index].kind == TEXT and nodes[index].box is not None:
            before = f"{nodes[index].text} {before}"
    return _WARNS.search(" ".join((control.name, control.description, before[-_REACH:]))) is not None
