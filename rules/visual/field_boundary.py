"""Judges whether fields can be seen by what bounds them."""

from __future__ import annotations

from collections.abc import Iterator

from rules import Outcome, Page, cant_tell, failed, page_rule, passed
from rules.colour import Colour, colour, contrast, on_screen
from rules.inactive import inactive

_LEAST = 3.0
_SEEN = 1.08
"""Contrast from which a line counts as there at all: the criterion asks for no boundary, only for visible ones."""


@page_rule(
    title="Fields stand out from what is around them",
    why="People with low vision do not find the fields of a form when their edges are pale.",
    fix="Give the border, or the inside of the field, a contrast of at least 3 to 1 with the page around it.",
    wcag=("1.4.11",),
    impact="serious",
    scope="component",
    role="design",
    needs=("dom", "fields"),
)
def field_boundary(page: Page) -> Iterator[Outcome]:
    """The border, the shadow or the inside of a field has a contrast of at least 3 to 1 with what is around it.

    Applies to fields that can be seen, are not switched off and are drawn by the page's own styles; what the browser
    draws by itself is exempt. Any line at the field or closely around it counts. Fails where the lines that are there
    are all too pale and the field is empty, so that nothing else shows it; with a hint, a value or an icon in it,
    it is a question. Fields without any boundary, and those on pictures, are left out.
    """
    off = inactive(page.dom)
    for field in page.fields.elements if page.fields else ():
        element = page.dom.at(field.node)
        outside = colour(field.outside) if field.outside else None
        if element is None or outside is None or field.native:
            continue
        if element.index in off or any(above.index in off for above in element.ancestors()):
            continue
        edges = list(map(colour, field.edges))
        if not edges or None in edges:
            continue
        best = max(_contrasts([edge for edge in edges if edge is not None], outside))
        if best >= _LEAST:
            yield passed(element)
        elif best >= _SEEN:
            told = int(best * 100) / 100
            if field.marked or element.tag == "select":
                yield cant_tell(
                    element, f"The edge of this field has only {told:g} to 1. Does what is in it show where it is?"
                )
            else:
                yield failed(element, f"The edge of this field has a contrast of {told:g} to 1; fields need 3 to 1.")


def _contrasts(edges: list[Colour], outside: Colour) -> Iterator[float]:
    """The contrast of each line or fill with the page around, and with the other lines and fills."""
    seen = [on_screen(edge.over(outside)) for edge in edges]
    for number, edge in enumerate(seen):
        yield contrast(edge, outside)
        yield from (contrast(edge, other) for other in seen[:number])
