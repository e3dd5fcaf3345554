"""Judges whether dialogs take the keyboard focus in and give it back."""

from __future__ import annotations

from collections.abc import Iterator

from rules import Outcome, Page, failed, page_rule, passed
from rules.evidence.widgets import Popup


@page_rule(
    title="Dialogs take the keyboard focus in and give it back",
    why="Who uses the keyboard or does not see the page stays behind a dialog that lies in front, or starts again.",
    fix="Use <dialog> with showModal(), or put the focus into the dialog, keep it there, and return it to the opener.",
    wcag=("2.4.3",),
    impact="serious",
    scope="component",
    role="development",
    needs=("dom", "widgets"),
    serves=("without-vision", "limited-vision", "manipulation", "cognition"),
    serves_source="WCAG 2.2, Understanding 2.4.3, benefits",
)
def dialog_focus(page: Page) -> Iterator[Outcome]:
    """A dialog that a control opened by keyboard has the focus, or comes next, and leaves it at a place when it closes.

    Applies to controls that opened a dialog: what says that it is one, or a layer over the whole window with controls.
    Fails where neither the focus nor Tab got into it (WCAG failure F85), where Tab led from a modal one to a control
    that lies under it, or where no element had
    the focus once a modal one had closed. It may go back to another element than
    the opener.
    """
    told: set[int] = set()
    for one in page.widgets.operated if page.widgets else ():
        if one.popup is None or one.popup.node in told:
            continue
        told |= {one.popup.node} - {-1}
        # What a script made only when it was asked for is known by what opened it.
        place = page.dom.at(one.popup.node) or page.dom.at(one.node)
        trouble = _trouble(page, one.popup)
        yield failed(place, trouble) if trouble else passed(place)


def _trouble(page: Page, popup: Popup) -> str:
    under = page.dom.at(popup.leak)
    if popup.entered == "behind":
        return "The dialog opens, and the keyboard stays behind it: neither the focus nor Tab gets in."
    if under is not None:
        return f"The dialog is open, and Tab leads from it to {under.selector}, which lies under it."
    if popup.modal and popup.back == "lost":
        return "The dialog closes, and nothing has the keyboard focus any more."
    return ""
