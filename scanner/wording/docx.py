"""The prose of a Word document: paragraphs, headings and lists of its body, without tables, headers and footers.

A document is hostile input like a page: it is read as a stream with a limit on what it unpacks to, external things are
never fetched, and a file that declares entities is refused, as no word processor writes one.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from typing import IO

from lxml import etree

from rules.errors import UsageError
from rules.plain.prose import Prose, UnitKind
from rules.plain.text_language import text_language
from rules.plain.units import joined

MOST_UNPACKED = 20_000_000
"""Bytes of one part of a document. Ten thousand pages of text are less."""

BODY, NUMBERING = "word/document.xml", "word/numbering.xml"

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_ZIP_FAULTS = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError)


def docx_prose(content: bytes, *, where: str = "") -> Prose:
    """The body of a .docx as prose; raises UsageError where it is none, is broken or unpacks to too much."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if BODY not in archive.namelist():
                raise _wrong("this is no Word document.", where)
            bullets = _bullets(archive, where) if NUMBERING in archive.namelist() else frozenset()
            with _opened(archive, BODY, where) as stream:
                parts = list(_parts(_Limited(stream, where), bullets))
    except _ZIP_FAULTS:
        raise _wrong("this is no Word document, or it is broken.", where) from None
    except etree.XMLSyntaxError:
        raise _wrong("the text of this Word document is broken.", where) from None
    return joined(parts, language=text_language(" ".join(text for _, text in parts)))


def _opened(archive: zipfile.ZipFile, name: str, where: str) -> IO[bytes]:
    """A part of the archive, unless it says itself that it is too large; where it lies, reading it tells."""
    if archive.getinfo(name).file_size > MOST_UNPACKED:
        raise _too_large(where)
    return archive.open(name)


class _Limited:
    """A stream that ends with an error where it gives more than it should."""

    def __init__(self, stream: IO[bytes], where: str) -> None:
        self._stream = stream
        self._left = MOST_UNPACKED
        self._where = where
        self._begun = False

    def read(self, size: int = -1) -> bytes:
        """The next bytes; raises UsageError past the limit, and for a document that declares a type or entities."""
        block = self._stream.read(size if 0 <= size <= 1 << 16 else 1 << 16)
        self._left -= len(block)
        if self._left < 0:
            raise _too_large(self._where)
        if not self._begun and b"<!" in block.replace(b"\0", b""):
            raise _wrong("this document declares entities, which no Word document does.", self._where)
        self._begun = True
        return block


def _parts(stream: _Limited, bullets: frozenset[str]) -> Iterator[tuple[UnitKind, str]]:
    for _, paragraph in etree.iterparse(
        stream,
        events=("end",),
        tag=f"{_W}p",
        resolve_entities=False,
        no_network=True,
        huge_tree=False,
    ):
        above = [one.tag for one in paragraph.iterancestors()]
        if f"{_W}tbl" not in above and f"{_W}p" not in above:
            text = " ".join(_text(paragraph).split())
            if text:
                yield _kind(paragraph, bullets), text
        if f"{_W}p" not in above:
            paragraph.clear()
            while (before := paragraph.getprevious()) is not None:
                before.getparent().remove(before)


def _text(paragraph: etree._Element) -> str:
    pieces: list[str] = []
    for one in paragraph.iter(f"{_W}t", f"{_W}tab", f"{_W}br", f"{_W}cr", f"{_W}noBreakHyphen"):
        if any(above.tag == _FALLBACK for above in one.iterancestors()):
            continue
        pieces.append((one.text or "") if one.tag == f"{_W}t" else "-" if one.tag == f"{_W}noBreakHyphen" else " ")
    return "".join(pieces)


def _kind(paragraph: etree._Element, bullets: frozenset[str]) -> UnitKind:
    style = paragraph.find(f"{_W}pPr/{_W}pStyle")
    name = style.get(f"{_W}val", "").lower() if style is not None else ""
    if name.startswith(("heading", "title", "subtitle")) or paragraph.find(f"{_W}pPr/{_W}outlineLvl") is not None:
        return "heading"
    if "quote" in name:
        return "quotation"
    number = paragraph.find(f"{_W}pPr/{_W}numPr/{_W}numId")
    if number is not None and number.get(f"{_W}val") != "0":
        return "item" if number.get(f"{_W}val") in bullets else "step"
    return "item" if "bullet" in name else "step" if "listnumber" in name else "paragraph"


def _bullets(archive: zipfile.ZipFile, where: str) -> frozenset[str]:
    """The numbers of lists that have bullets at their first level."""
    with _opened(archive, NUMBERING, where) as stream:
        limited = _Limited(stream, where)
        content = b"".join(iter(limited.read, b""))
    root = etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False))
    with_bullets = {
        one.get(f"{_W}abstractNumId")
        for one in root.iter(f"{_W}abstractNum")
        if (kind := one.find(f"{_W}lvl/{_W}numFmt")) is not None and kind.get(f"{_W}val") == "bullet"
    }
    return frozenset(
        one.get(f"{_W}numId", "")
        for one in root.iter(f"{_W}num")
        if (of := one.find(f"{_W}abstractNumId")) is not None and of.get(f"{_W}val") in with_bullets
    )


def _too_large(where: str) -> UsageError:
    return _wrong(f"this document unpacks to more than {MOST_UNPACKED // 1_000_000} million bytes.", where)


def _wrong(what: str, where: str) -> UsageError:
    return UsageError(what, where=where, do="Open it in a word processor and save it as .docx anew.")
