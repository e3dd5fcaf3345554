"""Which controls of a page are switched off, with the labels that belong to them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from rules.element import Element

if TYPE_CHECKING:
    from rules.dom import Dom

_CONTROLS = ("button", "input", "select", "textarea", "option", "optgroup", "fieldset")


def inactive(dom: Dom) -> frozenset[int]:
    """Indices of the elements that are switched off and of the labels of those; what is inside them is off too.

    An element is switched off when it is disabled in HTML, or says so by `aria-disabled` and has a role in which
    that means something: WCAG asks no contrast of an inactive user interface component.
    """
    off = [element for element in dom.elements if _is_off(element)]
    return frozenset(element.index for element in off) | {label.index for one in off for label in _labels(one)}


def _is_off(element: Element) -> bool:
    if element.get("aria-disabled").strip().lower() == "true":
        return element.has("role") or element.tag in _CONTROLS or element.focusable
    return element.has("disabled") and element.tag in _CONTROLS


def _labels(control: Element) -> Iterator[Element]:
    """The elements that name a control. A fieldset switches off its controls, whose labels lie inside it."""
    dom, frame = control.dom, control.node.frame
    if control.tag in ("fieldset", "optgroup"):
        return
    for name in control.get("aria-labelledby").split():
        label = dom.by_id(name, frame)
        if label is not None:
            yield label
    if control.has("id"):
        name = control.get("id")
        yield from (label for label in dom.by_tag("label") if label.get("for") == name and label.node.frame == frame)
    around = control.closest("label")
    if around is not None and (not around.has("for") or around.get("for") == control.get("id")):
        yield around
