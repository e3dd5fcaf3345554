"""How well each text of a page stands out from its background."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from rules.backdrop import backdrop
from rules.colour import BLACK, Colour, contrast_range
from rules.element import Element
from rules.evidence.dom import TEXT
from rules.inactive import inactive
from rules.layout import EVERYTHING, Box, overlap, window
from rules.looks import Look
from rules.surfaces import Surfaces

if TYPE_CHECKING:
    from rules.dom import Dom
    from rules.evidence.pixels import Pixels

DOUBTS = {
    "picture": "The text lies on a picture or a gradient.",
    "overlap": "Something else is painted at the same place.",
    "partly": "The text reaches beyond its background.",
    "shadow": "The text has a shadow.",
    "effect": "A filter or a blend changes the colours.",
    "faded": "The text is partly transparent, over something that is not of one colour.",
    "space": "The colours are given in a colour space other than sRGB.",
}
"""Why the colours behind a text are not certain, by the word that `TextContrast.doubt` holds."""

MEASURABLE = frozenset({"picture", "overlap", "partly", "shadow"})
"""Doubts about what lies behind the letters, whose own colour is certain."""

LEAST, LEAST_LARGE = 4.5, 3.0
"""WCAG 2.2, success criterion 1.4.3."""

_INK = 0.15
"""Share of a line's height above and below in which no letter reaches, so that neighbours may lie there."""

_FIELDS = frozenset({"input", "select", "textarea"})
_GENERATED = frozenset({"::before", "::after"})
_QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"')
_WITHOUT_TEXT = frozenset({"hidden", "checkbox", "radio", "range", "color", "file", "image"})


class TextContrast(NamedTuple):
    """The text directly inside `element` against what lies behind it.

    `lowest` and `highest` bound the contrast ratio of its letters; they are equal on a plain background. With a
    `doubt` (a key of `DOUBTS`) both are only what it looks like. `ink` is the colour of the letters before anything
    around them changes it, `lines` are the boxes in which letters are seen. `measured` where a picture has told it.
    """

    element: Element
    lowest: float
    highest: float
    text: Colour
    background: Colour
    large: bool
    ink: Colour
    lines: tuple[Box, ...]
    doubt: str = ""
    measured: bool = False

    @property
    def needed(self) -> float:
        """The contrast ratio that WCAG asks at least."""
        return LEAST_LARGE if self.large else LEAST

    @property
    def measurable(self) -> bool:
        """Whether the styles leave the contrast open, and a picture of the page can tell it."""
        return self.doubt in MEASURABLE or (not self.doubt and self.lowest < self.needed <= self.highest)


def text_contrasts(dom: Dom) -> Iterator[TextContrast]:
    """The contrast of each element's own text, in document order; texts that nobody can see are left out.

    Left out too is what the criterion leaves out and the browser can tell: inactive controls with their labels,
    texts without a letter or digit, the letters of icon fonts.
    """
    surfaces = Surfaces(dom)
    off = inactive(dom)
    for element in _texts(dom):
        look = surfaces.looks.of(element)
        if not look.visible or look.icons or _is_off(element, off):
            continue
        lines = _lines(element)
        found = _contrast(element, look, lines, surfaces) if lines else None
        # No picture can tell what lies under generated words, since they cannot be inked.
        if found is not None and not (element.is_generated and found.doubt):
            yield found


def seen_in(pixels: Pixels, found: Iterable[TextContrast]) -> Iterator[TextContrast]:
    """The contrasts with those that a picture of the page has told, in place of what the styles leave open."""
    told = {text.node: text for text in pixels.texts}
    for one in found:
        text = told.get(one.element.index)
        if text is None or not one.measurable:
            yield one
        else:
            ground = Colour(*map(float, text.background))
            # A shadow is at once part of the letters and of what lies behind them, so it is certain only in one way.
            doubt = one.doubt if one.doubt == "shadow" and text.lowest < one.needed else ""
            yield one._replace(lowest=text.lowest, highest=text.highest, background=ground, doubt=doubt, measured=True)


def own_letters(element: Element) -> int:
    """How many letters and digits the text directly inside an element, or generated, has; two for fields to type in."""
    if element.tag in _FIELDS:
        return 2
    if element.is_generated:
        return sum(character.isalnum() for text in _QUOTED.findall(element.style("content")) for character in text)
    nodes = (element.dom.nodes[index] for index in element.dom.below(element.index))
    return sum(character.isalnum() for node in nodes if node.kind == TEXT for character in node.text)


def _texts(dom: Dom) -> Iterator[Element]:
    """Elements with rendered text of their own, fields and generated words, in document order."""
    owners = {
        node.parent
        for node in dom.nodes
        if node.kind == TEXT and node.box is not None and any(map(str.isalnum, node.text))
    }
    for element in dom.by_tag(*_FIELDS):
        if element.rendered and element.get("type").lower() not in _WITHOUT_TEXT:
            owners.add(element.index)
    owners.update(index for index, node in enumerate(dom.nodes) if node.tag in _GENERATED and node.box is not None)
    for index in sorted(owners):
        found = dom.at(index)
        if found is not None and (not found.is_generated or own_letters(found) > 1):
            yield found


def _is_off(element: Element, off: frozenset[int]) -> bool:
    return bool(off) and (element.index in off or any(above.index in off for above in element.ancestors()))


def _lines(element: Element) -> list[Box]:
    """The boxes of the lines of its own text, as far as they can come into view, without the space around letters."""
    cut = window(element).inside(element).flow
    found: list[Box] = []
    for box in _boxes(element):
        is_whole = cut is EVERYTHING and box[0] >= 0 and box[1] >= 0
        x, y, width, height = box if is_whole else overlap(box, cut)
        if width > 1 and height > 1:
            found.append((x, y + height * _INK, width, height * (1 - 2 * _INK)))
    return found


def _boxes(element: Element) -> list[Box]:
    if element.tag in _FIELDS or element.is_generated:
        return [element.box] if element.box is not None else []
    nodes = element.dom.nodes
    found: list[Box] = []
    for index in element.dom.below(element.index):
        node = nodes[index]
        if node.kind == TEXT and node.box is not None and node.text.strip():
            found.extend(node.lines or (node.box,))
    return found


def _contrast(element: Element, look: Look, lines: list[Box], surfaces: Surfaces) -> TextContrast | None:
    if look.ink is not None and look.ink.alpha == 0:
        return None
    ink = look.ink or BLACK
    behind = backdrop(element, ink, lines, surfaces)
    if behind.doubt == "overlap" and element.tag in _FIELDS:
        behind = backdrop(element, ink, [_middle(line) for line in lines], surfaces)
    if behind.hidden:
        return None
    lowest, highest = contrast_range(behind.text, behind.darkest, behind.lightest)
    doubt = "space" if look.ink is None else behind.doubt or ("shadow" if look.shadow else "")
    if doubt in MEASURABLE and surfaces.around(element).faded:
        doubt = "faded"
    return TextContrast(element, lowest, highest, behind.text, behind.darkest, look.large, ink, tuple(lines), doubt)


def _middle(line: Box) -> Box:
    """The part of a field in which what is typed stands, whatever buttons and symbols lie at its ends."""
    x, y, width, height = line
    return x + width / 4, y, width / 2, height
