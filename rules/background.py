"""The layers of an element's background: which part of its box each one fills, and with what."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from rules.colour import Colour, colour, gradient_range
from rules.element import Element
from rules.layout import Box

_TOKEN = re.compile(r"\"(?:[^\"\\]|\\.)*\"|[(),]|[^\"(),]+")
_WORDS = re.compile(r"calc\([^()]*\)|\S+")
_LENGTH = re.compile(r"(?:calc\()?(?:(?P<share>-?[\d.]+)%)?(?: (?P<sign>[+-]) )?(?:(?P<pixels>-?[\d.]+)px)?\)?")
_REPEATS = {"repeat-x": ["repeat", "no-repeat"], "repeat-y": ["no-repeat", "repeat"]}


class Layer(NamedTuple):
    """One layer: the box that it fills at most, the darkest and lightest colour in it, None for a picture."""

    box: Box
    ends: tuple[Colour, Colour] | None


def layers(element: Element) -> Iterator[Layer]:
    """The layers of an element's background from the one that people see first; the colour is the last."""
    if element.box is None or element.style("background-clip") == "text":
        return
    images = element.style("background-image")
    if images not in ("none", ""):
        places = zip(
            _parts(images),
            _repeated(element, "background-size"),
            _repeated(element, "background-position"),
            _repeated(element, "background-repeat"),
            strict=False,
        )
        for image, size, position, repeat in places:
            box = _filled(element.box, size, position, repeat)
            if image != "none" and box[2] > 0 and box[3] > 0:
                yield Layer(box, gradient_range(image))
    fill = colour(element.style("background-color"))
    if fill is None or fill.alpha > 0:
        yield Layer(element.box, None if fill is None else (fill, fill))


def _parts(value: str) -> tuple[str, ...]:
    """The parts of a list; commas in brackets and quotes belong to a part."""
    if "," not in value:
        return (value,)
    depth, parts = 0, [""]
    for token in _TOKEN.findall(value):
        depth += (token == "(") - (token == ")")
        if token == "," and depth == 0:
            parts.append("")
        else:
            parts[-1] += token
    return tuple(map(str.strip, parts))


def _repeated(element: Element, name: str) -> tuple[str, ...]:
    """A list of the layers' values; the browser repeats a list that is shorter than that of the images."""
    values = _parts(element.style(name) or "auto")
    count = len(_parts(element.style("background-image")))
    return (values * count)[:count]


def _filled(box: Box, size: str, position: str, repeat: str) -> Box:
    """The part of the box in which an image is painted; the whole box where that cannot be known."""
    wide, high = _pair(size)
    across, down = _pair(position)
    repeats = _REPEATS.get(repeat) or _pair(repeat)
    x, width = _span(box[0], box[2], (wide, across, repeats[0]))
    y, height = _span(box[1], box[3], (high, down, repeats[1]))
    return (x, y, width, height)


def _pair(value: str) -> list[str]:
    """What is said for the two axes; one word is for both."""
    return (_WORDS.findall(value) * 2)[:2] or ["", ""]


def _span(start: float, whole: float, told: tuple[str, str, str]) -> tuple[float, float]:
    """Start and length of the painted part along one axis, from its size, position and way to repeat; in CSS px."""
    size, position, repeat = told
    own, place = _length(size), _length(position)
    if own is None:
        return start, whole
    length = whole * own[0] + own[1]
    if length <= 0:
        return start, 0.0
    if place is None or repeat != "no-repeat":
        return start, whole
    offset = (whole - length) * place[0] + place[1]
    begin, end = max(0.0, offset), min(whole, offset + length)
    return start + begin, max(0.0, end - begin)


def _length(value: str) -> tuple[float, float] | None:
    """A computed length as a share of the whole and CSS px beside it; None for words."""
    found = _LENGTH.fullmatch(value)
    if found is None:
        return None
    share, sign, pixels = found["share"], found["sign"] or "+", found["pixels"]
    return float(share or 0) / 100, float(pixels or 0) * (-1 if sign == "-" else 1)
