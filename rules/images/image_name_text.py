"""Judges whether the name of an image agrees with what is written in it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rules import Outcome, Page, cant_tell, failed, page_rule, passed, short, words
from rules.naming import says_something
from rules.pictures import Written, written

_ENOUGH, _NOTHING = 0.5, 0.2
"""Shares of the picture's words from which the name gives them, and up to which it does not."""

_LARGE, _DRAWN = 0.12, 0.9
"""Share of the picture that its words cover, and of one colour around them, from which they are what it shows."""

_ACRONYM = re.compile(r"(?=.*[A-Z].*[A-Z])[A-Z0-9]{2,6}")
_AROUND_A_BRAND = frozenset({"logo", "of", "the", "s", "and", "for", "a", "an"})
_GENERIC = frozenset(
    {*("our", "your", "site", "page", "home", "header", "footer", "main", "small", "new", "old")}
    | {*("company", "agency", "department", "government", "website", "brand", "partner", "sponsor", "customer")}
)


@page_rule(
    title="Images are named by what is written in them",
    why="People who cannot see the image are told something else than those who read it, or not all of it.",
    fix="Write into the alt attribute what the image says, word for word where it is an image of text.",
    wcag=("1.1.1",),
    act=("qt1vmo",),
    impact="serious",
    scope="component",
    role="content",
    needs=("dom", "pictures"),
    serves=("without-vision", "limited-vision", "cognition"),
    serves_source="DHS Trusted Tester v5, test 7.C",
)
def image_name_text(page: Page) -> Iterator[Outcome]:
    """The accessible name of an image agrees with the text that can be read in it.

    Applies to images, drawings and canvases that have a name and in which words can be read. Fails where the name says
    whose logo it is and the picture says another name, and where a picture of sentences alone has a name and
    surroundings that give nearly none of their words. One or the other in part is a question. Text that is a small
    part of a picture needs no mention.
    """
    for found in written(page, "image", "drawing", "canvas"):
        element = found.element
        name = " ".join([element.name, element.description])
        if not says_something(element.name):
            continue
        if found.given_in(name) >= _ENOUGH:
            yield passed(element)
        elif (outcome := _judged(page, found, name)) is not None:
            yield outcome


def _judged(page: Page, found: Written, name: str) -> Outcome | None:
    text, element = short(found.text), found.element
    brand = _brand(element.name)
    if brand and (found.is_text_alone or _is_large(found)):
        if _may_be(brand, found.words):
            return passed(element)
        if len([word for word in brand if not word.isdigit()]) == len(found.words) == 1:
            return failed(element, f"The image says “{text}”, its name is that of another: “{short(element.name)}”.")
        return cant_tell(element, f"Is “{text}”, which the image says, what “{short(element.name)}” names?")
    if not found.is_text_alone or not found.is_prose or found.given_in(_around(page)) >= _ENOUGH:
        return None
    if found.given_in(name) <= _NOTHING and not found.is_shown_as_it_is:
        return failed(element, f"The name of this image of text does not give what it says: “{text}”.")
    return cant_tell(element, f"Is all that matters of “{text}”, which the image says, in its name?")


def _is_large(found: Written) -> bool:
    """Whether a picture says little, and nothing else in it is as large: not a photo of a place with signs."""
    return found.share >= _LARGE and found.picture.plain >= _DRAWN


def _brand(name: str) -> list[str]:
    """The words by which a name like "Example logo", or an acronym alone, says whose sign it is; empty for others."""
    told = words(name)
    brand = [word for word in told if word not in _AROUND_A_BRAND]
    if "logo" not in told and not _ACRONYM.fullmatch(name.strip()):
        return []
    return brand if not set(brand) & _GENERIC else []


def _may_be(brand: list[str], read: list[str]) -> bool:
    """Whether the words of a picture may stand for a brand: by shared letters, by initials, by an abbreviation."""
    one, other = "".join(brand), "".join(read)
    parts = {one[at : at + 3] for at in range(len(one) - 2)}
    shares = any(part in other for part in parts)
    return shares or _is_within(one, other) or _is_within(other, one)


def _is_within(few: str, many: str) -> bool:
    """Whether the letters come one after the other in a longer text."""
    rest = iter(many)
    return all(letter in rest for letter in few if letter.isalpha())


def _around(page: Page) -> str:
    root = page.dom.root
    return root.text if root else ""
