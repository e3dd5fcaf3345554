"""Judges whether the keyboard goes through a page in the order in which it is read."""

from __future__ import annotations

from collections.abc import Iterator

from rules import Element, Outcome, Page, cant_tell, failed, page_rule, passed
from rules.evidence.focus import Stop


@page_rule(
    title="The keyboard goes through the page in the order in which it is read",
    why="Who uses the keyboard comes to the end before the beginning, and sends a form before having filled it in.",
    fix="Take tabindex values above 0 out, and put the elements into the order in which they are used.",
    wcag=("2.4.3",),
    impact="serious",
    scope="component",
    role="development",
    needs=("dom", "focus"),
    serves=("without-vision", "limited-vision", "manipulation", "cognition"),
    serves_source="DHS Trusted Tester v5, test 4.F",
)
def focus_order(page: Page) -> Iterator[Outcome]:
    """No element comes first only because its tabindex says so.

    Applies to elements with a tabindex above 0 at which Tab stopped. Fails where a button that sends a form comes
    before a field of the same form that stands before it (WCAG failure F44). Any other that comes before an element
    which stands before it is a question, as what belongs together may have been brought together.
    """
    order = [element for element in map(page.dom.at, (stop.node for stop in _stops(page))) if element is not None]
    for place, element in enumerate(order):
        if not _is_moved(element):
            continue
        skipped = [other for other in order[place + 1 :] if other.index < element.index and not _is_moved(other)]
        if not skipped:
            yield passed(element)
        elif _sends(element) and any(
            _is_field(other) and _form(other) == _form(element) is not None for other in skipped
        ):
            yield failed(element, "The keyboard comes to this before the fields of the form that it sends.")
        else:
            yield cant_tell(element, f"Does it make sense that the keyboard comes here before {skipped[0].selector}?")


def _stops(page: Page) -> list[Stop]:
    return list(page.focus.stops) if page.focus else []


def _is_moved(element: Element) -> bool:
    value = element.get("tabindex").strip()
    return value.isdecimal() and int(value[:9]) > 0


def _sends(element: Element) -> bool:
    if element.tag == "input":
        return element.get("type").lower() in ("submit", "image")
    return element.tag == "button" and element.get("type", "submit").lower() not in ("button", "reset")


def _is_field(element: Element) -> bool:
    return element.tag in ("select", "textarea") or (element.tag == "input" and not _sends(element))


def _form(element: Element) -> Element | None:
    return element.closest("form")
