"""Judges whether the title of the page is about what the page is about."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import unquote

from rules import Outcome, Page, cant_tell, failed, page_rule, passed, short
from rules.languages import is_certainly, primary
from rules.standards.small_words import PARTS_OF_TEXTS, SERVICE_TALK
from rules.titles import is_placeholder, page_title
from rules.topics import Vocabulary, has_abbreviation, lacks_spaces, told

_BETWEEN = re.compile(r"\s+[-–—|/»«›‹·•:]+\s+|[|»«›‹•]|:\s|\s/\s")
_ENOUGH = 5
"""Telling words of running text from which a page tells for certain what it is about."""

_MOST_WORDS = 8
"""Telling words of a title up to which none of them can be missing on its page by chance."""

_HALF = 0.5


@page_rule(
    title="The title tells what the page is about",
    why="People who switch between pages, or cannot see this one, are told that they are on another page.",
    fix="Write a title with the words of the page's main heading, and then whose service it belongs to.",
    wcag=("2.4.2",),
    act=("c4a8a4",),
    impact="serious",
    scope="page",
    role="content",
)
def title_topic(page: Page) -> Iterator[Outcome]:
    """The title of the page names the topic that its content is about (WCAG failure F25).

    Applies to pages with text that have a title which is no placeholder. Fails where no telling word of the title,
    and none that is related to one, occurs in the page's text, the names of its images and controls, or its address,
    while its running text has five telling words or more that are no talk of web pages. Passes where half of the
    telling words of a part of the title occur in the main content. What lies between is a question, and so are
    titles with abbreviations, in other languages, and of pages that are a form.
    """
    title, root = page_title(page), page.dom.root
    if not title or is_placeholder(title) or root is None or not root.text:
        return
    code = primary(root.get("lang")) or "en"
    known = Vocabulary.of([root.text, *_names(page), unquote(page.final_url)])
    if _is_told(page, title, code):
        yield passed()
    elif _is_certain(page, title, code, known):
        yield failed(None, f"Nothing that the title “{short(title)}” says occurs on the page.")
    else:
        yield cant_tell(None, f"Does the title “{short(title)}” tell what this page is about?")


def _is_told(page: Page, title: str, code: str) -> bool:
    """Whether a part of the title is about the main content, and not about what its header says."""
    main = next(iter(page.dom.by_role("main")), page.dom.root)
    text = main.text if main else ""
    if lacks_spaces(title):
        plain = [title[at : at + 2] for at in range(len(title) - 1)]
        return any(lacks_spaces(pair) and pair in text for pair in plain)
    known = Vocabulary.of([text, *(heading.name for heading in page.dom.by_role("heading"))])
    parts = [told(part, code) for part in _BETWEEN.split(title)]
    return any(known.share(part) >= _HALF for part in parts if part)


def _is_certain(page: Page, title: str, code: str, known: Vocabulary) -> bool:
    telling = told(title, code)
    if not 0 < len(telling) <= _MOST_WORDS or lacks_spaces(title) or has_abbreviation(title):
        return False
    if set(telling) <= SERVICE_TALK | PARTS_OF_TEXTS or any(map(known.may_have, telling)):
        return False
    texts = [block.text for block in page.text if is_certainly(block, code)]
    about = {word for text in texts for word in told(text, code) if not word.isdecimal()}
    return len(about - SERVICE_TALK) >= _ENOUGH


def _names(page: Page) -> Iterator[str]:
    """What is said without being text: names of images, fields and controls, and pictures that are not exposed."""
    for element in page.dom.elements:
        if element.name and element.name_from != "contents":
            yield element.name
        for attribute in ("alt", "title", "aria-label", "placeholder"):
            if element.has(attribute):
                yield element.get(attribute)
