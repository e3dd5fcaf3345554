"""What recognisers look at: the title, the headings, and the main content of a page without what stands around it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple
from urllib.parse import urlsplit

from rules.dom import Dom
from rules.element import Element
from rules.evidence.dom import TEXT
from rules.page import Page, PageState
from scanner.crawl.urls import same_host
from scanner.states.phrases import phrases, plain

_AROUND_ROLES = ("banner", "navigation", "contentinfo", "search", "complementary")
_AROUND_NAME = re.compile(
    r"(?:^|[-_\s])(?:site-?header|header|footer|nav|navbar|navigation|menu|topbar|masthead|breadcrumbs?|sidebar|skip)"
    r"(?:[-_\s]|$)",
    re.IGNORECASE,
)
_CONSENT_NAME = re.compile(r"cookie|consent|gdpr|onetrust|didomi|usercentrics|tarteaucitron|cmpbox", re.IGNORECASE)
_BOXES = frozenset({"div", "section", "aside", "ul", "table", "dialog", "form"})
_CODE = frozenset({"pre", "code", "samp", "textarea"})
_NO_FIELD = frozenset({"hidden", "submit", "button", "image", "reset", "checkbox", "radio"})
_SEPARATOR = re.compile(r"\s+[|–—·•»«:~-]+\s+|\s*[|»«·•]\s*|:+\s+|[!?.]+(?:\s+|$)")


BARE = 12
"""Words up to which a document has hardly a sentence."""


class Sign(NamedTuple):
    """What a recogniser saw; one that is not `certain` leaves the page tested and becomes a remark."""

    state: PageState
    reason: str
    certain: bool = True


@dataclass(frozen=True)
class View:
    """A page as recognisers read it; everything is found out on first use.

    The main content is what the main landmark holds, else the whole body, without navigation, search, header,
    footer, sidebars and consent banners, whether landmarks or mere names of classes tell them.
    """

    page: Page

    @property
    def dom(self) -> Dom:
        """The rendered tree."""
        return self.page.dom

    @cached_property
    def title(self) -> str:
        """The title of the top document."""
        return self.page.snapshot.frames[0].title if self.page.snapshot and self.page.snapshot.frames else ""

    @cached_property
    def heads(self) -> tuple[str, ...]:
        """The main headings as text; the first heading of any level where there is none."""
        seen = [one for one in self.dom.by_role("heading") if one.node.frame == 0 and one.rendered]
        main = [one for one in seen if one.state("level") == "1"] or seen[:1]
        return tuple(one.text for one in main[:5])

    def is_headed(self, name: str) -> bool:
        """Whether the title, a part of it, or a main heading says one of the phrases of a list and nothing else."""
        known = phrases(f"{name}-heading")
        return any(known.fullmatch(plain(part)) for text in (self.title, *self.heads) for part in _parts(text))

    def says(self, name: str) -> bool:
        """Whether the page, title and menus included, has one of the phrases of a list in its text."""
        return phrases(name).search(plain(f"{self.title} {self.shown}")) is not None

    @cached_property
    def main(self) -> str:
        """The text of the main content, links and labels included."""
        return " ".join("".join(self._texts(self._content)).split())

    @cached_property
    def prose(self) -> str:
        """The text of the main content outside of links, controls and code."""
        return " ".join("".join(self._texts(self._content, _CODE | {"a", "button", "select", "label"})).split())

    @cached_property
    def shown(self) -> str:
        """The text of the whole page, consent banners and menus included."""
        return " ".join("".join(self._texts(range(len(self.dom.nodes)))).split())

    @cached_property
    def size(self) -> int:
        """About how many words the main content has outside of links, in scripts without spaces as well."""
        return _size(self.prose)

    @cached_property
    def full_size(self) -> int:
        """About how many words the main content has, links and labels included."""
        return _size(self.main)

    @cached_property
    def is_bare(self) -> bool:
        """Whether the top document itself has hardly a sentence and leads nowhere; frames in it may hold anything."""
        own = [index for index in self._content if self.dom.nodes[index].frame == 0]
        leads = any(link.rendered and link.node.frame == 0 for link in self.dom.by_role("link"))
        return not leads and _size("".join(self._texts(frozenset(own)))) <= BARE

    @cached_property
    def fields(self) -> tuple[Element, ...]:
        """The fields of the main content that a person can type into or choose from."""
        found = self.dom.by_tag("input", "select", "textarea")
        return tuple(one for one in found if self.is_main(one) and _is_field(one))

    @cached_property
    def passwords(self) -> tuple[Element, ...]:
        """The fields of the main content for a password."""
        return tuple(one for one in self.fields if one.get("type").lower() == "password")

    @cached_property
    def can_send(self) -> bool:
        """Whether what is typed into the main content can go anywhere: by a form, or by a button that scripts hear."""
        pressed = any(self.is_main(one) for one in self.dom.by_role("button"))
        return pressed or any(one.closest("form") is not None for one in self.fields)

    @cached_property
    def links(self) -> int:
        """How many links the page shows in all."""
        return sum(one.rendered for one in self.dom.by_role("link"))

    @cached_property
    def sources(self) -> str:
        """The addresses of frames and scripts, one a line."""
        return "\n".join(one.get("src") or one.get("data") for one in self.dom.by_tag("iframe", "frame", "script"))

    @cached_property
    def is_bounced(self) -> bool:
        """Whether the visit ended at another host or path than it asked for."""
        asked, ended = self.page.url, self.page.final_url
        return not same_host(asked, ended) or _path(asked) != _path(ended)

    def is_main(self, element: Element) -> bool:
        """Whether an element can be seen and lies in the main content."""
        return element.index in self._content and element.visible

    @cached_property
    def _content(self) -> frozenset[int]:
        inside = next(iter(self.dom.by_role("main")), None) or self.dom.root
        if inside is None:
            return frozenset()
        found = set(self.dom.indices_below(inside.index))
        for around in self._around():
            # A box that holds nearly everything, such as a form around a whole page, is not around anything.
            if inside.index not in self.dom.indices_below(around.index):
                found.difference_update(self.dom.indices_below(around.index))
        return frozenset(found)

    def _around(self) -> Iterator[Element]:
        yield from self.dom.by_role(*_AROUND_ROLES)
        heads = {one.index for one in self.dom.by_tag("h1")}
        for box in self.dom.by_tag(*_BOXES):
            named = f"{box.get('id')} {box.get('class')}"
            is_around = _AROUND_NAME.search(named) and heads.isdisjoint(self.dom.indices_below(box.index))
            if is_around or _CONSENT_NAME.search(named):
                yield box

    def _texts(self, indices: Iterable[int], without: frozenset[str] = frozenset()) -> Iterator[str]:
        for index in sorted(indices) if isinstance(indices, frozenset) else indices:
            node = self.dom.nodes[index]
            if node.kind != TEXT or node.box is None:
                continue
            around = self.dom.element_above(index)
            if around is None or around.style("visibility") == "hidden" or around.style("opacity") == "0":
                continue
            if without and around.closest(*without) is not None:
                continue
            yield node.text
            yield " "


def _parts(text: str) -> Iterator[str]:
    """The text, and the parts into which separators cut it: a title mostly names the site beside the page."""
    yield text
    parts = _SEPARATOR.split(text)
    if len(parts) > 1:
        yield from parts


def _size(text: str) -> int:
    return max(len(text.split()), len(text) // 12)


def _is_field(element: Element) -> bool:
    return element.get("type").lower() not in _NO_FIELD and not _is_search(element)


def _is_search(element: Element) -> bool:
    named = f"{element.get('name')} {element.get('id')} {element.get('placeholder')} {element.name}"
    is_query = element.get("name").lower() in ("q", "s", "query", "keywords")
    return is_query or element.get("type").lower() == "search" or "search" in named.lower()


def _path(url: str) -> str:
    try:
        return urlsplit(url).path.rstrip("/")
    except ValueError:
        return url
