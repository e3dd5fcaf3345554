"""A page in pictures: the focus path over it, its views for other readers, and the places of problems."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import islice
from typing import NamedTuple

from reports.model import PagePicture, PageResult
from reports.text import cut, one_line
from reports.words import counted
from rules.focus_path import FocusStop
from rules.layout import Box
from rules.model import Place, Verdict

STOPS = 100
"""Stops in the table and in the picture; the rest is in results.json."""

LOST = 20
_SEEN_BY = {
    "style": "its look",
    "caret": "a caret to type at",
    "pixels": "pixels in the window",
    "nothing": "nothing changed",
    "unknown": "not found out",
}
_AROUND, _LEAST, _TALLEST = 48.0, (420.0, 160.0), 700.0
"""CSS px that a part of the picture shows around a place, its least width and height, and its greatest height."""

_SIGN = 16.0
"""Half the size of a number's sign in a picture, in CSS px of the page."""


class Row(NamedTuple):
    """A stop of the Tab key in the table; `problem` is empty where none was found."""

    number: int
    name: str
    role: str
    shown: str
    problem: str
    pictured: bool


class Mark(NamedTuple):
    """A stop in the picture: its box, the middle of its number, and what is wrong in a word or two."""

    number: int
    box: Box
    x: float
    y: float
    problem: str


class Shot(NamedTuple):
    """A picture with what it shows, for those who do not see it."""

    file: str
    width: int
    height: int
    alt: str


class Beside(NamedTuple):
    """The page as other readers have it, and under `label` what they do not get of it: `lost`, in sentences."""

    name: str
    shot: Shot
    caption: str
    label: str
    lost: tuple[str, ...]


class PictureView(NamedTuple):
    """What the view of a page shows of it in pictures; `line` are the points that join the numbers."""

    rows: tuple[Row, ...]
    stops: str
    left_out: int
    page: Shot | None
    marks: tuple[Mark, ...]
    line: str
    beside: tuple[Beside, ...]


class Crop(NamedTuple):
    """A part of a page's picture with the box of a place in it; `alt` says what is marked."""

    file: str
    width: int
    height: int
    part: Box
    box: Box
    alt: str


def picture_view(page: PageResult, files: frozenset[str]) -> PictureView | None:
    """The pictures and the focus path of a page, of pictures only those in `files`; None where there is neither."""
    shots = {one.name: one for one in page.pictures if one.file in files and one.width and one.height}
    path = page.focus_path
    if not shots and path is None:
        return None
    stops = list(enumerate(path.stops[:STOPS] if path else (), 1))
    whole = shots.get("page")
    marks = tuple(mark for number, stop in stops if whole and (mark := _mark(number, stop, whole)))
    pictured = {mark.number for mark in marks}
    return PictureView(
        rows=tuple(_row(number, stop, number in pictured) for number, stop in stops),
        stops=_stops(page),
        left_out=len(path.stops) - len(stops) if path else 0,
        page=_whole(whole, marks) if whole else None,
        marks=marks,
        line=" ".join(f"{mark.x:g},{mark.y:g}" for mark in marks),
        beside=tuple(build(shots[name], page) for name, build in _BESIDE.items() if name in shots),
    )


def crop(page: PageResult, place: Place | None, files: frozenset[str], *, what: str) -> Crop | None:
    """The part of the page's picture around a place; None where there is no picture of it."""
    shot = next((one for one in page.pictures if one.name == "page" and one.file in files), None)
    spots = (one for one in page.spots if place and (one.selector, one.frame) == (place.selector, place.frame))
    spot = next(spots, None)
    if shot is None or spot is None or not _is_in(spot.box, shot):
        return None
    x, y, width, height = spot.box
    wide = min(float(shot.width), max(width + 2 * _AROUND, _LEAST[0]))
    tall = min(float(shot.height), max(height + 2 * _AROUND, _LEAST[1]), _TALLEST)
    left = min(max(0.0, x + width / 2 - wide / 2), shot.width - wide)
    top = min(max(0.0, y + min(height, tall) / 2 - tall / 2), shot.height - tall)
    alt = f"Part of the page in which a dashed frame marks {one_line(place.selector, 100) if place else ''}: {what}"
    return Crop(shot.file, shot.width, shot.height, (left, top, wide, tall), spot.box, alt)


def _row(number: int, stop: FocusStop, pictured: bool) -> Row:
    name = one_line(stop.name, 100)
    return Row(
        number,
        name,
        one_line(stop.role, 40),
        _SEEN_BY[stop.shown],
        ", ".join(words for words, _ in _problems(stop)),
        pictured,
    )


def _problems(stop: FocusStop) -> list[tuple[str, str]]:
    """What is wrong at a stop, in words for the table and in a word for the picture."""
    found = {
        ("no sign of the focus", "no sign"): stop.shown == "nothing",
        ("hidden under something", "hidden"): stop.covered,
        ("no key leads away", "trap"): stop.held,
    }
    return [words for words, is_so in found.items() if is_so]


def _mark(number: int, stop: FocusStop, shot: PagePicture) -> Mark | None:
    if not _is_in(stop.box, shot):
        return None
    x = min(max(stop.box[0], _SIGN), shot.width - _SIGN)
    y = min(max(stop.box[1], _SIGN), shot.height - _SIGN)
    return Mark(number, stop.box, x, y, ", ".join(word for _, word in _problems(stop)))


def _is_in(box: Box, shot: PagePicture) -> bool:
    """Whether more than a pixel of a box can be seen in a picture."""
    x, y, width, height = box
    across, down = min(x + width, shot.width) - max(x, 0.0), min(y + height, shot.height) - max(y, 0.0)
    return across > 1 and down > 1


def _stops(page: PageResult) -> str:
    """How often Tab stops, in a sentence."""
    path = page.focus_path
    if path is None:
        return ""
    if not path.stops:
        return "The Tab key stops nowhere on this page."
    more = "" if path.complete else " first"
    return f"These are the{more} {counted(len(path.stops), 'stop')} of the Tab key, in their order."


def _whole(shot: PagePicture, marks: tuple[Mark, ...]) -> Shot:
    says = [f"The page from its top, {shot.width:,} by {shot.height:,} CSS px."]
    if marks:
        says.append(f"{counted(len(marks), 'stop')} of the Tab key are numbered and joined by a line, as in the table.")
    if wrong := sum(bool(mark.problem) for mark in marks):
        says.append(f"Squares mark {counted(wrong, 'stop')} with a problem.")
    return Shot(shot.file, shot.width, shot.height, " ".join(says))


def _narrow(shot: PagePicture, page: PageResult) -> Beside:
    where = f"a window {shot.width:,} CSS px wide"
    alt = f"The page from its top in {where}, {shot.height:,} CSS px tall."
    lost = tuple(_lost(page, "reflow"))
    caption = f"In {where}" if lost else f"In {where}: no text was found that does not fit"
    shown = Shot(shot.file, shot.width, shot.height, alt)
    return Beside("narrow", shown, f"{caption}.", "What does not fit into the narrow window", lost)


def _spaced(shot: PagePicture, page: PageResult) -> Beside:
    caption = "In its own window, with lines, words and letters set further apart."
    alt = f"The page from its top with its text set further apart, {shot.width:,} by {shot.height:,} CSS px."
    shown = Shot(shot.file, shot.width, shot.height, alt)
    label = "What is cut off when text is set further apart"
    return Beside("spaced", shown, caption, label, tuple(_lost(page, "spaced-text")))


def _lost(page: PageResult, rule: str) -> Iterator[str]:
    """What a check found to be lost, or asks about, the first of it."""
    told = (one for one in page.outcomes if one.rule == rule and one.verdict in (Verdict.FAILED, Verdict.CANT_TELL))
    for one in islice(told, LOST):
        asked = "To be looked at: " if one.verdict is Verdict.CANT_TELL else ""
        place = f"{cut(one.target.selector, 100)}: " if one.target else ""
        yield one_line(f"{asked}{place}{one.message}", 300)


_BESIDE: Mapping[str, Callable[[PagePicture, PageResult], Beside]] = {"spaced": _spaced, "narrow": _narrow}
