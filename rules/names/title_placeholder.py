"""Judges whether the page has a title of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rules import Outcome, Page, failed, page_rule, passed, short

_FILE = re.compile(r"[\w-]+\.(?:html?|xhtml|php|aspx?|jsp|cfm|docx?|pdf|pptx?|xlsx?|indd)\Z", re.IGNORECASE)
_PLACEHOLDERS = frozenset(
    {
        *("untitled", "untitled document", "untitled page", "untitled 1", "no title", "title", "page title"),
        *("title here", "insert title here", "enter title here", "your title here", "default title", "site title"),
        *("enter the title of your html document here", "document", "html document", "new page", "new page 1"),
        *("new document", "document title", "title goes here", "lorem ipsum", "template", "blank page"),
        *("react app", "vite app", "create next app", "webpack app", "vue app", "index", "page"),
        *("documento sin título", "sin título", "document sans titre", "sans titre", "unbenanntes dokument"),
        *("unbenannt", "neue seite", "nouvelle page", "página nueva", "documento senza titolo", "senza titolo"),
        *("documento sem título", "sem título", "naamloos document", "naamloos", "dokument bez tytułu"),
    }
)
"""What editors and frameworks write where nobody writes a title."""


@page_rule(
    title="The page has a title of its own",
    why="People who switch between pages, or cannot see this one, are not told which page it is.",
    fix="Write a title that says what this page is about, and then whose service it belongs to.",
    wcag=("2.4.2",),
    impact="serious",
    scope="page",
    role="content",
)
def title_placeholder(page: Page) -> Iterator[Outcome]:
    """The title of the page is neither an editor's placeholder nor the name of a file (WCAG failure F25).

    Applies to pages that have a title. Whether the title tells what the page is about needs a person.
    """
    title = " ".join(page.snapshot.frames[0].title.split()) if page.snapshot and page.snapshot.frames else ""
    plain = title.casefold().strip(" .:!-–|")
    if not plain:
        return
    if plain in _PLACEHOLDERS or _FILE.match(title):
        yield failed(None, f"The title “{short(title)}” is a placeholder.")
    else:
        yield passed()
