"""What of a page is its own, as far as its landmarks tell, and the links from it to others of its site."""

from __future__ import annotations

from functools import cached_property
from urllib.parse import urldefrag, urlsplit

from rules.element import LANDMARKS, Element
from rules.evidence.dom import TEXT
from rules.layout import can_be_seen
from rules.page import Page

SHARED = frozenset({"banner", "navigation", "contentinfo", "search"})
"""Landmarks of what a site puts on its pages again and again."""

_NO_TEXT = frozenset({"link", "button", "heading"})


class OwnContent:
    """The texts of a page's top document that are in no shared landmark, and are no heading, link or button."""

    def __init__(self, page: Page) -> None:
        self.dom = page.dom
        self.here = parted(page.final_url)[0]

    @cached_property
    def leading_on(self) -> list[Element]:
        """Links to other pages of the same host, folded away or not."""
        found = [link for link in self.dom.by_tag("a", "area") if link.node.frame == 0 and link.has("href")]
        return [link for link in found if self._is_sibling(link.href)]

    def _is_sibling(self, address: str) -> bool:
        try:
            there, here = urlsplit(address), urlsplit(self.here)
        except ValueError:
            return False
        is_page = there.scheme in ("http", "https", "file") and there.netloc == here.netloc
        return is_page and parted(address)[0] != self.here

    @cached_property
    def texts(self) -> dict[int, int]:
        """How many characters are seen of each text, by its index, in document order."""
        skipped = bytearray(len(self.dom.nodes))
        for one in self.dom.by_role(*SHARED, *_NO_TEXT):
            inside = self.dom.indices_below(one.index)
            skipped[inside.start : inside.stop] = b"\1" * len(inside)
        found: dict[int, int] = {}
        for index, node in enumerate(self.dom.nodes):
            if node.kind != TEXT or node.frame != 0 or node.box is None or skipped[index] or not node.text.strip():
                continue
            element = self.dom.element_above(index)
            if element is not None and can_be_seen(element):
                found[index] = len(" ".join(node.text.split()))
        return found

    @cached_property
    def main(self) -> dict[int, int]:
        """The texts that are not complementary; all of them where there is no other."""
        asides = [one for one in self.dom.by_role("complementary") if one.node.frame == 0]
        aside = {index for one in asides for index in self.dom.indices_below(one.index)}
        return {index: size for index, size in self.texts.items() if index not in aside} or self.texts


def parted(address: str) -> tuple[str, str]:
    """An address without its fragment, and the fragment."""
    try:
        where, fragment = urldefrag(address)
    except ValueError:
        return address, ""
    return where, fragment


def around(element: Element) -> str:
    """The role of the nearest landmark that an element is in, or is itself; empty for none."""
    return next((one.role for one in (element, *element.ancestors()) if one.role in LANDMARKS), "")
