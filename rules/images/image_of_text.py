"""Judges whether text is text and not a picture of it."""

from __future__ import annotations

from collections.abc import Iterator

from rules import Outcome, Page, cant_tell, failed, page_rule, passed, short
from rules.pictures import Written, looked_at, written

_POSTER_PX, _POSTER_WORDS, _POSTER_LINES = 20.0, 4, 12
"""From what height and how many words the text of a picture is its message, and up to how many lines."""

_SIGN_LINES = 2
"""Lines of a text that may be a sign; more that are no sentences are a list or a picture of a screen."""

_REPEATS = 0.8
"""Share of the picture's words that a name gives which repeats them; some are read wrongly."""

_REPEATS_TYPED = 0.5
"""The same for what was typed: a drawing may cut the end of it off."""

_PHOTO = 0.5
"""Share of one colour around the text below which it stands on a photo or a gradient."""


@page_rule(
    title="Text is written as text, not as an image of it",
    why="People with low vision or dyslexia cannot change the size, spacing, font or colours of text in an image.",
    fix="Write the text as text and give it its looks with CSS. Logos, and images of which the look itself matters, "
    "may stay.",
    wcag=("1.4.5", "1.4.9"),
    act=("0va7u6",),
    impact="moderate",
    scope="component",
    role="design",
    needs=("dom", "pictures"),
)
def image_of_text(page: Page) -> Iterator[Outcome]:
    """Images show no text that could as well be written.

    Applies to img elements, image buttons, image objects and images in the background of elements that can be seen.
    What is in them is read from the picture that the browser draws. Fails where an image shows lines of text on one
    colour and nothing else, and is certainly the page's own speech: a button, a heading, an item of navigation, what
    pages call their parts, sentences that its name repeats or that lie in the background of an element without text, a
    drawing with text in it that its name repeats. Logos pass, lists of single words are left out. Where the look may
    matter (a picture of a screen, a document), and where large text lies on a photo, it is a question; text that is a
    small part of a picture is none of this rule's.
    """
    for picture in looked_at(page, "image"):
        element = page.dom.at(picture.node)
        if element is not None and not picture.lines and not picture.busy:
            yield passed(element)
    for found in written(page, "image", "background"):
        if found.is_sign:
            yield passed(found.element)
        elif found.is_text_alone and (outcome := _alone(found)) is not None:
            yield outcome
        elif found.picture.kind == "image" and _is_poster(found):
            yield cant_tell(
                found.element, f"Could the text in this picture, “{short(found.text)}”, lie over it as text?"
            )


def _alone(found: Written) -> Outcome | None:
    element = found.element
    if not found.is_shown_as_it_is and _is_speech(found):
        return failed(element, f"This is an image of text: “{short(found.text)}”.")
    if found.is_prose or (found.picture.kind == "image" and len(found.lines) <= _SIGN_LINES):
        return cant_tell(element, f"Is it essential that “{short(found.text)}” looks exactly like this, as in a logo?")
    return None


def _is_speech(found: Written) -> bool:
    """Whether the page speaks by it: with words that are no name, or at a place where it speaks."""
    if found.is_prose and _says_it_itself(found):
        return True
    is_typed = found.is_typed and found.given_in(found.element.name) >= _REPEATS_TYPED
    return found.is_page_talk or is_typed or _is_part_of_the_page(found)


def _is_part_of_the_page(found: Written) -> bool:
    """Whether it is on a button, a heading, or an item to choose."""
    element = found.element
    if element.tag == "input" or any(above.role == "button" for above in element.ancestors()):
        return True
    return element.closest("h2", "h3", "h4", "h5", "h6") is not None or "navigation" in element.landmarks


def _says_it_itself(found: Written) -> bool:
    """Whether its author gives the text as what the image stands for, or leaves all speech to it."""
    if found.picture.kind == "background":
        return not found.element.text
    return found.given_in(found.element.name) >= _REPEATS


def _is_poster(found: Written) -> bool:
    """Whether large text stands in lines on a photo or the like: labels of a drawing are scattered over one colour."""
    is_large = found.tallest >= _POSTER_PX and len(found.lines) <= _POSTER_LINES and len(found.words) >= _POSTER_WORDS
    return is_large and found.is_block and found.picture.plain < _PHOTO and not found.is_shown_as_it_is
