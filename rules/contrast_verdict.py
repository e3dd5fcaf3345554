"""What a required contrast makes of each text of a page."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from rules.contrast import DOUBTS, TextContrast, own_letters
from rules.model import Outcome, cant_tell, failed, passed

if TYPE_CHECKING:
    from rules.page import Page


def judged(page: Page, least: float, least_large: float) -> Iterator[Outcome]:
    """An outcome for each text: whether its contrast reaches `least`, or `least_large` where it is large.

    Failed only where the highest contrast that is possible stays below: the standard's own measure of certainty
    (ACT rule afw4f7, highest possible contrast). What fails only in places, or may be no text to read, is asked.
    """
    for found in page.contrasts:
        yield _outcome(found, least_large if found.large else least)


def _outcome(found: TextContrast, needed: float) -> Outcome:
    element, needs = found.element, f"{needed:g} to 1"
    if element.is_generated:
        element = element.parent or element  # words that a style adds belong to the element that it adds them to
    if found.doubt:
        return cant_tell(element, f"{DOUBTS[found.doubt]} Does every letter have a contrast of {needs} with it?")
    if found.lowest >= needed:
        return passed(element)
    if found.highest >= needed:
        reach = f"between {found.lowest:.3g} and {found.highest:.3g} to 1"
        return cant_tell(element, f"On this background the contrast is {reach}. Can every letter be read?")
    if found.highest == 1:
        return cant_tell(element, "This text has the colour of its background. Is it meant to be unseen?")
    if not element.exposed:
        return cant_tell(
            element, f"This text has less than {needs} and is hidden from screen readers. Is it decoration?"
        )
    if own_letters(found.element) == 1:
        return cant_tell(
            element, f"This letter has a contrast of less than {needs}. Is it a symbol, with no need of it?"
        )
    return failed(element, _sentence(found, needs))


def _sentence(found: TextContrast, needs: str) -> str:
    ratio = int(found.highest * 100) / 100  # cut, not rounded: 4.499 must not read as 4.5
    return f"The contrast is {ratio:g} to 1 ({found.text} on {found.background}); text of this size needs {needs}."
