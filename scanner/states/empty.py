"""Pages that wait for data which never came: nothing at all, or a sign that something is on its way."""

from __future__ import annotations

import re

from rules.dom import Dom
from rules.element import Element
from rules.page import PageState
from scanner.states.phrases import phrases, plain
from scanner.states.view import Sign, View

LARGE = 40.0
"""Width and height in CSS px from which a picture, a drawing or a frame is something to look at."""

_SEEN = ("img", "svg", "canvas", "video", "audio", "iframe", "object", "embed", "picture", "map")
_CONTROLS = ("link", "button", "textbox", "searchbox", "combobox", "checkbox", "radio", "menuitem", "tab", "slider")
_WAITS = re.compile(
    r"(?:^|[-_\s])(?:spinner|skeleton|loader|loading|placeholder-glow|shimmer|preloader)(?:[-_\s]|$)", re.IGNORECASE
)


def recognise(view: View) -> Sign | None:
    """A page without anything to read, see or use; one whose main content still waits.

    A page without scripts waits for nothing: if somebody wrote it, it is as empty as it was meant to be.
    """
    root = view.dom.root
    if root is None or _shows_something(view.dom.elements):
        return _waiting_main(view)
    if not view.shown:
        certain = bool(view.dom.by_tag("script", "noscript")) or not _is_written(view.dom)
        words = "The page stayed empty: it has no text, picture or control to see."
        return Sign(PageState.INCOMPLETE_DATA, words, certain=certain)
    if phrases("loading-heading").fullmatch(plain(view.shown)):
        return Sign(PageState.INCOMPLETE_DATA, "The page went on saying that it loads.")
    return None


def _is_written(dom: Dom) -> bool:
    """Whether somebody wrote a page here: what a server sends when its program fails has no more than the frame."""
    root = dom.root
    return bool(root and root.attributes) or any(
        one.tag not in ("html", "head", "body", "meta") for one in dom.elements
    )


def _waiting_main(view: View) -> Sign | None:
    """A frame that was drawn around a main content which did not come."""
    main = next((one for one in view.dom.by_role("main") if one.node.frame == 0), None)
    if main is None:
        return None
    said = plain(main.text)
    if said and not phrases("loading-heading").fullmatch(said):
        return None
    inside = [main, *main.descendants()]
    waits = bool(said) or any(_is_waiting(one) for one in inside)
    if waits and not any(one.role in _CONTROLS for one in inside) and not _pictures(inside):
        return Sign(PageState.INCOMPLETE_DATA, "The main content was still waiting for its data when it was looked at.")
    if not said and not _shows_something(inside):
        return Sign(PageState.INCOMPLETE_DATA, "The main content stayed empty.", certain=False)
    return None


def _is_waiting(element: Element) -> bool:
    if element.get("aria-busy") == "true" or element.role == "progressbar":
        return True
    return element.rendered and _WAITS.search(element.get("class")) is not None


def _shows_something(elements: list[Element]) -> bool:
    return any(one.role in _CONTROLS and one.visible for one in elements) or _pictures(elements)


def _pictures(elements: list[Element]) -> bool:
    """Whether something can be seen that is no text: large enough, and no turning wheel."""
    for one in elements:
        box = one.box
        if one.tag in _SEEN and box is not None and box[2] >= LARGE and box[3] >= LARGE and one.visible:
            around = (one, *one.ancestors())
            if not any(_is_waiting(above) for above in around):
                return True
        if box is not None and "url(" in one.style("background-image") and box[2] >= LARGE and box[3] >= LARGE:
            return True
    return False
