"""Pictures of numbers that stand in a table before them; every value is written beside its mark."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reports.text import cut

WIDTH = 600
ROW = 28
_LABEL, _RIGHT = 170, 90
_ROOM = WIDTH - _LABEL - _RIGHT
LONGEST_LABEL = 24


@dataclass(frozen=True, slots=True)
class Bar:
    """A row with a bar: where its middle lies, how long the bar is, and the value in words."""

    label: str
    y: int
    width: int
    value: str


@dataclass(frozen=True, slots=True)
class Ends:
    """A row with two scores: where the earlier and the later stand, and their likely ranges, where there are such."""

    label: str
    y: int
    before: int | None
    after: int | None
    before_range: tuple[int, int] | None
    after_range: tuple[int, int] | None
    value: str


@dataclass(frozen=True, slots=True)
class Chart:
    """A picture with its size, its name and what it shows in a sentence."""

    title: str
    description: str
    height: int
    bars: tuple[Bar, ...] = ()
    ends: tuple[Ends, ...] = ()
    start: int = _LABEL
    stop: int = _LABEL + _ROOM


def bar_chart(rows: Sequence[tuple[str, int]], *, title: str, description: str) -> Chart:
    """A bar for each label and number, the longest as long as there is room."""
    most = max((number for _, number in rows), default=0)
    bars = tuple(
        Bar(cut(label, LONGEST_LABEL), _middle(place), _ROOM * number // most if most else 0, f"{number:,}")
        for place, (label, number) in enumerate(rows)
    )
    return Chart(title, description, ROW * len(rows), bars=bars)


@dataclass(frozen=True, slots=True)
class Scored:
    """A service with its scores from 0 to 100 at both ends, and their likely ranges."""

    label: str
    before: float | None
    after: float | None
    before_range: tuple[float, float] | None = None
    after_range: tuple[float, float] | None = None


def ends_chart(rows: Sequence[Scored], *, title: str, description: str) -> Chart:
    """Two marks for each service on a line from 0 to 100."""
    ends = tuple(
        Ends(
            cut(row.label, LONGEST_LABEL),
            _middle(place),
            _at(row.before),
            _at(row.after),
            _span(row.before_range),
            _span(row.after_range),
            " → ".join("none" if score is None else f"{score:.0f}" for score in (row.before, row.after)),
        )
        for place, row in enumerate(rows)
    )
    return Chart(title, description, ROW * len(rows), ends=ends)


def _middle(place: int) -> int:
    return ROW * place + ROW // 2


def _at(score: float | None) -> int | None:
    return None if score is None else _LABEL + round(_ROOM * score / 100)


def _span(found: tuple[float, float] | None) -> tuple[int, int] | None:
    if found is None:
        return None
    low, high = (_LABEL + round(_ROOM * score / 100) for score in found)
    return low, max(high - low, 1)
