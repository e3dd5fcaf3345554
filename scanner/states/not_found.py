"""Pages that say with a status of success that there is nothing at their address.

Two witnesses: the page's own words, in its title or main heading and nothing but them; and what the service
shows for an address that certainly does not exist. An article about such pages has more to say than they have.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from rules.page import Page, PageState
from rules.text import words
from scanner.states.view import Sign, View

SHORT = 120
"""Words that a page which only says so has at most, its list of popular pages aside."""

BARE = 25
"""Words within which the phrase itself needs no further witness."""

SUSPICIOUS = 80
"""A page with fewer words is worth the question what the service shows for an address that does not exist."""

FEWEST = 3
"""Words that two pages must share to be taken for the same."""

_REFERENCE = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class Missing:
    """What a service shows for an address that does not exist, with a status of success: its main text."""

    url: str
    text: str


def missing_of(page: Page) -> Missing | None:
    """What is known from a visit to an address that does not exist; None where the service says so by its status."""
    if page.state is not PageState.TESTED or page.snapshot is None:
        return None
    text = View(page).main
    return Missing(page.url, text)


def is_suspicious(view: View) -> bool:
    """Whether it is worth a request to know what the service shows for an address that does not exist."""
    return not _is_home(view.page.url) and (view.size < SUSPICIOUS or view.is_headed("not-found"))


def recognise(view: View, missing: Missing | None = None) -> Sign | None:
    """A page that says it was not found, by its words or because it is what the service shows for what is not there."""
    if missing is not None and not _is_home(view.page.url) and _is_same(view, missing):
        return Sign(PageState.SOFT_404, "The page shows what the service shows for an address that does not exist.")
    if not view.is_headed("not-found"):
        return None
    short = view.size <= SHORT and not view.fields
    if short and (view.size <= BARE or view.says("not-found-help")):
        return Sign(PageState.SOFT_404, "The page says that it was not found, with a status of success.")
    return Sign(
        PageState.SOFT_404, "A heading says that the page was not found; the rest of it looks like a page.", False
    )


def _is_same(view: View, missing: Missing) -> bool:
    """Whether two pages say the same word for word, apart from their addresses, numbers and references."""
    here = _content(view.main, view.page.url, missing.url)
    return here.total() >= FEWEST and here == _content(missing.text, view.page.url, missing.url)


def _content(text: str, *urls: str) -> Counter[str]:
    of_address = {word for url in urls for word in words(unquote(url).replace("_", " "))}
    return Counter(word for word in words(text) if word not in of_address and not _REFERENCE.search(word))


def _is_home(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.path in ("", "/") and not parts.query
