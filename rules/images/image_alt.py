"""Judges whether images have a text that stands for them, or say that they only decorate."""

from __future__ import annotations

from collections.abc import Iterator

from rules import Element, Outcome, Page, failed, page_rule, passed
from rules.naming import says_something


@page_rule(
    title="Images have a text alternative",
    why="People who cannot see the image are not told what it shows.",
    fix='Describe in the alt attribute what the image tells. When it only decorates, write alt="". Elements with the '
    "role img need aria-label or, in SVG, a title element.",
    wcag=("1.1.1",),
    act=("23a2a8", "7d6734"),
    impact="critical",
    scope="component",
    role="content",
    serves=("without-vision", "limited-vision", "cognition"),
    serves_source="DHS Trusted Tester v5, test 7.A",
    replaces=("image-alt", "role-img-alt", "svg-img-alt"),
)
def image_alt(page: Page) -> Iterator[Outcome]:
    """The browser has a name for each image, or the image is marked as a decoration.

    Applies to img elements and to elements with the role of an image or, in SVG, of a drawing that assistive
    technology meets. An image decorates by an empty alt attribute or by its role; white space in alt is neither
    a text nor empty. Drawings without a role of their own are not judged.
    """
    for element in page.dom.by_role("image", "graphics-document", "graphics-symbol"):
        if element.tag != "img" and not element.has("role"):
            continue
        if says_something(element.name):
            yield passed(element)
        elif not _is_part(element):
            yield failed(element, "This image has no text alternative.")
    for element in page.dom.by_tag("img"):
        if not element.role and element.exposed and element.rendered and not _is_part(element):
            if _decorates(element):
                yield passed(element)
            elif not says_something(element.get("alt", "missing")):
                yield failed(element, "The alt attribute of this image holds nothing but white space.")


def _decorates(image: Element) -> bool:
    return image.get("role").strip().lower() in ("none", "presentation") or image.get("alt", "missing") == ""


def _is_part(image: Element) -> bool:
    """Whether it lies inside of an image, whose name stands for all of it."""
    return any(above.role == "image" for above in image.ancestors())
