"""What on a page can tell in words, or lead to words that tell, what a medium shows or says.

A transcript takes room. Where the page has far fewer words than somebody speaks, and nothing leads to more, there is
no transcript; this is the one case in which its absence is certain.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urldefrag

from rules.element import Element
from rules.evidence.dom import TEXT
from rules.evidence.media import Content, Medium
from rules.layout import can_be_seen
from rules.page import Page
from rules.speech import speech_s
from rules.text import short, words

LEAST_SPEECH_S = 5.0
"""Less may be a jingle, a greeting or a mistake of the measurement."""

SLOWEST_WORDS_S = 0.5
"""Words a second: the slowest speeches have more than one."""

_STILL = 1
"""Difference between pictures, of 255, that compression alone makes."""

_AROUND = frozenset({"navigation", "banner", "contentinfo"})
_NO_TELLING = frozenset(
    {"script", "style", "noscript", "head", "title", "template", "option", "a", "button", "label", "summary"}
    | {"h1", "h2", "h3", "h4", "h5", "h6", "nav"}
)
_PLAYS = re.compile(
    r"\b(?:play|pause|stop|mute|unmute|volume|full ?screen|seek|listen|watch|spiel|abspiel|anhalt|stumm|ton\b|lire\b"
    r"|lecture|écouter|muet|reprod|pausa|silenci|escuch|riprod|muto)",
    re.IGNORECASE,
)
_MEDIA_FILE = re.compile(r"\.(?:mp3|mp4|m4a|m4v|mov|ogg|oga|ogv|opus|wav|webm|aac|flac|avi|wmv)\Z", re.IGNORECASE)


def is_met(page: Page, medium: Medium, element: Element) -> bool:
    """Whether people meet the medium: it plays, or can be started."""
    if medium.failed or medium.duration_s == float("inf"):
        return False
    if medium.plays or (medium.controls and can_be_seen(element)):
        return True
    return can_be_started(page) and (medium.kind == "audio" or can_be_seen(element))


def can_be_started(page: Page) -> bool:
    """Whether a control of the page's own says that it plays something."""
    return any(_PLAYS.search(button.name) and can_be_seen(button) for button in page.dom.by_role("button", "link"))


def heard_s(content: Content | None) -> float:
    """Seconds of speech that are certain; 0 where the file is not known."""
    return speech_s(content) if content else 0.0


def has_no_sound(medium: Medium) -> bool:
    """Whether it is certain that there is nothing to hear."""
    return medium.content is not None and medium.content.sound in ("none", "silent")


def is_still(medium: Medium) -> bool:
    """Whether it is certain that a film shows one picture all the time, without a word in it."""
    content = medium.content
    if content is None or not content.changes or content.lettering is None:
        return False
    return max(content.changes) <= _STILL and not "".join(content.lettering).strip()


def file_name(medium: Medium) -> str:
    """What to call the medium in a question: its file."""
    name = medium.source.partition("?")[0].partition("#")[0].rpartition("/")[2]
    return f"“{short(name, 40)}”" if name else "this"


def is_untold(page: Page, medium: Medium, element: Element) -> bool:
    """Whether it is certain that no words on the page, or behind something on it, hold what is said."""
    spoken_s = heard_s(medium.content)
    if spoken_s < LEAST_SPEECH_S or leads_on(page, medium):
        return False
    return telling_words(page, element) < spoken_s * SLOWEST_WORDS_S


def telling_words(page: Page, element: Element) -> int:
    """How many words on the page can be part of an alternative, hidden ones among them."""
    own = [element.get(name) for name in ("aria-label", "title", "aria-description")]
    return sum(len(words(text)) for text in (*_texts(page), *own))


def _texts(page: Page) -> Iterator[str]:
    tells: dict[int, bool] = {}
    for index, node in enumerate(page.dom.nodes):
        above = tells.get(node.parent, True)
        around = node.tag in _NO_TELLING or node.role in _AROUND or node.tag.startswith("::")
        tells[index] = above and not around
        if node.kind == TEXT and tells[index] and node.text.strip():
            yield node.text


def leads_on(page: Page, medium: Medium) -> bool:
    """Whether a link, a control or a frame of the page, navigation aside, may lead to words about the medium."""
    if any(can_be_seen(frame) for frame in page.dom.by_tag("iframe", "object", "embed")):
        return True
    media = {other.source for other in page.media.elements} if page.media else set()
    links = (link for link in page.dom.by_tag("a", "area") if link.has("href"))
    if any(_leads_to_words(page, link, media, medium.kind) for link in links if not _is_around(link)):
        return True
    buttons = (*page.dom.by_role("button", "tab", "menuitem"), *page.dom.by_tag("summary"))
    return any(not _PLAYS.search(button.name) and not _is_around(button) for button in buttons)


def _is_around(element: Element) -> bool:
    return bool(_AROUND & set(element.landmarks))


def _leads_to_words(page: Page, link: Element, media: set[str], kind: str) -> bool:
    address, fragment = urldefrag(link.href)
    if address in media:
        return False
    if address == urldefrag(page.final_url)[0] and link.get("href").strip().startswith("#"):
        return False  # what is there is counted, and an empty or missing target holds nothing
    return not (kind == "audio" and _MEDIA_FILE.search(address.partition("?")[0])) and bool(address or fragment)
