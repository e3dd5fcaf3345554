"""Judges whether text that stands out by day does so in a dark scheme too."""

from __future__ import annotations

from collections.abc import Iterator

from rules import Outcome, Page, failed, page_rule, passed
from rules.contrast import LEAST, LEAST_LARGE, own_letters


@page_rule(
    title="Text stands out from its background in a dark scheme",
    why="Who needs a dark screen, as light dazzles or hurts, meets text that is too pale or too dark to read.",
    fix="Set the colours of text and background together in the dark scheme, and check each pair.",
    wcag=("1.4.3",),
    impact="serious",
    scope="component",
    role="design",
    needs=("dom", "variants"),
)
def dark_contrast(page: Page) -> Iterator[Outcome]:
    """Text that has enough contrast as served has it in the page's dark scheme as well.

    Applies to text in pages whose styles, not scripts, change colours where the system asks for a dark scheme, if it
    has a contrast of at least 4.5 to 1 (large text 3 to 1) as served: what has not is told of once. Only texts whose
    colours are certain in both are judged; single letters and what is hidden from assistive technology may be signs.
    """
    dark = {text.node: text for text in page.variants.dark} if page.variants else {}
    for found in page.contrasts if dark else ():
        element = found.element.parent if found.element.is_generated else found.element
        text = dark.get(found.element.index)
        if text is None or element is None or found.doubt or found.lowest < found.needed:
            continue
        if not element.exposed or own_letters(found.element) < 2:
            continue
        needed = LEAST_LARGE if text.large else LEAST
        if text.lowest >= needed:
            yield passed(element)
        elif text.highest < needed:
            ratio = f"{int(text.highest * 100) / 100:g} to 1 ({text.text} on {text.background})"
            yield failed(element, f"Only in a dark scheme: the contrast is {ratio}; this text needs {needed:g} to 1.")
