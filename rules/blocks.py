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
_INLINE = frozenset({"inline", "contents", "ruby", "ruby-text", ""})


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
    for index, parts in sorted(_parts(dom, main).items()) if main else ():
        element = dom.at(index)
        text = " ".join("".join(parts).split())
        if element is not None and len(text) >= FEWEST_CHARACTERS and _is_main(element):
            yield Block(element, text, tuple(_WORD.findall(text.casefold())), _declared(element))


def _parts(dom: Dom, main: Element) -> dict[int, list[str]]:
    """Pieces of text below an element by the block that they stand in; a space for what is no prose."""
    found: dict[int, list[str]] = {}
    for index in dom.indices_below(main.index):
        node = dom.nodes[index]
        if node.frame != main.node.frame or (node.kind != TEXT and node.tag != "br"):
            continue
        is_prose = node.box is not None and node.kind == TEXT
        around = dom.element_above(index)
        while around is not None and around is not main and around.style("display") in _INLINE:
            if around.tag in _NO_PROSE or not around.exposed or around.has("lang"):
                is_prose = False
            around = around.parent
        if around is not None:
            found.setdefault(around.index, []).append(node.text if is_prose else " ")
    return found


def _is_main(element: Element) -> bool:
    if not element.exposed or element.style("visibility") == "hidden":
        return False
    return not any(
        one.tag in _NO_PROSE or one.role in _AROUND or one.get("translate") == "no"
        for one in (element, *element.ancestors())
    )


def _declared(element: Element) -> Element | None:
    return next((one for one in (element, *element.ancestors()) if one.has("lang")), None)
