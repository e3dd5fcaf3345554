"""What lies behind a text: the colours that show through, and why that is not certain where it is not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from rules.background import layers
from rules.colour import NOTHING, WHITE, Colour, on_screen
from rules.element import Element
from rules.layout import Box
from rules.surfaces import Around, Surface, Surfaces

TOLERANCE = 1.0
"""CSS px by which a text may stick out of a box that counts as being behind all of it."""


class Backdrop(NamedTuple):
    """The colour of a text as it looks, the darkest and lightest that lies behind it, and what makes that uncertain.

    `doubt` is empty where the colours are certain, otherwise a word of `rules.contrast.DOUBTS`. `hidden` is true
    where something opaque lies over all of the text.
    """

    text: Colour
    darkest: Colour
    lightest: Colour
    doubt: str = ""
    hidden: bool = False


@dataclass(slots=True)
class _Stack:
    """Layers collected from the text outwards. Groups with an opacity make text and background fainter together."""

    text: Colour
    darkest: Colour = NOTHING
    lightest: Colour = NOTHING
    doubt: str = ""
    ground: Element | None = None
    thin: bool = False

    def under(self, darkest: Colour, lightest: Colour) -> None:
        self.thin = self.thin or 0 < darkest.alpha < 1
        if darkest != lightest and self.text.alpha < 1:
            self.doubt = self.doubt or "picture"
        self.text = self.text.over(darkest)
        self.darkest, self.lightest = self.darkest.over(darkest), self.lightest.over(lightest)

    @property
    def is_closed(self) -> bool:
        return self.darkest.alpha >= 1


def backdrop(element: Element, ink: Colour, lines: list[Box], surfaces: Surfaces) -> Backdrop:
    """What lies behind the lines of a text that stands directly in an element.

    The backgrounds of the elements around it count where they reach behind all lines. What else is painted at
    the same place makes it uncertain, unless it is certain to lie below those backgrounds or to cover the text.
    """
    around = surfaces.around(element)
    stack = _Stack(ink, doubt="effect" if around.effect else "")
    _look_out(stack, element, lines, surfaces, around)
    if not stack.is_closed:
        stack.under(WHITE, WHITE)
    hidden = _look_around(stack, element, lines, surfaces, around)
    return Backdrop(on_screen(stack.text), on_screen(stack.darkest), on_screen(stack.lightest), stack.doubt, hidden)


def _look_out(stack: _Stack, element: Element, lines: list[Box], surfaces: Surfaces, around: Around) -> None:
    """Collect the backgrounds of the element and of all around it, until nothing shines through any more."""
    beyond = not _shows(element, around.scroller, lines)
    current = element.dom.at(around.painter)
    while current is not None and (around.faded or not stack.is_closed):
        look = surfaces.looks.of(current)
        if look.paints and not stack.is_closed:
            # What scrolls brings the text before its own background; a frame lies in the page as a whole.
            whole = current.node.frame != element.node.frame or (beyond and current.index <= around.scroller)
            whole = whole or _is_canvas(current)
            if look.solid and (whole or _reach(current.box, lines) >= 1):
                stack.under(look.solid, look.solid)
                stack.ground = current
            else:
                _lay(stack, current, lines, whole=whole)
        if not stack.is_closed and (look.hazy or look.position == "fixed"):
            stack.doubt = stack.doubt or "overlap"
        if look.opacity < 1:
            _fade(stack, look.opacity)
        above = current.parent
        current = None if above is None else element.dom.at(surfaces.around(above).painter)


def _lay(stack: _Stack, element: Element, lines: list[Box], *, whole: bool) -> None:
    """Put an element's background below what was collected; `whole` where it is behind all of the text for certain."""
    for layer in layers(element):
        reach = 1.0 if whole and layer.box == element.box else _reach(layer.box, lines)
        if reach <= 0:
            continue
        if layer.ends is None:
            stack.doubt = stack.doubt or "picture"
        elif reach < 1:
            stack.doubt = stack.doubt or "partly"
        stack.under(*(layer.ends or (WHITE, WHITE)))
        if stack.is_closed:
            stack.ground = element
            return


def _fade(stack: _Stack, opacity: float) -> None:
    stack.text, stack.darkest, stack.lightest = (
        layer.fainter(opacity) for layer in (stack.text, stack.darkest, stack.lightest)
    )
    stack.ground = None


def _look_around(stack: _Stack, element: Element, lines: list[Box], surfaces: Surfaces, around: Around) -> bool:
    """Whether something opaque covers the text; what else lies at the same place becomes a doubt."""
    scroller, travels, *_ = around
    ground, own = stack.ground, element.node
    below = (ground.node.paint, ground.index) if ground is not None else (-1, -1)
    dom, place = element.dom, element.index
    for line in lines:
        for other in surfaces.at(own.frame, line):
            if (other.paint, other.index) < below or (other.travels and not travels):
                continue
            if place == other.index or place in dom.indices_below(other.index):
                continue
            at = dom.at(other.index)
            if scroller >= 0 and at is not None and surfaces.around(at).scroller != scroller:
                continue
            if other.paint > own.paint and other.hides and all(_reach(other.box, [one]) >= 1 for one in lines):
                return True
            if not _is_same(other, stack):
                stack.doubt = stack.doubt or "overlap"
    return False


def _is_same(other: Surface, stack: _Stack) -> bool:
    """Whether it makes no difference that the surface lies between the text and its background."""
    return other.hides and other.fill == stack.darkest == stack.lightest and not stack.thin


def _is_canvas(element: Element) -> bool:
    """Whether its background covers the whole canvas: the root's, or the body's where the root has none."""
    if element.tag == "html":
        return True
    above = element.parent
    return element.tag == "body" and above is not None and above.tag == "html" and not any(layers(above))


def _shows(element: Element, scroller: int, lines: list[Box]) -> bool:
    """Whether all of the text stands in the open part of what scrolls around it."""
    around = element.dom.at(scroller)
    return around is None or _reach(around.box, lines) >= 1


def _reach(box: Box | None, lines: list[Box]) -> float:
    """1 where the box reaches behind all lines, 0 where behind none, between where behind a part."""
    if box is None:
        return 0.0
    left, top, right, bottom = box[0], box[1], box[0] + box[2], box[1] + box[3]
    inside = outside = 0
    for x, y, width, height in lines:
        across = min(x - left, right - x - width)
        down = min(y - top, bottom - y - height)
        inside += across > -TOLERANCE and down > -TOLERANCE
        beside = max(left - x - width, x - right)
        above = max(top - y - height, y - bottom)
        outside += max(beside, above) >= -TOLERANCE
    return 1.0 if inside == len(lines) else 0.0 if outside == len(lines) else 0.5
