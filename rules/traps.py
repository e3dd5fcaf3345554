"""Where the keyboard focus goes round, as the rules on traps read it."""

from __future__ import annotations

from rules.evidence.focus import Trap
from rules.page import Page

USUAL = frozenset({"Escape"})
"""The keys beside Tab that people know to lead away, so that no page has to name them."""


def held(page: Page) -> dict[int, Trap]:
    """The trap by the index of each element in it."""
    return {node: trap for trap in (page.focus.traps if page.focus else ()) for node in trap.nodes}


def is_dialog(page: Page, trap: Trap) -> bool:
    """Whether all of it stands in a dialog that has a button, which may close it."""
    elements = [element for element in map(page.dom.at, trap.nodes) if element is not None]
    in_dialog = all(
        any(above.role in ("dialog", "alertdialog") for above in element.ancestors()) for element in elements
    )
    return in_dialog and any(element.role == "button" for element in elements)
