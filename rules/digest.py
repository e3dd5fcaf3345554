"""What is kept of every page for rules that compare pages: small, plain, always stored."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from rules.element import Element
from rules.page import Page

LIST_LIMIT = 60
TEXT_LIMIT = 120
HELP_WORDS = frozenset({"help", "contact", "support", "feedback", "ayuda", "contacto", "contáctenos"})


class Link(NamedTuple):
    """A link as assistive technology meets it: accessible name and resolved target."""

    name: str
    href: str


class Control(NamedTuple):
    """A control that leads somewhere or does something: role, accessible name, what it is for."""

    role: str
    name: str
    target: str


@dataclass(frozen=True, slots=True)
class PageDigest:
    """All that site rules see of a page; below 20 kB whatever the page is.

    Lists keep the order on the page and at most 60 entries, texts at most 120 characters. `template` is
    a hash of the structure that pages of one kind share; `content` a hash of the main text.
    """

    url: str
    title: str = ""
    language: str = ""
    headings: tuple[tuple[int, str], ...] = ()
    header_links: tuple[Link, ...] = ()
    navigation_links: tuple[Link, ...] = ()
    footer_links: tuple[Link, ...] = ()
    help_links: tuple[Link, ...] = ()
    controls: tuple[Control, ...] = ()
    template: str = ""
    content: str = ""


def digest(page: Page) -> PageDigest:
    """The digest of a page, from the rendered tree as assistive technology meets it."""
    dom = page.dom
    links = [element for element in dom.by_role("link") if element.node.frame == 0]
    return PageDigest(
        url=page.url,
        title=_short(page.snapshot.frames[0].title if page.snapshot and page.snapshot.frames else ""),
        language=dom.root.get("lang") if dom.root else "",
        headings=tuple((int(h.state("level") or 0), _short(h.name)) for h in dom.by_role("heading")[:LIST_LIMIT]),
        header_links=_links(link for link in links if "banner" in link.landmarks),
        navigation_links=_links(link for link in links if "navigation" in link.landmarks),
        footer_links=_links(link for link in links if "contentinfo" in link.landmarks),
        help_links=_links(link for link in links if HELP_WORDS & set(link.name.lower().split())),
        controls=_controls(dom.by_role("link", "button")),
        template=template(page),
        content=_hash(" ".join(main.text for main in dom.by_role("main")) or (dom.root.text if dom.root else "")),
    )


def template(page: Page) -> str:
    """A hash of the page's skeleton: landmarks with the tags and class stems of their upper levels.

    Pages made from one template share it however long their content is, because repeated siblings
    count once and running text is left out.
    """
    seen: list[str] = []
    for landmark in page.dom.by_role("banner", "navigation", "main", "form", "search", "complementary", "contentinfo"):
        kinds = {child.tag for child in landmark.descendants() if child.tag in _STRUCTURAL}
        seen.append(landmark.role + ":" + ",".join(sorted(kinds)))
    return _hash("\n".join(seen))[:8]


_STRUCTURAL = frozenset(
    {
        "form",
        "fieldset",
        "table",
        "iframe",
        "video",
        "audio",
        "dialog",
        "article",
        "aside",
        "input",
        "select",
        "textarea",
    }
)


def _links(elements: Iterable[Element]) -> tuple[Link, ...]:
    found = [Link(_short(element.name), _short(element.href)) for element in elements]
    return tuple(found[:LIST_LIMIT])


def _controls(elements: list[Element]) -> tuple[Control, ...]:
    found = [Control(e.role, _short(e.name), _short(e.href or e.get("type"))) for e in elements if e.node.frame == 0]
    return tuple(found[:LIST_LIMIT])


def _short(text: str) -> str:
    return text if len(text) <= TEXT_LIMIT else text[: TEXT_LIMIT - 1] + "…"


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:16]
