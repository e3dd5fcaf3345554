"""Where a crawl would never end: calendars, filters, session ids, counters and folders inside themselves.

Endless addresses come from pages that lead on to more of their own kind and to nothing else. So only that is
bounded: addresses found on a page of the same family, while the family's pages bring nothing new. A list of
any length whose pages lead to articles goes on, and links on any other page are followed however many there
are: 5,000 articles on 500 pages of a list are all found. What is left out here is left out for now: found
again when the family has led somewhere, it is let in.

The bounds are counted in the order in which links are let in, so every run of a scan decides alike.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from scanner.crawl.shape import TOKEN, Shape

Kind = Literal["loop", "calendar", "filters", "session", "counter", "copies"]
Place = tuple[str, ...]

FOR_NOTHING = 100
"""How many dates of a calendar, and combinations of filters, are let in that lead nowhere else."""
FOR_SOMETHING = 10
"""How many more of them for each page of theirs that led somewhere."""
MOST_STEPS = 60
"""How many pages in a row may lead to nothing but the next of their kind."""
SECOND_IDS = 20
"""How many pages are let in under a second id, before it is known whether they differ from those under the first."""
ENOUGH_COMPARED = 5
"""How many pages under a second id tell whether ids mean anything."""
ENOUGH_COPIES = 30
MOST_DIFFERENT = 0.1
"""A kind of address is left out when so many of its pages were looked at, and so few of them differ."""

WHY: dict[Kind, str] = {
    "loop": "the folders repeat themselves",
    "calendar": "a calendar leads on to ever more dates and to nothing new",
    "filters": "filters of a list are combined in ever more ways and lead to nothing new",
    "session": "the same pages come again under ever more ids",
    "counter": "each page leads to the next of its kind and to nothing else",
    "copies": "nearly all pages at such addresses show the same",
}


class Cut(NamedTuple):
    """An address that was left out, why, and the pattern of addresses that it belongs to."""

    url: str
    kind: Kind
    pattern: str


class _Seen(NamedTuple):
    """What was first seen below an id: the id, and what it shows once the page was looked at."""

    token: str
    content: str


@dataclass
class TrapWatch:
    """What one crawl has met of each family of addresses so far.

    `expand` and `replay` are called once for each page, in the order in which the pages' links are let in.
    """

    _steps: dict[str, int] = field(default_factory=dict)
    _spent: Counter[tuple[Kind, Place]] = field(default_factory=Counter)
    _gains: Counter[Place] = field(default_factory=Counter)
    _content: defaultdict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    _first: dict[Place, _Seen] = field(default_factory=dict)
    _same: Counter[Place] = field(default_factory=Counter)
    _different: Counter[Place] = field(default_factory=Counter)

    def expand(self, page: str, fresh: Sequence[str], *, content: str = "") -> tuple[Cut, ...]:
        """Which of the new addresses on a page are left out.

        `content` is the same for pages that show the same, empty where that is not known; `fresh` are
        normalised addresses that the crawl does not know yet.
        """
        cuts: list[Cut] = []

        def trap(here: Shape, found: Shape, kind: Kind | None) -> Kind | None:
            why = self._trap(here, found, kind)
            if why:
                cuts.append(Cut(found.url, why, found.pattern))
            return why

        self._go_through(page, fresh, content, trap)
        return tuple(cuts)

    def replay(self, page: str, admitted: Sequence[str], *, content: str = "") -> None:
        """Remember what an earlier run let in from a page, as `expand` would have."""
        self._go_through(page, admitted, content, lambda *_: None)

    def _go_through(
        self,
        page: str,
        urls: Iterable[str],
        content: str,
        trap: Callable[[Shape, Shape, Kind | None], Kind | None],
    ) -> None:
        here = Shape.of(page)
        self._learn(here, content)
        found = [(shape, _relation(here, shape)) for shape in map(Shape.of, urls)]
        # What leads elsewhere comes first: it decides what the page is worth.
        elsewhere = [shape for shape, kind in found if kind is None and trap(here, shape, None) is None]
        self._gains[here.family] += bool(elsewhere)
        for shape in elsewhere:
            self._know_id(shape)
        for shape, kind in found:
            if kind is not None and trap(here, shape, kind) is None:
                self._count(here, shape, kind, gain=bool(elsewhere))

    def _trap(self, here: Shape, found: Shape, kind: Kind | None) -> Kind | None:
        if found.repeats:
            return "loop"
        if self._is_full_of_copies(found.pattern):
            return "copies"
        if kind in ("calendar", "filters"):
            allowed = FOR_NOTHING + FOR_SOMETHING * self._gains[here.family]
            return kind if self._spent[kind, here.family] >= allowed else None
        if kind == "session":
            return kind if self._comes_again(found) else None
        if kind == "counter":
            return kind if self._steps.get(here.url, 0) >= MOST_STEPS else None
        return None

    def _count(self, here: Shape, found: Shape, kind: Kind, *, gain: bool) -> None:
        if kind == "session":
            self._spent[kind, _prefix(found)] += self._know_id(found) != _token(found)
        elif kind == "counter":
            self._steps[found.url] = self._steps.get(here.url, 0) + (not gain)
        else:
            self._spent[kind, here.family] += 1

    def _know_id(self, shape: Shape) -> str:
        """The id under which a page was first met; empty for a page without one."""
        return self._first.setdefault(_below(shape), _Seen(_token(shape), "")).token if shape.token_at >= 0 else ""

    def _learn(self, here: Shape, content: str) -> None:
        if not content:
            return
        if here.varies:
            self._content[here.pattern][content] += 1
        if here.token_at >= 0:
            below, token = _below(here), _token(here)
            first = self._first.get(below)
            if first is None or first.token == token:
                self._first[below] = _Seen(token, content)
            elif first.content:
                (self._same if first.content == content else self._different)[_prefix(here)] += 1

    def _is_full_of_copies(self, pattern: str) -> bool:
        seen = self._content.get(pattern)
        return seen is not None and seen.total() >= ENOUGH_COPIES and len(seen) <= MOST_DIFFERENT * seen.total()

    def _comes_again(self, found: Shape) -> bool:
        """Whether a page is known under another id, and ids are known or not yet known to mean nothing."""
        first = self._first.get(_below(found))
        if first is None or first.token == _token(found):
            return False
        place = _prefix(found)
        if self._same[place] + self._different[place] >= ENOUGH_COMPARED:
            return self._same[place] >= self._different[place]
        return self._spent["session", place] >= SECOND_IDS


def _relation(here: Shape, found: Shape) -> Kind | None:
    """In what way an address is one more of the page's own kind; None where it leads elsewhere."""
    place = here.token_at
    if place >= 0 and place == found.token_at and here.skeleton[:place] == found.skeleton[:place]:
        return "session" if here.site == found.site and _token(here) != _token(found) else None
    if here.family != found.family:
        return None
    if found.is_dated:
        return "calendar"
    if here.is_dated:
        return None
    if found.filters_like(here):
        return "filters"
    return "counter" if found.varies else None


def _token(shape: Shape) -> str:
    return shape.segments[shape.token_at]


def _prefix(shape: Shape) -> Place:
    return (shape.site, *shape.skeleton[: shape.token_at])


def _below(shape: Shape) -> Place:
    """An address without its id."""
    place = shape.token_at
    query = tuple(f"{name}={value}" for name, value in shape.pairs)
    return (shape.site, *shape.segments[:place], TOKEN, *shape.segments[place + 1 :], *query)
