"""Asks whether what a video shows is told as well."""

from __future__ import annotations

from collections.abc import Iterator

from rules import Outcome, Page, cant_tell, page_rule, passed
from rules.alternatives import file_name, has_no_sound, is_met, is_still


@page_rule(
    title="What videos show is told in sound or text",
    why="People who cannot see hear the sound and miss what only the pictures tell.",
    fix="Say in the sound what matters in the pictures, or offer a version with audio description.",
    wcag=("1.2.3", "1.2.5"),
    act=("c5a4ea", "1ea59c", "1ec09b"),
    impact="serious",
    scope="component",
    role="content",
    needs=("dom", "media"),
    serves=("without-vision", "limited-vision", "cognition"),
    serves_source="DHS Trusted Tester v5, test 17.B",
)
def video_description(page: Page) -> Iterator[Outcome]:
    """What can be seen in a video with sound can be heard as well.

    Applies to videos with sound that play or can be started. One that shows the same picture all the time has nothing
    to describe. Whether the pictures of another tell more than its sound is for a person to see.
    """
    for medium in page.media.elements if page.media else ():
        element = page.dom.at(medium.node)
        if element is None or medium.kind != "video" or not is_met(page, medium, element) or has_no_sound(medium):
            continue
        if medium.plays and medium.muted and not medium.controls:
            continue
        if is_still(medium):
            yield passed(element)
        else:
            name = file_name(medium)
            yield cant_tell(element, f"Does the sound of {name}, or a description beside it, tell all that is shown?")
