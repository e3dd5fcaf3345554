"""Asks about pictures in backgrounds that stand where content is expected, or that say something."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rules import Element, Outcome, Page, cant_tell, page_rule, passed, short
from rules.layout import can_be_seen
from rules.naming import says_something
from rules.pictures import share_given, written

_CELLS = ("td", "th", "dd", "li")
_URL = re.compile(r"url\(", re.IGNORECASE)
_LEAST_PX, _MOST_PX = 8.0, 200.0
_ENOUGH = 0.6


@page_rule(
    title="What pictures in the background tell is told by text as well",
    why="People who cannot see a picture that a style shows are told nothing of it, since it has no text alternative.",
    fix="Show the picture by an img element with an alt attribute, or write what it tells as text.",
    wcag=("1.1.1",),
    impact="serious",
    scope="component",
    role="development",
    serves=("without-vision", "limited-vision", "cognition"),
    serves_source="DHS Trusted Tester v5, test 7.D",
)
def background_content(page: Page) -> Iterator[Outcome]:
    """Pictures in the background of empty elements decorate, or their meaning is in the text (WCAG failure F3).

    Applies to cells, list items and descriptions with nothing in them but a picture that a style shows, and to
    backgrounds in which sentences can be read. It is a question whether the picture tells something; where the cell
    has a text or a name beside the picture it passes.
    """
    if any(_URL.search(value) for row in page.dom.snapshot.styles for value in row):
        for cell in page.dom.by_tag(*_CELLS):
            shown = [one for one in (cell, *cell.descendants()) if _shows_picture(one)]
            if not shown:
                continue
            if _says_anything(cell):
                yield passed(shown[0])
            elif can_be_seen(shown[0]):
                yield cant_tell(shown[0], "Does this picture in the background tell something that no text here says?")
    if page.pictures is not None and not page.pictures.unread:
        for found in written(page, "background"):
            told = page.dom.root.text if page.dom.root else ""
            is_missing = found.is_prose and share_given(found.words, told) < _ENOUGH
            if is_missing and not says_something(found.element.name):
                yield cant_tell(found.element, f"Does any text give what this background says: “{short(found.text)}”?")


def _shows_picture(element: Element) -> bool:
    """Whether it is an empty box of the size of a sign, with a picture in its background."""
    if element.box is None or not _URL.search(element.style("background-image")):
        return False
    _, _, width, height = element.box
    return min(width, height) >= _LEAST_PX and max(width, height) <= _MOST_PX


def _says_anything(cell: Element) -> bool:
    """Whether the cell has a text, or anything in it a name."""
    return says_something(cell.text) or any(
        below.name or below.tag in ("img", "svg", "input", "button", "select", "textarea")
        for below in cell.descendants()
    )
