"""Asks whether what reacts to moving the device works without that."""

from __future__ import annotations

from collections.abc import Iterator

from rules import Outcome, Page, cant_tell, page_rule, passed

_MOTION = frozenset({"devicemotion", "deviceorientation", "deviceorientationabsolute"})


@page_rule(
    title="Nothing needs moving the device",
    why="People whose device is fixed to a wheelchair cannot shake or tilt it. Others move it without wanting to.",
    fix="Offer a control for the same and a setting that switches the reaction to movement off.",
    wcag=("2.5.4",),
    act=("c249d5", "7677a9"),
    impact="serious",
    scope="page",
    role="development",
    needs=("dom", "listeners"),
    serves=("manipulation",),
    serves_source="WCAG 2.2 Understanding 2.5.4, benefits",
)
def device_motion(page: Page) -> Iterator[Outcome]:
    """No script listens to how the device is moved, or what it does can be done and stopped by controls.

    Applies to pages with scripts. What a script makes of a movement is for a person with a device in the hand.
    """
    if page.listeners is None or not page.dom.by_tag("script"):
        return
    if _MOTION.isdisjoint(page.listeners.window):
        yield passed()
    else:
        yield cant_tell(
            None, "Can all that moving the device does here also be done, and be switched off, by controls?"
        )
