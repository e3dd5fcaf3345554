"""Judges whether sound that starts by itself ends soon or can be stopped."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator

from rules import Element, Outcome, Page, cant_tell, failed, page_rule, passed, short, words
from rules.layout import can_be_seen
from rules.playing import LONGEST_S, played_s

_LANGUAGES = frozenset({"", "cy", "de", "en", "es", "fr", "it", "nl", "pl", "pt"})
"""Languages whose words for a control of sound are known below."""

_STOPS = re.compile(
    r"\b(?:paus|pauz|stop|mute|unmute|silen|sound|volum|audio|musi|músic|muzy|play|deten|parar|sonido|arrêt|coup"
    r"|muet|son\b|anhalt|stumm|ton\b|lautst|ferma|interromp|muto|suon|som\b|demp|geluid|zatrzym|wycisz|dźwięk"
    r"|oedi|tewi|sain)",
    re.IGNORECASE,
)


@page_rule(
    title="Sound that starts by itself ends soon or can be stopped",
    why="People who listen to a screen reader hear both at once; others cannot concentrate until they find its source.",
    fix="Let sound start only when asked for, or put a control that stops it at the beginning of the page.",
    wcag=("1.4.2",),
    act=("80f0bf", "aaa1bf", "4c31df"),
    impact="serious",
    scope="component",
    role="development",
    needs=("dom", "media"),
    serves=("without-vision", "limited-vision", "hearing", "cognition"),
    serves_source="DHS Trusted Tester v5, test 2.A",
    replaces=("no-autoplay-audio",),
)
def autoplay_sound(page: Page) -> Iterator[Outcome]:
    """Audio that plays by itself for more than three seconds has a control that stops it.

    Applies to audio and video with a sound track that start without anybody's doing and are not muted. Judged
    is what was heard while the page was looked at. A control on the page that may stop it is a question, as is
    sound that could not be listened to.
    """
    for medium in page.media.elements if page.media else ():
        element = page.dom.at(medium.node)
        applies = (medium.autoplay or medium.plays) and not medium.muted and not medium.failed
        if element is None or not applies or medium.sound == "none":
            continue
        length_s = played_s(medium)
        if (length_s is not None and length_s <= LONGEST_S) or (medium.controls and can_be_seen(element)):
            yield passed(element)
        elif not medium.plays or length_s is None:
            yield cant_tell(element, "Is it true that this does not play more than three seconds of sound by itself?")
        elif medium.sound != "heard" and (medium.sound, medium.kind) != ("decoded", "audio"):
            yield cant_tell(element, "Is it true that nothing can be heard of what plays by itself here?")
        else:
            yield _judged(page, element, length_s)


def _judged(page: Page, element: Element, length_s: float) -> Outcome:
    control = next((name for one in _controls(page) if (name := _may_stop(one))), "")
    if control:
        return cant_tell(element, f"Does {control} stop the sound that starts by itself, and is it easy to find?")
    if _language(page) not in _LANGUAGES:
        return cant_tell(element, "Does a control on this page stop the sound that starts by itself?")
    for_how_long = "without end" if math.isinf(length_s) else f"for {length_s:.0f} seconds"
    return failed(element, f"This plays sound by itself {for_how_long}, and no control stops it.")


def _controls(page: Page) -> list[Element]:
    links = [link for link in page.dom.by_role("link") if link.get("href").startswith(("#", "javascript:"))]
    return [*page.dom.by_role("button", "checkbox", "switch", "slider", "radio"), *links]


def _may_stop(control: Element) -> str:
    """How to call a control that may stop sound; empty where its name tells that it does something else."""
    name = short(control.name)
    if not words(name):
        return f"the control {name or control.selector}"
    return f"“{name}”" if _STOPS.search(name) else ""


def _language(page: Page) -> str:
    root = page.dom.root
    return root.get("lang").partition("-")[0].strip().lower() if root else ""
