"""What a page paints besides text: backgrounds and pictures, by place, so that what lies at a text is found fast."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from rules.background import Layer, layers
from rules.colour import Colour
from rules.dom import Dom
from rules.element import Element
from rules.layout import Box, overlap, window
from rules.looks import Look, Looks

PICTURES = frozenset({"img", "video", "canvas", "svg", "iframe", "object", "embed"})
_TRAVELLING = frozenset({"fixed", "sticky"})
_CANVAS = frozenset({"html", "body"})
_ALL: Box = (-1e9, -1e9, 2e9, 2e9)
_BAND = 256.0
_BANDS = 16


@dataclass(frozen=True, slots=True)
class Surface:
    """A box that paints something: `fill` is its colour, None for a picture; `travels` when scrolling moves it."""

    index: int
    box: Box
    paint: int
    fill: Colour | None
    travels: bool

    @property
    def hides(self) -> bool:
        """Whether nothing shines through."""
        return self.fill is not None and self.fill.alpha >= 1


class Around(NamedTuple):
    """What an element and those around it do to its place and colours.

    `scroller` is the index of the nearest around it that scrolls, -1 for the window; `travels`, whether it moves with
    the window; `painter`, the index of the nearest, from itself, of which something is seen behind its content, -1 for
    none; `faded` and `effect`, whether an opacity or an effect changes the colours.
    """

    scroller: int = -1
    travels: bool = False
    painter: int = -1
    faded: bool = False
    effect: bool = False


class Surfaces:
    """The surfaces of a page by frame and height; boxes are cut to what shows before anything is scrolled."""

    def __init__(self, dom: Dom) -> None:
        self.looks = Looks()
        self._dom = dom
        self._around: dict[int, Around] = {}
        self._rows: defaultdict[tuple[int, int], list[Surface]] = defaultdict(list)
        self._tall: defaultdict[int, list[Surface]] = defaultdict(list)
        for index, node in enumerate(dom.nodes):
            element = dom.at(index)
            if element is not None and node.box is not None and element.tag not in _CANVAS:
                look = self.looks.of(element)
                if look.visible and (look.paints or element.tag in PICTURES or element.tag == "input"):
                    for layer in _painted(element, look):
                        self._add(element, layer)

    def _add(self, element: Element, layer: Layer) -> None:
        around = self.around(element)
        scroller = self._dom.at(around.scroller)
        port = scroller.box if scroller is not None and scroller.box else _ALL
        box = overlap(overlap(layer.box, window(element).of(element)), port)
        if box[2] <= 1 or box[3] <= 1:
            return
        fill = layer.ends[0] if layer.ends and layer.ends[0] == layer.ends[1] else None
        surface = Surface(element.index, box, element.node.paint, fill, around.travels)
        first, last = int(box[1] // _BAND), int((box[1] + box[3]) // _BAND)
        if last - first > _BANDS:
            self._tall[element.node.frame].append(surface)
            return
        for band in range(first, last + 1):
            self._rows[element.node.frame, band].append(surface)

    def at(self, frame: int, box: Box) -> Iterator[Surface]:
        """The surfaces that share more than a pixel with a box; one can come more than once."""
        first, last = int(box[1] // _BAND), int((box[1] + box[3]) // _BAND)
        for band in range(first, min(last, first + _BANDS) + 1):
            for surface in self._rows.get((frame, band), ()):
                if _meet(surface.box, box):
                    yield surface
        for surface in self._tall.get(frame, ()):
            if _meet(surface.box, box):
                yield surface

    def around(self, element: Element) -> Around:
        """What an element and those around it do to its place and colours."""
        known = self._around
        waiting: list[Element] = []
        current: Element | None = element
        while current is not None and current.index not in known:
            waiting.append(current)
            current = current.parent
        outside = Around() if current is None else known[current.index]
        above = current
        for below in reversed(waiting):
            outside = known[below.index] = self._inside(below, above, outside)
            above = below
        return known[element.index]

    def _inside(self, element: Element, above: Element | None, outside: Around) -> Around:
        look = self.looks.of(element)
        scroller, travels = -1, False
        if above is not None and above.node.frame == element.node.frame:
            scrolls = above.tag not in _CANVAS and self.looks.of(above).scrolls
            if look.plain and not scrolls:
                return outside
            scroller, travels = above.index if scrolls else outside.scroller, outside.travels
        return Around(
            -1 if look.position == "fixed" else scroller,
            travels or look.position in _TRAVELLING,
            outside.painter if look.bare else element.index,
            outside.faded or look.opacity < 1,
            outside.effect or look.effect,
        )


def _painted(element: Element, look: Look) -> Iterator[Layer]:
    """What an element paints besides text: the layers of its background, or its picture."""
    if element.tag in PICTURES or (element.tag == "input" and element.get("type").lower() == "image"):
        assert element.box is not None
        yield Layer(element.box, None)
    elif look.paints:
        yield from layers(element)


def _meet(one: Box, other: Box) -> bool:
    across = min(one[0] + one[2], other[0] + other[2]) - max(one[0], other[0])
    down = min(one[1] + one[3], other[1] + other[3]) - max(one[1], other[1])
    return across > 1 and down > 1
