"""Judges whether a page can be used whichever way a device is held."""

from __future__ import annotations

from collections.abc import Iterator

from rules import Outcome, Page, failed, page_rule, passed

_TOLERANCE = 5
"""Degrees to either side of a quarter turn."""

_LOST = 1 / 3
_LEAST = 200
"""The share of the main content that is left where it is withheld, and how much there has to be, in characters."""


@page_rule(
    title="The page can be used in portrait and in landscape",
    why="Who cannot turn the device, as it is fixed to a wheelchair or a bed, has to read sideways.",
    fix="Take out the rotation that depends on the orientation, and let the layout follow the window.",
    wcag=("1.3.4",),
    act=("b33eff",),
    impact="serious",
    scope="component",
    role="development",
    needs=("dom", "orientation"),
    serves=("limited-vision", "manipulation"),
    serves_source="WCAG 2.2, Understanding 1.3.4, benefits",
)
def orientation_lock(page: Page) -> Iterator[Outcome]:
    """Nothing is turned by a quarter when the window is turned by one, and the content is there in both.

    Applies to elements that a style sheet turns otherwise in a wide window than in a tall one. Fails where the
    difference is a quarter turn to either side, so that the content stays as it was against the device. What is not
    turned at all, or alike in both, is nothing to judge. Fails as well where less than a third of the main content is
    seen in one of the two, and words that the other does not have stand in its place.
    """
    yield from _withheld(page)
    for turned in page.orientation.turned if page.orientation else ():
        element = page.dom.at(turned.node)
        if element is None or not element.text:
            continue
        if min(abs(turned.by - 90), abs(turned.by - 270)) <= _TOLERANCE:
            yield failed(element, f"This turns itself by {turned.by} degrees when the window is turned.")
        else:
            yield passed(element)


def _withheld(page: Page) -> Iterator[Outcome]:
    seen = page.orientation
    notice = page.dom.at(seen.notice) if seen else None
    if seen is None or notice is None or max(seen.tall, seen.wide) < _LEAST:
        return
    if min(seen.tall, seen.wide) < _LOST * max(seen.tall, seen.wide):
        name = "portrait" if seen.tall < seen.wide else "landscape"
        yield failed(notice, f"In {name} this stands in the place of the content, which is there in the other one.")
