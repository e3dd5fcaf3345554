"""What a page holds that a person may have to look at: counts by kind, small, always stored.

A report says with it "look at these 3 videos for captions", and that there is no video where there is none,
without a browser. What the kinds are called, and which criteria they concern, is data: `rules.standards.concerns`.
"""

from __future__ import annotations

from dataclasses import dataclass

from rules.element import Element
from rules.holdings import HOLDINGS, Look
from rules.page import Page

SOUGHT = ("videos", "audio", "live", "players", "files", "maps", "moving", "shortcuts", "refreshes", "languages")
"""Kinds of which each place has to be looked at; they are named first."""

PLACES = 3
"""Places that are named of each kind that is sought; of the others one."""

PLACE_LENGTH = 80
BUDGET = 900
"""How many bytes an inventory may take as JSON: places that do not fit are only counted."""

_OF_A_KIND, _OF_PLACES, _OF_A_PLACE = 20, 12, 3
"""What a kind, its list of places and a place take beside their texts."""

MANY = frozenset({"headings", "links", "buttons", "fields", "pictures", "ignored-pictures", "sensors"})
"""Kinds of which no place is named: there are too many, and to know the page is enough."""


@dataclass(frozen=True, slots=True)
class Held:
    """How much of one kind a page holds, and the first places: an address, a tag of a language, or a selector."""

    kind: str
    count: int
    places: tuple[str, ...] = ()


def inventory(page: Page) -> tuple[Held, ...]:
    """What the page holds, in the order of the kinds' ids; a kind of which there is nothing is left out."""
    look = Look(page)
    every = {kind: list(HOLDINGS[kind](look)) for kind in sorted(HOLDINGS)}
    left = BUDGET - sum(_OF_A_KIND + len(kind) for kind, found in every.items() if found)
    named: dict[str, list[str]] = {}
    for kind in dict.fromkeys((*SOUGHT, *(name for name in every if name not in MANY))):
        for place in dict.fromkeys(map(_place, every[kind][: PLACES if kind in SOUGHT else 1])):
            size = len(place.encode("utf-8", "replace")) + (_OF_A_PLACE if kind in named else _OF_A_PLACE + _OF_PLACES)
            if size <= left:
                named.setdefault(kind, []).append(place)
                left -= size
    return tuple(Held(kind, len(found), tuple(named.get(kind, ()))) for kind, found in every.items() if found)


def _place(found: str | Element) -> str:
    text = found if isinstance(found, str) else found.selector
    return text if len(text) <= PLACE_LENGTH else text[: PLACE_LENGTH - 1] + "…"
