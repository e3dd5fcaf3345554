"""The running text of a page in blocks: what people come to read, without what stands around it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from rules.dom import Dom
from rules.element import Element
from rules.evidence.dom import TEXT

FEWEST_CHARACTERS = 40

_WORD = re.compile(r"[^\W\d_]+")
_NO_PROSE = frozenset(
    {"code", "pre", "kbd", "samp", "var", "math", "svg", "address", "select", "textarea", "button", "label", "nav"}
)
_AROUND = frozenset({"banner", "navigation", "contentinfo", "search"})
_INLINE = frozenset({"inline", "contents", "ruby", ""})


@dataclass(frozen=True, slots=True)
class Block:
    """A block of running text with its words; `declared` is the element whose lang attribute it inherits."""

    element: Element
    text: str
    words: tuple[str, ...]
    declared: Element | None

    @property
    def size(self) -> int:
        """About how many words it has, in scripts without spaces as well."""
        return max(len(self.words), len(self.text) // 8)


def blocks(dom: Dom) -> Iterator[Block]:
    """The blocks of the main text in document order: what is seen, outside of header, footer and navigation.

    A block has 40 characters or more of its own, without code, and without inline parts that declare a language.
    """
    main = next(iter(dom.by_role("main")), dom.root)
    for element in main.descendants() if main else ():
        if element.node.frame != 0 or element.style("display") in _INLINE:
            continue
        text = " ".join("".join(_prose(element)).split())
        if len(text) >= FEWEST_CHARACTERS and _is_main(element):
            yield Block(element, text, tuple(_WORD.findall(text.casefold())), _declared(element))


def _prose(block: Element) -> Iterator[str]:
    waiting = list(reversed(block.dom.below(block.index)))
    while waiting:
        index = waiting.pop()
        node, below = block.dom.nodes[index], block.dom.at(index)
        if node.kind == TEXT:
            yield node.text if node.box is not None else " "
        elif below is not None and below.exposed and below.style("display") == "inline":
            if below.tag not in _NO_PROSE and not below.has("lang"):
                waiting.extend(reversed(block.dom.below(index)))
        else:
            yield " "


def _is_main(element: Element) -> bool:
    if not element.exposed or element.style("visibility") == "hidden":
        return False
    return not any(
        one.tag in _NO_PROSE or one.role in _AROUND or one.get("translate") == "no"
        for one in (element, *element.ancestors())
    )


def _declared(element: Element) -> Element | None:
    return next((one for one in (element, *element.ancestors()) if one.has("lang")), None)
