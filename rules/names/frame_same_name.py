"""Judges whether frames of one name show the same."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations

from rules import Element, Outcome, Page, cant_tell, failed, page_rule, passed, short, words
from rules.evidence.dom import Frame
from rules.links import place
from rules.naming import says_something

_ENOUGH = 3
"""Words in each of two frames from which it can be told that they show different things."""

_ALIKE, _DIFFERENT = 0.9, 0.5
"""Shares of the words of two frames that are in both, from which they show the same and up to which they do not."""

_FOR_OTHERS = frozenset(
    {
        *(
            "ad",
            "ads",
            "advert",
            "advertisement",
            "advertising",
            "sponsored",
            "promotion",
            "anzeige",
            "werbung",
            "publicidad",
        )
    }
    | {"publicité", "pubblicità", "video", "player", "tweet", "post", "widget", "map"}
)
"""Names of frames that are for anything of a kind: what they show differs and still serves one purpose."""


@page_rule(
    title="Frames with the same name show the same",
    why="People who cannot see choose a frame by its name, and do not learn that these hold different things.",
    fix="Give each iframe a title that tells what it shows.",
    wcag=("4.1.2",),
    act=("4b1c6c",),
    impact="moderate",
    scope="component",
    role="development",
    serves=("without-vision", "limited-vision", "cognition"),
    serves_source="DHS Trusted Tester v5, test 12.D",
    replaces=("frame-title-unique",),
)
def frame_same_name(page: Page) -> Iterator[Outcome]:
    """Frames that have the same name show the same document, or one with the same content.

    Applies to iframes of one document that assistive technology meets and that share a name; case and space do not
    count. Fails where the documents have different addresses and titles, and half of their words differ. What could
    not be read, shows no text or differs a little is a question.
    """
    frames = {frame.owner: frame for frame in page.dom.snapshot.frames}
    named: defaultdict[str, list[Element]] = defaultdict(list)
    for element in page.dom.by_tag("iframe", "frame"):
        if element.exposed and says_something(element.name) and element.get("tabindex").strip() != "-1":
            named[" ".join(element.name.casefold().split())].append(element)
    for same in named.values():
        worst = max((_difference(one, other, frames) for one, other in combinations(same, 2)), default=-1)
        if worst == 0:
            yield passed(same[0])
        elif worst == 1:
            yield cant_tell(same[0], f"Do all {len(same)} frames named “{short(same[0].name)}” serve the same purpose?")
        elif worst == 2:
            yield failed(same[0], f"The {len(same)} frames named “{short(same[0].name)}” show different things.")


def _difference(one: Element, other: Element, frames: dict[int, Frame]) -> int:
    """0 where two frames show the same, 2 where they do not, 1 where that is not certain."""
    mine, others = frames.get(one.index), frames.get(other.index)
    same_source = place(one.href or one.get("src")) == place(other.get("src")) and one.has("src")
    if (same_source and not one.has("srcdoc")) or (mine and others and _where(mine) == _where(others)):
        return 0
    if mine is None or others is None or mine.gap or others.gap:
        return 1
    left, right = words(one.text), words(other.text)
    shared = len(set(left) & set(right)) / max(1, len(set(left) | set(right)))
    if shared >= _ALIKE:
        return 0
    is_known = min(len(left), len(right)) >= _ENOUGH and not _FOR_OTHERS & set(words(one.name))
    return 2 if is_known and shared <= _DIFFERENT and (not mine.title or mine.title != others.title) else 1


def _where(frame: Frame) -> str:
    """The document's address; the frame's own number where it was written into the page."""
    return str(frame.root) if frame.url.startswith("about:") else place(frame.url)
