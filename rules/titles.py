"""The title of a page, and whether it is one that stands where nobody wrote any."""

from __future__ import annotations

import re

from rules.page import Page

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


def page_title(page: Page) -> str:
    """The title that the browser shows, white space folded; empty for none."""
    return " ".join(page.snapshot.frames[0].title.split()) if page.snapshot and page.snapshot.frames else ""


def is_placeholder(title: str) -> bool:
    """Whether an editor or a framework wrote the title, or it is the name of a file."""
    return title.casefold().strip(" .:!-–|") in _PLACEHOLDERS or _FILE.match(title) is not None
