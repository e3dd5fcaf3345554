"""The running text of a page in blocks: what people come to read, without what stands around it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from rules.dom import Dom
from rules.element import Element
from rules.evidence.dom import TEXT

FEWEST_CHARACTERS = 40

_BREAKS = re.compile(r"[\r\n\x0b\x0c\x85\u2028\u2029]")
_WORD = re.compile(r"[^\W\d_]+")
_NO_PROSE = frozenset(
    {"code", "pre", "kbd", "samp", "var", "math", "svg", "address", "select", "textarea", "button", "label", "nav"}
)
_CODE = frozenset({"code", "kbd", "samp", "var"})
_AROUND = frozenset({"banner", "navigation", "contentinfo", "search"})
_INLINE = frozenset({"inline", "contents", "ruby", "ruby-text", ""})
_PHRASING = frozenset(
    {"a", "abbr", "b", "bdi", "cite", "em", "i", "mark", "q", "s", "small", "span", "strong", "time", "u"}
)


class Run(NamedTuple):
    """Text that stands together in one block, with white space as written; a line feed is a forced break."""

    element: Element
    text: str


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
    parts: dict[int, list[str]] = {}
    for run in runs(dom):
        parts.setdefault(run.element.index, []).append(run.text)
    for index, texts in sorted(parts.items()):
        element = dom.at(index)
        text = " ".join("".join(texts).split())
        if element is not None and len(text) >= FEWEST_CHARACTERS and is_main(element):
            yield Block(element, text, tuple(_WORD.findall(text.casefold())), declared(element))


def runs(dom: Dom, *, code: bool = False) -> Iterator[Run]:
    """The runs of rendered text of the main content in document order, whatever they stand in.

    A line feed stands for each forced break, a space for what is no prose: code, controls, what is hidden from
    assistive technology, inline parts that declare a language of their own. With `code` what is code in a line of text
    is read as well: a sentence without it is none.
    """
    left_out = _NO_PROSE - _CODE if code else _NO_PROSE
    main = next(iter(dom.by_role("main")), dom.root)
    block: Element | None = None
    parts: list[str] = []
    for index in dom.indices_below(main.index) if main else ():
        node = dom.nodes[index]
        if main is None or node.frame != main.node.frame or (node.kind != TEXT and node.tag != "br"):
            continue
        found, text = _piece(dom, index, main, left_out)
        if found is not block:
            if block is not None:
                yield Run(block, "".join(parts))
            block, parts = found, []
        parts.append(text)
    if block is not None:
        yield Run(block, "".join(parts))


def _piece(dom: Dom, index: int, main: Element, left_out: frozenset[str]) -> tuple[Element | None, str]:
    """The block around a text or a break, and what stands there to be read; nothing of inline parts to leave out."""
    node = dom.nodes[index]
    is_prose = node.box is not None and node.kind == TEXT
    around = dom.element_above(index)
    while around is not None and around is not main and _is_inline(around):
        if around.tag in left_out or not around.exposed or around.has("lang"):
            is_prose = False
        around = around.parent
    # White space in the source is no break of a line; an empty text between blocks belongs to none of them.
    return around, _BREAKS.sub(" ", node.text) if is_prose else "\n" if node.tag == "br" else " "


def _is_inline(element: Element) -> bool:
    """Whether it stands in a line of text; a link or a word that is styled as a box of its own still does."""
    display = element.style("display")
    return display in _INLINE or (display == "inline-block" and element.tag in _PHRASING)


def is_main(element: Element) -> bool:
    """Whether a block is exposed and read as text: no code, no control, not marked as not to be translated."""
    if not element.exposed or element.style("visibility") == "hidden":
        return False
    return not any(
        one.tag in _NO_PROSE or one.role in _AROUND or one.get("translate") == "no"
        for one in (element, *element.ancestors())
    )


def declared(element: Element) -> Element | None:
    """The element whose lang attribute an element inherits."""
    return next((one for one in (element, *element.ancestors()) if one.has("lang")), None)
