"""What computed styles mean for contrast, worked out once for each of the few looks that a page has."""

from __future__ import annotations

from typing import NamedTuple

from rules.colour import Colour, colour
from rules.element import Element
from rules.text import is_icon_font

LARGE_PX, LARGE_BOLD_PX, BOLD = 24.0, 18.66, 700.0
"""From 18 point, or 14 point in bold, text is large (WCAG 2.2, definition of large scale)."""

_SCROLLING = frozenset({"auto", "scroll"})


class Look(NamedTuple):
    """How elements of one style look.

    `ink` is the colour of letters, None where it cannot be read. `paints` is whether there is a background, `solid` its
    colour where that is one colour and nothing shines through; `hazy`, whether it draws a shadow of what is in it or
    blurs what lies behind, which is seen where it does not fill its box; `effect`, whether it makes other colours of
    all that is in it.
    """

    visible: bool
    ink: Colour | None
    large: bool
    shadow: bool
    icons: bool
    paints: bool
    solid: Colour | None
    opacity: float
    hazy: bool
    effect: bool
    position: str
    scrolls: bool

    @property
    def bare(self) -> bool:
        """Whether nothing of it is seen behind its content."""
        return not self.paints and self.opacity >= 1 and not self.hazy and self.position != "fixed"

    @property
    def plain(self) -> bool:
        """Whether it does nothing to the place and the colours of its content either."""
        return self.bare and not self.effect and self.position != "sticky"


class Looks:
    """The looks of a page's elements."""

    def __init__(self) -> None:
        self._known: dict[int, Look] = {}

    def of(self, element: Element) -> Look:
        """How an element looks."""
        style = element.node.style
        known = self._known.get(style)
        if known is None:
            known = self._known[style] = _look(element)
        return known


def _look(element: Element) -> Look:
    filtered, blend = element.style("filter"), element.style("mix-blend-mode")
    shadow = filtered.startswith("drop-shadow(") and filtered.count("(") == 2 * filtered.count("drop-shadow(")
    fill = colour(element.style("background-color"))
    visible = element.style("visibility") == "visible"
    image = element.style("background-image") not in ("none", "")
    solid = fill is not None and fill.alpha >= 1 and not image and element.style("background-clip") != "text"
    return Look(
        visible=visible,
        ink=colour(element.style("-webkit-text-fill-color") or element.style("color")),
        large=_is_large(element),
        shadow=element.style("text-shadow") not in ("none", ""),
        icons=is_icon_font(element),
        paints=visible and (fill is None or fill.alpha > 0 or image),
        solid=fill if solid and visible else None,
        opacity=float(element.style("opacity") or 1),
        hazy=any(element.style(name) not in ("none", "") for name in ("filter", "backdrop-filter")),
        effect=(filtered not in ("none", "") and not shadow) or blend not in ("normal", ""),
        position=element.style("position"),
        scrolls=element.style("overflow-x") in _SCROLLING or element.style("overflow-y") in _SCROLLING,
    )


def _is_large(element: Element) -> bool:
    size = float(element.style("font-size").removesuffix("px") or 0)
    weight = float(element.style("font-weight") or 400)
    return size >= LARGE_PX or (size >= LARGE_BOLD_PX and weight >= BOLD)
