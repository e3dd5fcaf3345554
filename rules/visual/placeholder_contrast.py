"""Judges whether the hints in empty fields stand out from their background."""

from __future__ import annotations

from collections.abc import Iterator

from rules import Outcome, Page, failed, page_rule, passed
from rules.colour import colour, contrast, on_screen
from rules.inactive import inactive
from rules.looks import Looks

_LEAST, _LEAST_LARGE = 4.5, 3.0


@page_rule(
    title="Hints in empty fields stand out from their background",
    why="People with low vision, older people and everybody in sunlight cannot read pale hints.",
    fix="Give ::placeholder a darker colour and no opacity; better, write the hint above the field.",
    wcag=("1.4.3",),
    impact="serious",
    scope="component",
    role="design",
    needs=("dom", "fields"),
)
def placeholder_contrast(page: Page) -> Iterator[Outcome]:
    """A placeholder has a contrast of at least 4.5 to 1 with its field, 3 to 1 where it is large.

    Applies to fields that can be seen, are not switched off and show a placeholder because they are empty. Fields on
    a picture, a gradient or something half transparent are left out.
    """
    off, looks = inactive(page.dom), Looks()
    for field in page.fields.elements if page.fields else ():
        element = page.dom.at(field.node)
        ink, ground = colour(field.hint), colour(field.inside)
        if element is None or not field.hint or not field.inside or ink is None or ground is None:
            continue
        if element.index in off or any(above.index in off for above in element.ancestors()):
            continue
        seen = on_screen(ink.fainter(field.faint).over(ground))
        ratio = contrast(seen, on_screen(ground))
        needed = _LEAST_LARGE if looks.of(element).large else _LEAST
        if ratio >= needed:
            yield passed(element)
        elif ratio > 1:
            told = int(ratio * 100) / 100
            yield failed(element, f"The contrast of the placeholder is {told:g} to 1 ({seen} on {ground}).")
