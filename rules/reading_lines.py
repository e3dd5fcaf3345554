"""The lines in which running text is broken, as the browser shows them."""

from __future__ import annotations

from rules.element import Element
from rules.evidence.dom import TEXT


def lines_of(block: Element) -> list[float]:
    """The heights at which lines of a block's text begin, in CSS px from the top of the page, from top to bottom."""
    tops: set[float] = set()
    for index in block.dom.indices_below(block.index):
        node = block.dom.nodes[index]
        if node.kind == TEXT and node.box is not None and node.text.strip():
            tops.update(round(line[1]) for line in node.lines or (node.box,))
    return sorted(tops)
