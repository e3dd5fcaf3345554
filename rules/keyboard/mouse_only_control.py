"""Judges whether what answers to the mouse can be reached with the keyboard."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rules import Element, Outcome, Page, cant_tell, failed, page_rule, passed, visible_text
from rules.layout import can_be_seen

_POINTER = frozenset(
    {"click", "dblclick", "mousedown", "mouseup", "pointerdown", "pointerup", "touchstart", "touchend"}
)
_HANDLERS = ("onclick", "ondblclick", "onmousedown", "onmouseup")
_ALONE = frozenset({"button", "link", "checkbox", "switch"})
_OF_A_GROUP = frozenset({"menuitem", "menuitemcheckbox", "menuitemradio", "option", "radio", "tab", "treeitem"})
_GROUPS = frozenset(
    {"combobox", "grid", "listbox", "menu", "menubar", "radiogroup", "tablist", "toolbar", "tree", "treegrid"}
)
_NATIVE = frozenset({"button", "input", "label", "option", "select", "summary", "textarea"})
_AREAS = frozenset({"html", "body", "main", "form", "dialog", "label", "audio", "video", "iframe"})
_TOO_LARGE = 500_000
"""Square pixels, about half a window: what large areas listen for is not aimed at them."""

_LEADS_AWAY = re.compile(r"""location(?:\.href)?\s*=\s*["']|location\.(?:assign|replace)\(|window\.open\(""")
_ADDRESS = re.compile(r"""["']([^"']+)["']""")
_DOES_NOTHING = re.compile(r"\s*(?:return\s+\w+|(?:event|e)\.(?:stopPropagation|preventDefault)\(\)|[;\s])*\Z")


@page_rule(
    title="What answers to the mouse can be reached with the keyboard",
    why="People who use the keyboard, or a device that acts like one, cannot get to this control.",
    fix='Use a button or a link (a with href). Where that cannot be: tabindex="0" and a handler for Enter and Space.',
    wcag=("2.1.1",),
    impact="critical",
    scope="component",
    role="development",
    needs=("dom", "listeners"),
    serves=("without-vision", "limited-vision", "manipulation"),
    serves_source="DHS Trusted Tester v5, test 4.A",
)
def mouse_only_control(page: Page) -> Iterator[Outcome]:
    """An element that answers to the mouse, or says that it is a control, can take focus by keyboard.

    Applies to elements that are seen and have a mouse listener of their own or a control's role. Left out is
    what stands in or around something that takes focus, since that may do the same. Fails where the author
    says that it is a button, link, checkbox or switch, or where the click leads to an address (WCAG failure
    F42) to which no link goes. Everything else that looks as if it could be clicked is a question.
    """
    reachable = [element for element in page.dom.elements if _takes_focus(element)]
    around = {above.index for element in reachable for above in element.ancestors()}
    inside = {element.index for element in reachable}
    for element, listens in _candidates(page):
        if element.index in inside:
            if element.in_tab_order:
                yield passed(element)
        elif element.index not in around and not any(above.index in inside for above in element.ancestors()):
            yield from _judged(element, listens)


def _takes_focus(element: Element) -> bool:
    """Whether it takes focus, or would if it were not unavailable or moved out of the order on purpose."""
    return element.focusable or element.has("tabindex") or element.tag in _NATIVE


def _candidates(page: Page) -> Iterator[tuple[Element, bool]]:
    """Elements that may be controls, with whether they listen to the mouse themselves."""
    listening = {one.node for one in page.listeners.elements if _POINTER & set(one.events)} if page.listeners else set()
    for element in page.dom.elements:
        listens = element.index in listening
        if (listens or _role(element)) and element.tag not in _AREAS and _is_used(element):
            yield element, listens


def _is_used(element: Element) -> bool:
    if not element.exposed or element.box is None or element.get("aria-disabled") == "true":
        return False
    return element.box[2] * element.box[3] < _TOO_LARGE and can_be_seen(element)


def _judged(element: Element, listens: bool) -> Iterator[Outcome]:
    code = ";".join(element.get(handler) for handler in _HANDLERS if element.has(handler))
    role = _role(element)
    if code and _DOES_NOTHING.match(code) and not role:
        return
    if listens and role in _ALONE and not any(above.role in _GROUPS for above in element.ancestors()):
        yield failed(element, f"This {role} answers to the mouse and cannot take focus by keyboard.")
    elif _leads_where_no_link_does(element, code):
        yield failed(element, "A click on this leads to another page, and no link or key does.")
    elif (element.style("cursor") == "pointer" or code) and _shows_something(element):
        yield cant_tell(element, "Can everything that a click on this does also be done with the keyboard?")


def _role(element: Element) -> str:
    """The control's role that the author wrote, empty for others."""
    written = element.get("role").lower().split()
    return written[0] if written and written[0] in _ALONE | _OF_A_GROUP else ""


def _leads_where_no_link_does(element: Element, code: str) -> bool:
    addresses = _ADDRESS.findall(code) if _LEADS_AWAY.search(code) else []
    return bool(addresses) and not any(
        link.get("href").strip() in addresses for link in element.dom.by_tag("a", "area")
    )


def _shows_something(element: Element) -> bool:
    if element.name or visible_text(element):
        return True
    parts = (element, *element.descendants())
    return any(
        one.tag in ("img", "svg", "canvas") or one.style("background-image") not in ("", "none") for one in parts
    )
