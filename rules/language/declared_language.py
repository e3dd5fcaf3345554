"""Judges whether the page declares the language that its main text is in."""

from __future__ import annotations

from collections.abc import Iterator

from rules import Outcome, Page, failed, page_rule, passed
from rules.languages import name, reading


@page_rule(
    title="The page declares the language that it is written in",
    why="A screen reader reads the text with the sounds of another language, so that nobody understands it.",
    fix='Declare the language of the main text on the html element, for Spanish <html lang="es">.',
    wcag=("3.1.1",),
    act=("ucwvc8",),
    impact="serious",
    scope="page",
    role="development",
    serves=("without-vision", "limited-vision", "hearing", "cognition"),
    serves_source="DHS Trusted Tester v5, test 11.A",
)
def declared_language(page: Page) -> Iterator[Outcome]:
    """The main text of the page is in the language that the html element declares.

    Applies to pages that declare a language and have eight words or more of main text for which no other one is
    declared. Fails where four fifths of that text are for certain in one other language, by its frequent words or by
    its letters; under 60 words only where all its frequent words are those of the other. Pages in several languages,
    or in one that this rule does not know, give no outcome.
    """
    read = reading(page)
    if read.other:
        yield failed(None, f"The main text is in {read.other}, and the page declares {name(read.code)}.")
    elif read.is_declared:
        yield passed()
