"""Asks whether images are named by what they show, where nothing else on the page confirms it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import unquote, urlsplit

from rules import Element, Outcome, Page, cant_tell, failed, page_rule, passed, short, words
from rules.languages import primary
from rules.layout import can_be_seen
from rules.naming import says_something
from rules.topics import Vocabulary, lacks_spaces, told

_EMPTY = frozenset(
    phrase
    for line in (
        "image|picture|photo|photograph|graphic|illustration|img|pic|image alt|alt|alt text|alternative text",
        "alttext|image alt text|image description|image here|placeholder|placeholder image|image placeholder|untitled",
        "spacer|spacer image|spacer gif|blank|bullet|null|undefined|nan|image of|picture of|photo of|insert image|temp",
        "imagen|foto|bild|immagine|imagem|afbeelding|obraz|fotografia|texto alternativo|alternativtext",
    )
    for phrase in line.split("|")
)
"""What editors write, and people, in place of an alternative (WCAG failure F30)."""

_SIGNS = frozenset({"logo", "icon", "banner", "map", "chart", "diagram", "screenshot", "graph", "avatar", "thumbnail"})
_FILE_TALK = frozenset(
    {*("image", "images", "img", "photo", "pic", "picture", "hero", "banner", "logo", "icon", "thumb", "thumbnail")}
    | {*("bg", "background", "large", "small", "medium", "full", "final", "copy", "default", "card", "header", "main")}
    | {
        *(
            "scaled",
            "crop",
            "cropped",
            "web",
            "desktop",
            "mobile",
            "stock",
            "shutterstock",
            "istock",
            "getty",
            "unsplash",
        )
    }
    | {*("screenshot", "screen", "figure", "placeholder", "white", "black", "color", "colour", "dark", "light", "data")}
    | {*("asset", "media", "file", "upload", "download", "test", "example", "sample", "view", "version", "page")}
)
_EXTENSION = re.compile(r"\.[a-z]{2,5}\Z", re.IGNORECASE)


@page_rule(
    title="Images are named by what they show, not by being an image",
    why="People who cannot see the image learn that there is one, or are told something that it does not show.",
    fix='Describe in the alt attribute what the image tells. When it only decorates, write alt="".',
    wcag=("1.1.1",),
    act=("qt1vmo",),
    impact="serious",
    scope="component",
    role="content",
    serves=("without-vision", "limited-vision", "cognition"),
    serves_source="DHS Trusted Tester v5, test 7.C",
)
def image_name_topic(page: Page) -> Iterator[Outcome]:
    """The accessible name of an image is more than “image”, and fits what the page knows of it.

    Applies to images that are seen and have a name. Fails where the name is a word for any image. Kinds of images
    alone ("Logo") are a question, and so is a name without a word of its file's name or of the text of the page,
    where the file has a name that tells something and the image leads nowhere.
    """
    images = [one for one in page.dom.by_role("image") if says_something(one.name) and can_be_seen(one)]
    if not images:
        return
    root = page.dom.root
    code = primary(root.get("lang")) if root else ""
    known = Vocabulary.of([root.text, page.snapshot.frames[0].title] if root and page.snapshot else ())
    for image in images:
        name = " ".join(word for word in words(image.name) if not word.isdecimal())
        if name in _EMPTY:
            yield failed(image, f"“{short(image.name)}” tells nothing of what this image shows.")
        elif name in _SIGNS:
            yield cant_tell(image, f"Does “{short(image.name)}” alone tell what this image shows?")
        elif image.closest("a", "button") is None and _is_doubtful(image, code or "en", known):
            question = f"Is “{short(image.name)}” what the image “{short(_file(image))}” shows?"
            yield cant_tell(image, question)
        else:
            yield passed(image)


def _is_doubtful(image: Element, code: str, known: Vocabulary) -> bool:
    """Whether the file has another topic than the name, and nothing on the page has the name's."""
    telling = [word for word in told(image.name, code) if word not in _FILE_TALK]
    file = [word for word in words(re.sub(r"[-_+.%]", " ", _file(image))) if word.isalpha() and len(word) > 2]
    file = [word for word in file if word not in _FILE_TALK]
    if not telling or not file or lacks_spaces(image.name) or any(map(known.may_have, telling)):
        return False
    return not any(map(Vocabulary(frozenset(file)).may_have, telling)) and not _initials(telling, file)


def _initials(telling: list[str], file: list[str]) -> bool:
    """Whether one is short for the other."""
    return "".join(word[0] for word in telling) in file or "".join(word[0] for word in file) in telling


def _file(image: Element) -> str:
    """The file's name without its ending, empty for none."""
    try:
        source = unquote(urlsplit(image.get("src").strip()).path) if not image.get("src").startswith("data:") else ""
    except ValueError:
        return ""
    return _EXTENSION.sub("", source.rpartition("/")[2])
