"""Where the places of problems lie in a picture of the page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from rules.dom import Dom
from rules.layout import Box, is_area
from rules.model import PageOutcome, Verdict
from rules.page import Page

MOST = 200
"""Places of one page; the rest has no picture of its own."""

_TOLD = (Verdict.FAILED, Verdict.CANT_TELL)


@dataclass(frozen=True, slots=True)
class Spot:
    """A place that an outcome names, by `selector` and `frame`; `box` is x, y, width, height in CSS px of the page."""

    selector: str
    frame: str
    box: Box


def spots(page: Page, outcomes: Iterable[PageOutcome]) -> tuple[Spot, ...]:
    """Where the first places of problems and questions lie, in document order; what has no area lies nowhere."""
    wanted = {(one.target.frame, one.target.selector) for one in outcomes if one.target and one.verdict in _TOLD}
    found: list[Spot] = []
    for element in page.dom.elements:
        if not wanted or len(found) == MOST:
            break
        if element.box is None or (place := (element.frame, element.selector)) not in wanted:
            continue
        wanted.discard(place)
        if is_area(element.box):
            found.append(Spot(place[1], place[0], on_page(page.dom, element.node.frame, element.box)))
    return tuple(found)


def on_page(dom: Dom, frame: int, box: Box) -> Box:
    """A box of a frame's document where it lies on the page, in whole CSS px; frames count as not scrolled."""
    x, y, width, height = box
    while frame > 0:
        owner = dom.at(dom.snapshot.frames[frame].owner)
        if owner is None or owner.box is None:
            break
        x, y, frame = x + owner.box[0], y + owner.box[1], owner.node.frame
    return (float(round(x)), float(round(y)), float(round(width)), float(round(height)))
