"""Judges whether sound waits until it is asked for."""

from __future__ import annotations

from collections.abc import Iterator

from rules import Outcome, Page, failed, page_rule, passed
from rules.layout import can_be_seen
from rules.playing import LONGEST_S, played_s


@page_rule(
    title="Sound waits until it is asked for",
    why="People who listen to a screen reader do not hear it while they look for the control that stops the sound.",
    fix="Leave autoplay out and let people start the sound.",
    wcag=(),
    act=("aaa1bf",),
    impact="minor",
    scope="component",
    role="content",
    needs=("dom", "media"),
)
def sound_on_request(page: Page) -> Iterator[Outcome]:
    """Audio that plays by itself ends within three seconds, even where it can be stopped.

    Best practice after WCAG technique G171. Applies to what plays by itself, can be heard and has the browser's own
    controls in sight; what has no such control is judged by another rule.
    """
    for medium in page.media.elements if page.media else ():
        element = page.dom.at(medium.node)
        heard = medium.sound == "heard" or (medium.sound == "decoded" and medium.kind == "audio")
        length_s = played_s(medium)
        if element is None or not medium.plays or medium.muted or not heard or length_s is None:
            continue
        if not medium.controls or not can_be_seen(element):
            continue
        if length_s <= LONGEST_S:
            yield passed(element)
        else:
            yield failed(element, "This starts to play sound before anybody asked for it.")
