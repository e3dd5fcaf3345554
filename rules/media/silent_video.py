"""Judges whether what a video without sound shows is told as well."""

from __future__ import annotations

from collections.abc import Iterator

from rules import Element, Outcome, Page, cant_tell, failed, page_rule, passed
from rules.alternatives import file_name, has_no_sound, is_met, is_still, leads_on, telling_words
from rules.evidence.media import Medium

_FEWEST_WORDS = 5
"""Fewer do not tell what happens in a film."""


@page_rule(
    title="What videos without sound show is told in text or sound",
    why="People who cannot see get nothing of a video without sound.",
    fix="Describe beside the video what happens in it, or add a sound that tells it.",
    wcag=("1.2.1",),
    act=("c3232f", "fd26cf", "d7ba54", "ee13b5"),
    impact="serious",
    scope="component",
    role="content",
    needs=("dom", "media"),
    serves=("without-vision", "limited-vision", "cognition"),
    serves_source="DHS Trusted Tester v5, test 16.B",
)
def silent_video(page: Page) -> Iterator[Outcome]:
    """What can be seen in a video without sound is told by a text or a sound beside it.

    Applies to videos that play or can be started and whose file, decoded by the browser, holds nothing to hear. It is
    certain that nothing tells what they show where the page has no other sound, hardly a word beside headings and
    controls, and nothing but navigation leads on. Whether a text there tells it is for a person to compare.
    """
    for medium in page.media.elements if page.media else ():
        element = page.dom.at(medium.node)
        if element is None or medium.kind != "video" or not is_met(page, medium, element) or not has_no_sound(medium):
            continue
        name = file_name(medium)
        if is_still(medium):
            yield passed(element)
        elif medium.controls and _is_untold(page, medium, element):
            yield failed(element, f"Nothing on this page tells what {name}, a video without sound, shows.")
        else:
            question = f"Is what {name} shows told in text or sound beside it, or is it decoration without a meaning?"
            yield cant_tell(element, question)


def _is_untold(page: Page, medium: Medium, element: Element) -> bool:
    media = page.media.elements if page.media else ()
    others = any(not has_no_sound(other) and not other.failed for other in media)
    has_words = telling_words(page, element) >= _FEWEST_WORDS or any(track.words for track in medium.tracks)
    return not others and not has_words and not leads_on(page, medium)
