"""Judges whether videos have captions for what is said."""

from __future__ import annotations

from collections.abc import Iterator

from rules import Element, Outcome, Page, cant_tell, failed, page_rule, passed, words
from rules.alternatives import LEAST_SPEECH_S, file_name, has_no_sound, heard_s, is_met, is_untold
from rules.evidence.media import Medium, Track
from rules.speech import speech_end_s

_CAPTIONS = frozenset({"captions", "subtitles"})
_LEAST_REST_S = 10.0
_LEAST_PART = 0.7
"""Captions end too early when they leave out this many seconds, and more of the speech than this leaves."""

_FEWEST_WORDS = 2
_FEWEST_PICTURES = 2
"""Of six, each taken where its part of the film is loudest: a title shows in one, captions in nearly all."""


@page_rule(
    title="Videos have captions",
    why="People who cannot hear do not get what is said in the video.",
    fix="Add a track element with kind=“captions” whose file holds all that is said and the sounds that matter.",
    wcag=("1.2.2",),
    act=("eac66b", "f51b46"),
    impact="critical",
    scope="component",
    role="content",
    needs=("dom", "media"),
    serves=("hearing", "cognition"),
    serves_source="DHS Trusted Tester v5, test 17.A",
    replaces=("video-caption",),
)
def video_captions(page: Page) -> Iterator[Outcome]:
    """A video in which somebody speaks has captions, as a text track or in its pictures.

    Applies to videos with sound that play or can be started. It is certain that captions are missing where their file
    does not load, holds no words or ends long before the speech; and where there is no track, the browser's own
    controls play the video, hardly a picture taken while it is loud holds words, and nothing on the page can stand in.
    Whether captions say what is said is for a person to hear.
    """
    for medium in page.media.elements if page.media else ():
        element = page.dom.at(medium.node)
        if element is None or medium.kind != "video" or not is_met(page, medium, element):
            continue
        if medium.plays and medium.muted and not medium.controls:
            continue
        yield passed(element) if has_no_sound(medium) else _judged(page, medium, element)


def _judged(page: Page, medium: Medium, element: Element) -> Outcome:
    name = file_name(medium)
    captions = [track for track in medium.tracks if track.kind in _CAPTIONS]
    faults = [_fault(track, medium) for track in captions]
    if faults and all(faults):
        return failed(element, f"The captions of {name} {faults[0]}.")
    if captions:
        return cant_tell(element, f"Do the captions of {name} tell all that is said and the sounds that matter?")
    lettering = (medium.content.lettering or ()) if medium.content else ()
    if sum(len(words(text)) >= _FEWEST_WORDS for text in lettering) >= _FEWEST_PICTURES:
        return cant_tell(element, f"Are the words that can be seen in {name} captions for all that is said?")
    was_read = medium.content is not None and medium.content.lettering is not None
    if was_read and medium.controls and is_untold(page, medium, element):
        spoken = heard_s(medium.content)
        return failed(element, f"Somebody speaks for {spoken:.0f} seconds in {name}, and there are no captions.")
    return cant_tell(element, f"Does {name} have captions for all that is said, or nothing to hear that matters?")


def _fault(track: Track, medium: Medium) -> str:
    """What is wrong with captions for certain, empty for nothing."""
    if track.state == "failed":
        return "cannot be loaded"
    spoken = heard_s(medium.content)
    if track.state != "loaded" or medium.content is None or spoken < LEAST_SPEECH_S:
        return ""
    if not track.words:
        return f"hold no words, and somebody speaks for {spoken:.0f} seconds"
    end_s = speech_end_s(medium.content)
    if end_s - track.end_s > _LEAST_REST_S and track.end_s < _LEAST_PART * end_s:
        return f"end after {track.end_s:.0f} seconds, and somebody speaks until second {end_s:.0f}"
    return ""
