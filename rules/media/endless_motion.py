"""Judges whether what moves by itself can be stopped."""

from __future__ import annotations

from collections.abc import Iterator

from rules import Element, Outcome, Page, cant_tell, failed, page_rule, passed
from rules.evidence.motion import Motion

_WAITING = frozenset({"progressbar", "status", "timer", "meter"})
_CONTROLS = frozenset({"button", "switch", "checkbox"})


@page_rule(
    title="What moves or changes by itself can be paused, stopped or hidden",
    why="Who is drawn to every movement cannot read beside it, and who reads slowly cannot follow.",
    fix="Put a button beside it that pauses it, or let it end within five seconds.",
    wcag=("2.2.2",),
    act=("efbfc7",),
    impact="serious",
    scope="component",
    role="development",
    needs=("dom", "motion"),
    serves=("limited-vision", "cognition"),
    serves_source="DHS Trusted Tester v5, test 2.B",
)
def endless_motion(page: Page) -> Iterator[Outcome]:
    """What goes on for more than five seconds beside other content stops when a control for it is pressed.

    Applies to elements with text or a picture that an animation moves or lets blink, and to texts that script replaces
    again and again. Passed where a control whose name promises it did stop it. Fails where there is no button, switch
    or checkbox on the page that could, or where those that promise it do not. What stands for waiting (a progress bar,
    a status) is a question, and so is everything on a page with other buttons. Does not apply where there is no other
    text beside it on the page.
    """
    if page.motion is None or not _has_other_text(page, page.motion):
        return
    others = [one for one in page.dom.by_role(*_CONTROLS) if one.index not in page.motion.tried]
    for moving in page.motion.moving:
        element = page.dom.at(moving.node)
        if element is None:
            continue
        if moving.control >= 0:
            yield passed(element)
        elif _waits(element) or (others and not page.motion.tried):
            yield cant_tell(element, f"This {moving.manner} by itself: can it be paused, stopped or hidden?")
        else:
            yield failed(element, f"This {moving.manner} by itself for more than 5 seconds, and nothing stops it.")


def _has_other_text(page: Page, motion: Motion) -> bool:
    """Whether there is anything to read from which movement draws away."""
    rest = page.dom.root.text if page.dom.root else ""
    for element in map(page.dom.at, (moving.node for moving in motion.moving)):
        rest = rest.replace(element.text, "", 1) if element else rest
    return bool(rest.strip())


def _waits(element: Element) -> bool:
    around = (element, *element.ancestors())
    return any(one.role in _WAITING or one.get("aria-busy") == "true" for one in around) or not element.text
