"""The prose of a page: its main content in units, each with the element that it stands in."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from rules.blocks import declared, runs
from rules.element import Element
from rules.languages import primary, reading
from rules.plain.around import CODE_TAGS, LONGEST_EXPLAINED, is_around
from rules.plain.prose import Finding, Prose, UnitKind
from rules.plain.text_language import certain_language
from rules.plain.units import joined

if TYPE_CHECKING:
    from rules.page import Page

_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_GOES_ON = re.compile(r"[a-z(&]|\Z")


class _Part(NamedTuple):
    kind: UnitKind
    text: str
    element: Element


@dataclass(frozen=True)
class PageProse(Prose):
    """The prose of a page; `elements` has the element of each unit, in the same order."""

    elements: tuple[Element, ...] = ()

    @cached_property
    def known(self) -> dict[int, tuple[object, tuple[Finding, ...]]]:
        """What was found before, by the identity of who judged, beside it: three readers ask for the same."""
        return {}

    def element_at(self, place: int) -> Element | None:
        """The element in whose unit an offset into the text lies; None between units."""
        number = bisect_right(self.units, place, key=lambda unit: unit.start) - 1
        return self.elements[number] if number >= 0 and place <= self.units[number].end else None


def page_prose(page: Page) -> PageProse:
    """The visible main content of a page as prose, in the language that the page declares.

    Left out are navigation, header, footer, asides, notices on cookies, forms' labels and controls, tables, code,
    addresses, and blocks that are nothing but a link; code inside of a sentence belongs to it. The language of a page
    that declares none is what its words certainly are; it is empty where that is not known, or not the declared one.
    """
    root = page.dom.root
    code = primary(root.get("lang")) if root else ""
    language = "" if code and reading(page).other else code
    parts = list(_parts(page, code))
    if not code:
        language = certain_language(" ".join(part.text for part in parts))
    made = joined(((part.kind, part.text) for part in parts), language=language)
    told = [one for one in page.dom.by_tag("abbr") if one.get("title").strip()]
    told += [one for tag in CODE_TAGS for one in page.dom.by_tag(tag)]
    explained = frozenset(text for one in told if 1 < len(text := one.text.strip()) <= LONGEST_EXPLAINED)
    return PageProse(made.text, made.units, made.language, explained, tuple(part.element for part in parts))


def _parts(page: Page, code: str) -> Iterator[_Part]:
    known: dict[int, bool] = {}
    has_main = bool(page.dom.by_role("main"))
    for run in runs(page.dom, code=True):
        element = run.element
        if not run.text.strip() or element.style("visibility") == "hidden" or not element.exposed:
            continue
        if _is_left_out(element, known, has_main=has_main) or _language(element) not in ("", code):
            continue
        kind = _kind(element)
        texts = [" ".join(run.text.split())] if kind == "heading" else list(_lines(run.text))
        if kind != "heading" and len(texts) == 1 and _is_link(element, texts[0]):
            continue
        for text in texts:
            yield _Part(kind, text, element)


def _is_left_out(element: Element, known: dict[int, bool], *, has_main: bool) -> bool:
    """Whether an element or one around it is no running text; `known` remembers it by the element's index."""
    path: list[Element] = []
    at: Element | None = element
    while at is not None and at.index not in known:
        path.append(at)
        at = at.parent
    left_out = known[at.index] if at is not None else False
    for one in reversed(path):
        names = f"{one.get('id')} {one.get('class')}".strip()
        left_out = left_out or one.get("translate") == "no" or is_around(one.tag, one.role, names, has_main=has_main)
        known[one.index] = left_out
    return left_out


def _language(element: Element) -> str:
    above = declared(element)
    return primary(above.get("lang")) if above else ""


def _kind(element: Element) -> UnitKind:
    if element.tag in _HEADINGS or element.role == "heading":
        return "heading"
    for one in (element, *element.ancestors()):
        if one.tag in _HEADINGS:
            return "heading"
        if one.tag in ("blockquote", "q"):
            return "quotation"
        if one.tag == "li":
            inside = one.closest("blockquote")
            above = one.dom_parent
            return "quotation" if inside else "step" if above is not None and above.tag == "ol" else "item"
        if one.tag in ("main", "body"):
            break
    return "paragraph"


def _lines(text: str) -> Iterator[str]:
    """The text with white space folded, cut at forced breaks where the line before is not read on."""
    line = ""
    for raw in text.split("\n"):
        part = " ".join(raw.split())
        if line and _GOES_ON.match(part) is None and not line.endswith((",", ";")):
            yield line
            line = ""
        line = f"{line} {part}".strip() if part else line
    if line:
        yield line


def _is_link(element: Element, text: str) -> bool:
    """Whether a block is nothing but one link: an entry of a list of links, a button to begin."""
    if text.endswith((".", "!")):
        return False
    links = [element] if element.tag == "a" else [one for one in element.children if one.tag == "a"]
    return len(links) == 1 and " ".join(links[0].text.split()) == text
