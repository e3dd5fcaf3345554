"""Readings of text: what of an element's text is seen, and the words that it consists of."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from rules.element import Element
from rules.evidence.dom import TEXT
from rules.layout import Window, is_area, overlap, window

_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
_ICON_FONT = re.compile(r"icon|glyph|awesome|fontello|feather|material symbols|^.?fa\b", re.IGNORECASE)
_INLINE = frozenset({"inline", "contents", "ruby", "ruby-text", ""})


def words(text: str) -> list[str]:
    """The words of a text as letters and digits, without case, accents, punctuation and symbols."""
    if not text.isascii():
        text = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return _WORD.findall(text.casefold().replace("’", "'"))


def short(text: str, length: int = 60) -> str:
    """A text on one line for use in a message, cut where it is longer."""
    folded = " ".join(text.split())
    return folded if len(folded) <= length else folded[: length - 1] + "…"


def visible_text(element: Element) -> str:
    """The text inside an element that sighted people read, in the order of the document.

    Left out is what is rendered and yet not seen: transparent, clipped, moved out of the page, and the
    letters of icon fonts. Boxes that stand beside or below each other are set apart by a space.
    """
    return " ".join("".join(_seen(element)).split())


def _seen(element: Element) -> Iterator[str]:
    # A stack of our own, because pages nest deeper than Python does.
    waiting: list[str | tuple[Element, Window]] = [(element, window(element))]
    while waiting:
        item = waiting.pop()
        if isinstance(item, str):
            yield item
            continue
        current, around = item
        if not current.rendered or current.style("opacity") == "0":
            continue
        inside = around.inside(current)
        apart = "" if current.style("display") in _INLINE else " "
        yield apart
        waiting.append(" " if current.tag == "br" else apart)
        waiting.extend(reversed(list(_parts(current, inside))))


def _parts(element: Element, inside: Window) -> Iterator[str | tuple[Element, Window]]:
    reads = _is_read(element)
    for index in element.dom.below(element.index):
        below, node = element.dom.at(index), element.dom.nodes[index]
        if below is not None and not below.is_generated:
            yield below, inside
        elif node.kind == TEXT and (reads or not node.text.strip()):
            seen = node.box is not None and is_area(overlap(node.box, inside.flow))
            yield node.text if seen else " "


def _is_read(element: Element) -> bool:
    """Whether text directly inside is seen as letters."""
    color = element.style("color")
    return (
        element.style("visibility") == "visible"
        and not (color.startswith("rgba") and color.endswith(", 0)"))
        and not is_icon_font(element)
    )


def is_icon_font(element: Element) -> bool:
    """Whether its letters are drawn as pictures."""
    return _ICON_FONT.search(element.style("font-family").partition(",")[0]) is not None
