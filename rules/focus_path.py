"""The way of the keyboard focus through a page, as the report shows it."""

from __future__ import annotations

from dataclasses import dataclass

from rules.element import Element
from rules.evidence.focus import Shown
from rules.layout import Box
from rules.page import Page
from rules.spots import on_page
from rules.traps import held

MOST = 200
LONGEST_NAME = 100
_TYPED = frozenset({"input", "textarea", "select"})


@dataclass(frozen=True, slots=True)
class FocusStop:
    """One stop of the Tab key; `box` is x, y, width, height in CSS px of the page while it had the focus.

    `shown` is by what one sees the focus, `covered` is true where something that stays lies over all of it, and
    `held` where no key leads away again. `frame` is the path of frames to its document.
    """

    name: str
    role: str
    selector: str
    box: Box
    shown: Shown = "unknown"
    covered: bool = False
    held: bool = False
    frame: str = ""


@dataclass(frozen=True, slots=True)
class FocusPath:
    """The stops in their order, the first of them; `complete` is false where there are more."""

    stops: tuple[FocusStop, ...] = ()
    complete: bool = True


def focus_path(page: Page) -> FocusPath | None:
    """Where Tab led on this page; None where nobody pressed it."""
    if page.focus is None:
        return None
    trapped = {node for node, trap in held(page).items() if not trap.worked}
    stops = []
    for stop in page.focus.stops[:MOST]:
        element = page.dom.at(stop.node)
        if element is None:
            continue
        stops.append(
            FocusStop(
                name=_name(element),
                role=element.role,
                selector=element.selector,
                box=on_page(page.dom, element.node.frame, stop.box),
                shown=stop.shown,
                covered=stop.covered >= 1,
                held=stop.node in trapped,
                frame=element.frame,
            )
        )
    return FocusPath(tuple(stops), page.focus.complete and len(page.focus.stops) <= MOST)


def _name(element: Element) -> str:
    """The name, empty where the browser may have put the value of a field into it."""
    name = " ".join(element.name.split())
    name = name if len(name) <= LONGEST_NAME else f"{name[: LONGEST_NAME - 1]}…"
    label = element.closest("label")
    told_by = [element, *([label] if label else [])]
    referred = set(element.get("aria-labelledby").split())
    holders = [below for one in told_by for below in one.descendants() if below.tag in _TYPED]
    holders += [one for one in element.dom.elements if referred and one.tag in _TYPED and one.get("id") in referred]
    fields = [one for one in holders if one is not element or one.get("id") in referred]
    return "" if fields else name
