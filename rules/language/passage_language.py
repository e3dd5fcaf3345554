"""Judges whether passages in another language than the text around them say so."""

from __future__ import annotations

from collections.abc import Iterator

from rules import Outcome, Page, failed, page_rule, passed
from rules.blocks import Block
from rules.languages import is_certainly, name, other_in_few, other_language, primary, reading

_FEWEST_WORDS = 25


@page_rule(
    title="Passages in another language say which",
    why="A screen reader reads the passage with the sounds of another language, so that nobody understands it.",
    fix='Declare the language of the passage where it begins, for Spanish <div lang="es">.',
    wcag=("3.1.2",),
    act=("off6ek",),
    impact="moderate",
    scope="component",
    role="content",
    serves=("without-vision", "limited-vision", "hearing", "cognition"),
    serves_source="DHS Trusted Tester v5, test 11.B",
)
def passage_language(page: Page) -> Iterator[Outcome]:
    """A block of text is in the language that is declared for it, by itself or by what is around it.

    Applies to blocks of 25 words or more, which are neither names nor phrases, and to shorter ones that declare a
    language themselves. Where the page as a whole
    declares a language that it is not in, that is told once, and not again for each of its blocks.
    """
    wrong_page = bool(reading(page).other)
    for block in page.text:
        code = _code(block)
        is_short = block.size < _FEWEST_WORDS
        if not code or (is_short and not _declares(block)) or (wrong_page and block.declared is page.dom.root):
            continue
        other = other_in_few(block.words, code) if is_short else other_language(block, code)
        if other:
            yield failed(block.element, f"This passage is in {other}, and {name(code)} is declared for it.")
        elif is_certainly(block, code):
            yield passed(block.element)


def _declares(block: Block) -> bool:
    """Whether a part of the page, and not the page as a whole, declares the language of a block."""
    return block.declared is not None and block.declared.tag not in ("html", "body")


def _code(block: Block) -> str:
    return primary(block.declared.get("lang")) if block.declared else ""
