"""The addresses in the text of one sitemap, read as it arrives: XML of any of the usual kinds, or lines of text."""

from __future__ import annotations

import codecs
import re
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from scanner.crawl.urls import LONGEST_URL

_LISTS = frozenset({"urlset", "sitemapindex", "rss", "feed", "RDF"})
_ENTRIES = frozenset({"url", "sitemap", "item", "entry"})
_WEB = ("http://", "https://")
_BLANK = b" \t\r\n"
_WIDE = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_CDATA = b"<![CDATA["
_STRAY = re.compile(rb"<!\[CDATA\[.*?\]\]>|&(?!(?:amp|lt|gt|quot|apos|#\d{1,7}|#x[0-9a-fA-F]{1,6});)", re.DOTALL)
_LONGEST_PART = 256 * 1024


class NotASitemap(Exception):
    """What arrived is no list of addresses."""


@dataclass
class Found:
    """What one piece of a sitemap named: addresses of pages, and of further sitemaps."""

    pages: list[str] = field(default_factory=list)
    sitemaps: list[str] = field(default_factory=list)


class SitemapText:
    """One sitemap as it arrives, in memory that does not grow with it.

    XML is read without a tree, entities are not resolved, nothing else is fetched, and what is broken is read
    as far as it goes. A sitemap of any namespace counts, RSS and Atom as well, because all of them are in use.
    """

    def __init__(self) -> None:
        self._start = b""
        self._reader: _Xml | _Lines | None = None

    def feed(self, piece: bytes) -> Found:
        """What is named in the next piece; raises NotASitemap."""
        if self._reader is None:
            self._start += piece
            text = self._start.removeprefix(codecs.BOM_UTF8).lstrip(_BLANK)
            if len(text) < 8:
                return Found()
            wide = self._start.startswith(_WIDE)
            self._reader = _Xml() if wide or text.startswith(b"<") else _Lines()
            piece = self._start if wide else text
        return self._reader.feed(piece)

    def close(self) -> Found:
        """What the end of it brings; raises NotASitemap for what never was one."""
        if self._reader is None:
            if not self._start.strip(_BLANK):
                raise NotASitemap("it is empty")
            self._reader = _Lines()
            found = self._reader.feed(self._start)
            found.pages += self._reader.close().pages
            return found
        return self._reader.close()

    @property
    def broken(self) -> str:
        """Where it is not well-formed, in words; empty where it is."""
        return self._reader.broken if self._reader else ""


class _Lines:
    """One address a line; the first tells whether this is such a list, later ones may be comments."""

    broken = ""

    def __init__(self) -> None:
        self._rest = ""
        self._is_list = False
        self._decode = codecs.getincrementaldecoder("utf-8-sig")("replace").decode

    def feed(self, piece: bytes) -> Found:
        """The addresses of the lines that are complete."""
        lines = (self._rest + self._decode(piece)).replace("\r", "\n").split("\n")
        # A line that never ends is no address, whatever follows.
        self._rest = lines.pop()[: LONGEST_URL + 1]
        return Found(self._addresses(lines))

    def close(self) -> Found:
        """The address of the last line."""
        return Found(self._addresses([self._rest]))

    def _addresses(self, lines: list[str]) -> list[str]:
        texts = [line.strip() for line in lines if line.strip()]
        if texts and not self._is_list and not texts[0].startswith(_WEB):
            raise NotASitemap("it is neither XML nor a list of addresses")
        self._is_list = self._is_list or bool(texts)
        return [text for text in texts if text.startswith(_WEB)]


class _Xml:
    """Entries of a sitemap, an index or a feed, by libxml2's events."""

    def __init__(self) -> None:
        self._target = _Entries()
        self._rest = b""
        self._as_is = False
        # `recover` reads on behind most mistakes; it would cut a hole into an address with a stray ampersand.
        target: Any = self._target  # only what is needed of the target's methods; lxml calls those that are there
        self._parser = etree.XMLParser(
            target=target, resolve_entities=False, no_network=True, load_dtd=False, recover=True, huge_tree=False
        )

    @property
    def broken(self) -> str:
        """The place of the first mistake."""
        first = next(iter(self._parser.feed_error_log), None)
        return f"line {first.line}: {first.message}"[:200] if first is not None else ""

    def feed(self, piece: bytes) -> Found:
        """What is named up to here."""
        self._as_is = self._as_is or piece.startswith(_WIDE)
        self._rest += piece
        return self._read(len(self._rest) if self._as_is else _whole_part(self._rest))

    def close(self) -> Found:
        """What the end brings."""
        found = self._read(len(self._rest))
        with suppress(etree.LxmlError):
            self._parser.close()
        last = self._read(0)
        if not self._target.kind:
            raise NotASitemap("it is no XML that could be read")
        return Found(found.pages + last.pages, found.sitemaps + last.sitemaps)

    def _read(self, length: int) -> Found:
        ready, self._rest = self._rest[:length], self._rest[length:]
        if ready:
            try:
                self._parser.feed(ready if self._as_is else _STRAY.sub(_escaped, ready))
            except etree.LxmlError as error:
                raise NotASitemap(f"it is broken XML ({error})"[:200]) from error
        if self._target.kind and self._target.kind not in _LISTS:
            raise NotASitemap(f"it is a document of another kind, <{self._target.kind[:40]}>")
        return self._target.take()


def _whole_part(text: bytes) -> int:
    """How much of the text can be read by itself: up to the end of a tag that is not in an open CDATA section."""
    opened = text.rfind(_CDATA)
    if opened >= 0 and text.find(b"]]>", opened) < 0:
        end = opened
    else:
        end = text.rfind(b">") + 1
    return end if len(text) < _LONGEST_PART else len(text)


def _escaped(stray: re.Match[bytes]) -> bytes:
    return stray[0] if stray[0].startswith(_CDATA) else b"&amp;"


class _Entries:
    """Collects addresses from start and end tags; nothing else is kept."""

    def __init__(self) -> None:
        self.kind = ""
        self._path: list[str] = []
        self._text: list[str] | None = None
        self._size = 0
        self._found = Found()

    def take(self) -> Found:
        """What was found since the last time."""
        found, self._found = self._found, Found()
        return found

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """A tag opens: the first decides whether this is a sitemap at all."""
        name = tag.rpartition("}")[2]
        self.kind = self.kind or name
        if self._parent() in _ENTRIES and name == "link" and attributes.get("href"):
            if attributes.get("rel", "alternate") in ("alternate", ""):
                self._found.pages.append(attributes["href"].strip())
        elif self._parent() in _ENTRIES and name in ("loc", "link"):
            self._text, self._size = [], 0
        self._path.append(name)

    def data(self, text: str) -> None:
        """Text, of which only an address of a possible length is kept."""
        if self._text is not None and self._size <= LONGEST_URL:
            self._text.append(text)
            self._size += len(text)

    def end(self, tag: str) -> None:
        """A tag closes: its text was an address, of a page or of a further sitemap."""
        if self._path:
            self._path.pop()
        if self._text is not None and tag.rpartition("}")[2] in ("loc", "link"):
            address, self._text = "".join(self._text).strip(), None
            if address:
                (self._found.sitemaps if self._parent() == "sitemap" else self._found.pages).append(address)

    def close(self) -> None:
        """Nothing: lxml asks for it."""

    def _parent(self) -> str:
        return self._path[-1] if self._path else ""
