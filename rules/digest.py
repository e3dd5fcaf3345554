"""What is kept of every page for rules that compare pages: small, plain, always stored."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple, TypeVar
from urllib.parse import urlsplit

from rules.element import Element
from rules.page import Page
from rules.template import template

Entry = TypeVar("Entry", bound="tuple[object, ...]")

TEXT_LIMIT = 120
HEADING_LIMIT = 9
BUDGETS = {"headings": 3_000, "header": 2_500, "navigation": 5_000, "footer": 2_500, "help": 1_000, "controls": 3_000}
"""How many bytes each list of a digest may take as JSON."""
HELP_WORDS = frozenset({"help", "contact", "support", "feedback", "ayuda", "contacto", "contáctenos"})


class Link(NamedTuple):
    """A link as assistive technology meets it: accessible name and target.

    The target is resolved, and begins with its path where it lies on the page's own host.
    """

    name: str
    href: str


class Navigation(NamedTuple):
    """One navigation landmark: accessible name, the landmark around it (banner, main …), its links in order."""

    name: str
    place: str
    links: tuple[Link, ...]


class HelpLink(NamedTuple):
    """A link to help or contact; `place` is the outermost landmark around it (banner, main, contentinfo …)."""

    name: str
    href: str
    place: str


class Control(NamedTuple):
    """A control that leads somewhere or does something: role, accessible name, what it is for."""

    role: str
    name: str
    target: str


@dataclass(frozen=True, slots=True)
class PageDigest:
    """All that site rules see of a page; below 20 kB whatever the page is.

    Lists keep the order on the page and end where their share of the bytes is used up, texts have at most
    120 characters. `template` names the kind of page; `content` is a hash of the main text of so many `words`.
    """

    url: str
    title: str = ""
    language: str = ""
    headings: tuple[tuple[int, str], ...] = ()
    header_links: tuple[Link, ...] = ()
    navigation: tuple[Navigation, ...] = ()
    footer_links: tuple[Link, ...] = ()
    help_links: tuple[HelpLink, ...] = ()
    controls: tuple[Control, ...] = ()
    template: str = ""
    content: str = ""
    words: int = 0


def digest(page: Page) -> PageDigest:
    """The digest of a page, from the rendered tree as assistive technology meets it."""
    dom = page.dom
    links = [(element, element.landmarks) for element in dom.by_role("link") if element.node.frame == 0]
    header = [_link(element) for element, around in links if "banner" in around]
    footer = [_link(element) for element, around in links if "contentinfo" in around]
    asking = [HelpLink(*_link(element), (*around, "")[0]) for element, around in links if _asks_for_help(element)]
    text = " ".join(main.text for main in dom.by_role("main")) or (dom.root.text if dom.root else "")
    return PageDigest(
        url=page.url,
        title=_short(page.snapshot.frames[0].title if page.snapshot and page.snapshot.frames else ""),
        language=_short(dom.root.get("lang") if dom.root else ""),
        headings=_fitting("headings", _headings(page)),
        header_links=_fitting("header", header),
        navigation=_navigation(page),
        footer_links=_fitting("footer", footer),
        help_links=_fitting("help", asking),
        controls=_fitting("controls", _controls(page)),
        template=template(page),
        content=_hash(text),
        words=len(text.split()),
    )


def _headings(page: Page) -> Iterator[tuple[int, str]]:
    for heading in page.dom.by_role("heading"):
        if heading.node.frame == 0:
            yield min(int(heading.state("level") or 0), HEADING_LIMIT), _short(heading.name)


def _navigation(page: Page) -> tuple[Navigation, ...]:
    """The navigation landmarks that have links; one budget for all, since a page may have any number."""
    found: list[Navigation] = []
    left = BUDGETS["navigation"]
    for landmark in page.dom.by_role("navigation"):
        links = [_link(below) for below in landmark.descendants() if below.role == "link" and below.exposed]
        if links and landmark.node.frame == 0:
            head = Navigation(_short(landmark.name), (landmark.landmarks or ("",))[-1], ())
            kept = tuple(_within(left - _size(head), links))
            if not kept:
                break
            found.append(head._replace(links=kept))
            left -= _size(found[-1])
    return tuple(found)


def _controls(page: Page) -> Iterator[Control]:
    for element in page.dom.by_role("link", "button"):
        if element.node.frame == 0:
            target = _target(element) if element.has("href") else element.get("type")
            yield Control(element.role, _short(element.name), _short(target))


def _link(element: Element) -> Link:
    return Link(_short(element.name), _short(_target(element)))


def _asks_for_help(link: Element) -> bool:
    return not HELP_WORDS.isdisjoint(link.name.lower().split())


def _target(element: Element) -> str:
    """Where a link leads, without the host when that is the page's own."""
    try:
        parts, own = (urlsplit(address) for address in (element.href, element.dom.snapshot.frames[0].url))
    except ValueError:
        return element.href
    if not parts.netloc or (parts.scheme, parts.netloc) != (own.scheme, own.netloc):
        return element.href
    return parts._replace(scheme="", netloc="").geturl() or "/"


def _fitting(name: str, entries: Iterable[Entry]) -> tuple[Entry, ...]:
    return tuple(_within(BUDGETS[name], entries))


def _within(budget: int, entries: Iterable[Entry]) -> Iterator[Entry]:
    """The first entries, as many as the budget has bytes for."""
    for entry in entries:
        budget -= _size(entry)
        if budget < 0:
            return
        yield entry


def _size(entry: tuple[object, ...]) -> int:
    return len(json.dumps(entry, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")) + 1


def _short(text: str) -> str:
    return text if len(text) <= TEXT_LIMIT else text[: TEXT_LIMIT - 1] + "…"


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:16]
