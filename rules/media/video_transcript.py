"""Judges whether what a video says and shows can be read."""

from __future__ import annotations

from collections.abc import Iterator

from rules import Outcome, Page, cant_tell, failed, page_rule, passed
from rules.alternatives import file_name, has_no_sound, heard_s, is_met, is_untold


@page_rule(
    title="What videos say and show can be read",
    why="People who can neither see nor hear well enough read a transcript with their fingers or in large print.",
    fix="Put a transcript of speech, sounds and pictures beside the video, or link to it from there.",
    wcag=("1.2.8",),
    act=("1a02b0", "ab4d13"),
    impact="minor",
    scope="component",
    role="content",
    needs=("dom", "media"),
    serves=("without-vision", "hearing", "cognition"),
    serves_source="WCAG 2.2 Understanding 1.2.8, benefits",
)
def video_transcript(page: Page) -> Iterator[Outcome]:
    """What is said and shown in a video with sound is written on the page or behind a link on it.

    Level AAA, so it weighs nothing. It is certain that there is no transcript where somebody speaks, the page has
    fewer words than half of one a second, and nothing but navigation leads on.
    """
    for medium in page.media.elements if page.media else ():
        element = page.dom.at(medium.node)
        if element is None or medium.kind != "video" or not is_met(page, medium, element):
            continue
        if medium.plays and medium.muted and not medium.controls:
            continue
        name = file_name(medium)
        if has_no_sound(medium):
            yield passed(element)
        elif is_untold(page, medium, element):
            spoken = heard_s(medium.content)
            yield failed(element, f"Somebody speaks for {spoken:.0f} seconds in {name}, and there is no transcript.")
        else:
            yield cant_tell(element, f"Does a text here tell all that is said and shown in {name}?")
