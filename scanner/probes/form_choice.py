"""Which forms and controls of a page are tried: those that a script or the browser checks, one of each kind."""

from __future__ import annotations

from collections.abc import Iterator

from playwright.async_api import CDPSession

from rules.element import Element
from rules.layout import can_be_seen
from rules.page import Page

MOST_FORMS = 3
MOST_CONTROLS = 6

_CHECKED = ("required", "pattern", "min", "max", "minlength", "step")
_TYPES = frozenset({"email", "url", "number", "date", "time", "month", "week", "datetime-local"})
_CHOICES = frozenset({"change", "input", "click"})
_SENDING = frozenset({"submit", "click"})
_EVENTS = _CHOICES | _SENDING
_UNFIT = frozenset({"hidden", "submit", "button", "reset", "image"})

Heard = dict[int, frozenset[str]]
"""Event types that are listened for, by the index of an element in the DOM snapshot; the document and window by -1."""


async def listened(session: CDPSession, index_of: dict[int, int]) -> Heard:
    """Who listens for what is sent, changed or clicked; `index_of` gives the snapshot index of a backend node id."""
    found: dict[int, set[str]] = {}
    for place, depth in (("document", -1), ("window", 1)):
        target = (await session.send("Runtime.evaluate", {"expression": place}))["result"]["objectId"]
        call = {"objectId": target, "depth": depth, "pierce": True}
        for listener in (await session.send("DOMDebugger.getEventListeners", call))["listeners"]:
            if listener["type"] in _EVENTS:
                index = index_of.get(listener.get("backendNodeId", -1), -1)
                found.setdefault(index, set()).add(listener["type"])
    return {index: frozenset(types) for index, types in found.items()}


def forms(page: Page, heard: Heard) -> list[Element]:
    """The forms that are checked before they are sent."""
    kinds: dict[tuple[object, ...], Element] = {}
    for form in page.dom.by_tag("form"):
        if form.node.frame or form.get("method").strip().lower() == "dialog" or not can_be_seen(form):
            continue
        parts = [part for part in form.descendants() if part.tag in ("input", "select", "textarea", "button")]
        fields = [part for part in parts if part.get("type").strip().lower() not in _UNFIT and part.tag != "button"]
        if fields and (_is_heard(form, heard) or _checked_by_browser(form, fields) or _buttons_heard(parts, heard)):
            kinds.setdefault((form.get("class"), *((one.tag, one.get("type")) for one in fields)), form)
    return list(kinds.values())[:MOST_FORMS]


def controls(page: Page, heard: Heard) -> list[Element]:
    """The controls in which another choice may do something: lists, radio buttons and checkboxes with a listener."""
    kinds: dict[tuple[object, ...], Element] = {}
    for control in page.dom.by_tag("select", "input"):
        kind = control.get("type").strip().lower()
        if control.tag == "input" and kind not in ("radio", "checkbox"):
            continue
        if control.node.frame or not control.exposed or not control.in_tab_order or control.has("checked"):
            continue
        if any(types & _CHOICES for types in _above(control, heard)):
            kinds.setdefault((control.tag, kind, control.get("class"), control.get("name")), control)
    return list(kinds.values())[:MOST_CONTROLS]


def _is_heard(form: Element, heard: Heard) -> bool:
    return form.has("onsubmit") or any("submit" in types for types in _above(form, heard))


def _buttons_heard(parts: list[Element], heard: Heard) -> bool:
    buttons = [part for part in parts if part.tag == "button" or part.get("type").strip().lower() == "submit"]
    return any(part.has("onclick") or "click" in heard.get(part.index, ()) for part in buttons)


def _checked_by_browser(form: Element, fields: list[Element]) -> bool:
    if form.has("novalidate"):
        return False
    return any(one.get("type") in _TYPES or any(one.has(name) for name in _CHECKED) for one in fields)


def _above(element: Element, heard: Heard) -> Iterator[frozenset[str]]:
    """What is listened for at an element, around it and on the document as a whole, and what it says itself."""
    written = frozenset(name.removeprefix("on") for name in element.attributes if name.startswith("on"))
    yield written
    yield heard.get(element.index, frozenset())
    for above in element.ancestors():
        # Whoever listens to every click of a page does not mean this control.
        yield heard.get(above.index, frozenset()) - {"click"}
        yield frozenset(
            name.removeprefix("on") for name in above.attributes if name in ("onchange", "oninput", "onsubmit")
        )
    yield heard.get(-1, frozenset()) - {"click"}
