"""Judges whether images are named by what they show rather than by their files."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import unquote, urlsplit

from rules import Element, Outcome, Page, cant_tell, failed, page_rule, passed

_EXTENSION = r"\.(?:apng|avif|bmp|gif|heic|ico|jfif|jpe?g|png|svgz?|tiff?|webp)"
_ENDING = re.compile(rf"{_EXTENSION}\Z", re.IGNORECASE)
_DEVICE_NAME = re.compile(
    r"(?:img|image|dsc[fn]?|pict?|photo|screenshot|pxl|mvi|scan|foto|bild|imagen?)[-_]?\d[\d_-]{2,}\Z"
    r"|(?=\d*[a-f])(?=[a-f]*\d)[0-9a-f]{12,}\Z|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\Z",
    re.IGNORECASE,
)
_SIZE = re.compile(r"(?:[-_]\d{2,4}x\d{2,4}|@\dx|[-_.](?:min|scaled|thumb|[0-9a-f]{8,}))+\Z", re.IGNORECASE)


@page_rule(
    title="Images are named by what they show",
    why="People who cannot see the image are read the name of a file, which tells nothing of what it shows.",
    fix='Describe in the alt attribute what the image tells. When it only decorates, write alt="".',
    wcag=("1.1.1",),
    impact="serious",
    scope="component",
    role="content",
    serves=("without-vision", "limited-vision", "cognition"),
    serves_source="DHS Trusted Tester v5, test 7.A",
)
def image_file_name(page: Page) -> Iterator[Outcome]:
    """The accessible name of an image is not the name of its file.

    Applies to images that have a name, image buttons and areas of image maps included. Fails where the name
    is the image's own file name, or a name that only a camera or a program gives (WCAG failure F30). Another
    file's name is a question, because a page about files may rightly show it.
    """
    for element in (*page.dom.by_role("image"), *page.dom.by_tag("input", "area")):
        name = " ".join(element.name.split())
        if not name or (element.tag == "input" and element.get("type").lower() != "image"):
            continue
        stem = _ENDING.sub("", name)
        if (stem != name and _plain(stem) in _own_files(element)) or _DEVICE_NAME.match(stem):
            yield failed(element, "The name of this image is the name of its file.")
        elif stem != name and " " not in name:
            yield cant_tell(element, "Does the file name that this image is named by tell what it shows?")
        else:
            yield passed(element)


def _own_files(element: Element) -> set[str]:
    """Stems of the files that the image is loaded from, as a content system may have renamed them."""
    sources = [element.get("src"), element.get("data-src"), *element.get("srcset").split(",")]
    files = [unquote(_path(source)).rpartition("/")[2] for source in sources if source]
    stems = {_ENDING.sub("", file) for file in files}
    return {_plain(variant) for stem in stems for variant in (stem, _SIZE.sub("", stem))}


def _path(source: str) -> str:
    try:
        return urlsplit(source.split()[0] if source.split() else "").path
    except ValueError:
        return ""


def _plain(stem: str) -> str:
    return re.sub(r"[\W_]+", "-", stem.casefold())
