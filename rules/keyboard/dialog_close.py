"""Judges whether Escape closes modal dialogs."""

from __future__ import annotations

from collections.abc import Iterator

from rules import Outcome, Page, failed, page_rule, passed


@page_rule(
    title="Escape closes modal dialogs",
    why="Everybody expects Escape to lead out; who does not see the page may not find the button that closes it.",
    fix="Use <dialog> with showModal(), or close the dialog when Escape is pressed in it.",
    wcag=(),
    impact="minor",
    scope="component",
    role="development",
    needs=("dom", "widgets"),
)
def dialog_close(page: Page) -> Iterator[Outcome]:
    """A modal dialog that a control opened by keyboard closes with Escape.

    Best practice (ARIA Authoring Practices, dialog). Applies to dialogs that say that they are modal or cover the
    window. Where no key leads out of one at all, `keyboard-trap` says so.
    """
    for one in page.widgets.operated if page.widgets else ():
        opener = page.dom.at(one.node)
        if opener is None or one.popup is None or not one.popup.modal:
            continue
        if one.popup.closed == "Escape":
            yield passed(opener)
        else:
            yield failed(opener, "Escape does not close the modal dialog that this opens.")
