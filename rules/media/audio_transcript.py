"""Judges whether what is said in a sound can be read."""

from __future__ import annotations

from collections.abc import Iterator

from rules import Outcome, Page, cant_tell, failed, page_rule, passed
from rules.alternatives import file_name, has_no_sound, heard_s, is_met, is_untold


@page_rule(
    title="What is said in a sound can be read",
    why="People who cannot hear get nothing of a sound that is not written down.",
    fix="Put a transcript beside the player, or link to it from there: who speaks, what they say, sounds that matter.",
    wcag=("1.2.1",),
    act=("e7aa44", "2eb176", "afb423"),
    impact="critical",
    scope="component",
    role="content",
    needs=("dom", "media"),
    serves=("hearing", "cognition"),
    serves_source="DHS Trusted Tester v5, test 16.A",
)
def audio_transcript(page: Page) -> Iterator[Outcome]:
    """What is said in an audio element is written on the page or behind a link on it.

    Applies to sounds that play or can be started. The browser decodes the file: it is certain that nothing tells what
    is said where somebody speaks, the page has fewer words than half of one a second, and nothing but navigation leads
    on. Whether a text that may be a transcript is one is for a person to read.
    """
    for medium in page.media.elements if page.media else ():
        element = page.dom.at(medium.node)
        if element is None or medium.kind != "audio" or not is_met(page, medium, element):
            continue
        name = file_name(medium)
        if has_no_sound(medium):
            yield passed(element)
        elif is_untold(page, medium, element) and not page.dom.by_tag("video"):
            spoken = heard_s(medium.content)
            yield failed(element, f"Somebody speaks for {spoken:.0f} seconds in {name}, and no text here says it.")
        else:
            yield cant_tell(element, f"Is all that is said in {name} written on this page or behind a link beside it?")
