"""What of a box can come into view: boxes cut by everything around them that hides what sticks out."""

from __future__ import annotations

from dataclasses import dataclass

from rules.element import Element

Box = tuple[float, float, float, float]

EVERYTHING: Box = (0.0, 0.0, float("inf"), float("inf"))
"""All that can be scrolled to: nothing lies left of a document or above it."""

_HIDING = frozenset({"hidden", "clip"})
_NO_CLIP = frozenset({"", "auto", "none"})


@dataclass(frozen=True, slots=True)
class Window:
    """Where the content of an element can be seen: `flow` for ordinary content, `positioned` for absolute.

    Content that is positioned absolutely escapes from boxes that are not its containing block.
    """

    flow: Box = EVERYTHING
    positioned: Box = EVERYTHING

    def of(self, element: Element) -> Box:
        """The part of the window that an element directly inside is cut to."""
        position = element.style("position")
        if position == "fixed":
            return EVERYTHING
        return self.positioned if position == "absolute" else self.flow

    def inside(self, element: Element) -> Window:
        """The window of the content of an element directly inside."""
        if _is_plain(element):
            return self
        if is_clipped_away(element) or element.style("opacity") == "0":
            return NOWHERE
        cut = self.of(element)
        if element.box and element.style("overflow-x") in _HIDING:
            cut = overlap(cut, element.box)
        positioned = self.positioned if element.style("position") in ("static", "") else cut
        same = cut is self.flow and positioned is self.positioned
        return self if same else Window(cut, positioned)


ANYWHERE = Window()
NOWHERE = Window((0.0, 0.0, 0.0, 0.0), (0.0, 0.0, 0.0, 0.0))


def window(element: Element) -> Window:
    """Where the element itself can be seen; boxes that scroll hide nothing for good."""
    known = element.dom.windows
    waiting: list[Element] = []
    current: Element | None = element
    while current is not None and current.index not in known:
        waiting.append(current)
        current = current.parent
    for below in reversed(waiting):
        above = below.parent
        starts = above is None or above.node.frame != below.node.frame
        known[below.index] = ANYWHERE if above is None or starts else known[above.index].inside(above)
    return known[element.index]


def can_be_seen(element: Element) -> bool:
    """Whether more than a pixel of the element can come into view, so that it is not for screen readers only."""
    if element.box is None or element.style("visibility") != "visible" or element.style("opacity") == "0":
        return False
    return not is_clipped_away(element) and is_area(overlap(element.box, window(element).of(element)))


def _is_plain(element: Element) -> bool:
    """Whether an element of this style neither cuts nor hides nor places what is in it."""
    known, style = element.dom.plain, element.node.style
    if style not in known:
        known[style] = (
            element.style("position") in ("static", "")
            and element.style("overflow-x") not in _HIDING
            and element.style("opacity") != "0"
            and not is_clipped_away(element)
        )
    return known[style]


def is_clipped_away(element: Element) -> bool:
    """Whether a clip leaves nothing of it: the usual ways to hide text from the eyes only."""
    clip, path = element.style("clip"), element.style("clip-path")
    if clip not in _NO_CLIP and clip.startswith("rect(") and "auto" not in clip:
        top, right, bottom, left = (float(side.strip().removesuffix("px")) for side in clip[5:-1].split(","))
        if right - left <= 1 or bottom - top <= 1:
            return True
    return path in ("inset(50%)", "inset(100%)", "polygon(0px 0px, 0px 0px, 0px 0px, 0px 0px)")


def overlap(one: Box, other: Box) -> Box:
    """What two boxes share; width or height 0 when that is nothing."""
    x, y = max(one[0], other[0]), max(one[1], other[1])
    right = min(one[0] + one[2], other[0] + other[2])
    bottom = min(one[1] + one[3], other[1] + other[3])
    return (x, y, max(0.0, right - x), max(0.0, bottom - y))


def is_area(box: Box) -> bool:
    """Whether there is more of a box than a pixel."""
    return box[2] > 1 and box[3] > 1
