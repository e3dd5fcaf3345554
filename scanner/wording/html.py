"""The prose of an HTML file as it is written: no browser, so nothing of what scripts or style sheets would change."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from lxml import etree

from rules.errors import UsageError
from rules.languages import primary
from rules.plain.around import CODE_TAGS, LONGEST_EXPLAINED, is_around
from rules.plain.prose import Prose, UnitKind
from rules.plain.text_language import text_language
from rules.plain.units import joined

_UNSEEN = frozenset({"head", "iframe", "noscript", "object", "script", "style", "template", "video"})
_INLINE = frozenset(
    {
        "a",
        "abbr",
        "acronym",
        "b",
        "bdi",
        "bdo",
        "big",
        "cite",
        "code",
        "data",
        "del",
        "dfn",
        "em",
        "font",
        "i",
        "img",
        "ins",
    }
    | {
        "kbd",
        "mark",
        "q",
        "ruby",
        "s",
        "samp",
        "small",
        "span",
        "strike",
        "strong",
        "sub",
        "sup",
        "time",
        "tt",
        "u",
        "var",
    }
    | {"wbr"}
)
_IN_LINES = frozenset({"button", "label", "math", "svg"})
_CODE = frozenset({"code", "samp"})
"""What is left out without being the end of a sentence."""

_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)

MOST_ATTRIBUTES = 500
_NAME = rb"[\s/=]*+[^\s>/=][^\s>/=\"']*+"
_VALUE = rb"(?:\s*+=\s*+(?:\"[^\"]*+\"|'[^']*+'|[^\s>\"']*+))?+"
_TAG = re.compile(rb"<[a-zA-Z][^\s>/]*+(?:%s%s)*+" % (_NAME, _VALUE))
_CROWDED = re.compile(rb"<[a-zA-Z][^\s>/]*+(?:%s%s){%d}" % (_NAME, _VALUE, MOST_ATTRIBUTES))
"""A tag with so many attributes; a parser compares each with all others, for hours where there are a million."""

_TOLD_ENCODING = re.compile(rb"<meta[^>]{0,500}charset|<\?xml[^>]{0,200}encoding", re.IGNORECASE)
_HEAD = 1024
"""Bytes within which a document says its encoding, by the standard of HTML."""

Part = tuple[UnitKind, str]


def html_prose(content: bytes, *, encoding: str | None = None, where: str = "") -> Prose:
    """The main content of an HTML document as prose, without navigation, header, footer, asides, forms, tables, code.

    `encoding` is what the server said, else the document's own word counts; where neither says, it is UTF-8 if it
    can be. The language is the declared one, where the words are not certainly in another. Raises UsageError for a
    document that nobody wrote to be read (`where` names it).
    """
    if any(tag.end() - tag.start() > MOST_ATTRIBUTES and _CROWDED.match(tag[0]) for tag in _TAG.finditer(content)):
        what = f"A tag has more than {MOST_ATTRIBUTES} attributes."
        raise UsageError(what, where=where, do="Take the tag out, or name the text in another format.")
    encoding = encoding or _likely_encoding(content)
    try:
        parser = etree.HTMLParser(encoding=encoding, no_network=True, remove_pis=True)
    except LookupError:  # a server may say anything
        parser = etree.HTMLParser(no_network=True, remove_pis=True)
    root = etree.fromstring(content, parser) if content.strip() else None
    if root is None:
        return joined(())
    main = _main(root)
    parts = list(_Reader(has_main=main.tag != "html").read(main))
    read = text_language(" ".join(text for _, text in parts))
    declared = primary(root.get("lang", ""))
    made = joined(parts, language=read if declared in ("", "en", "es") else declared)
    told = (one for one in main.iter("abbr", *CODE_TAGS) if one.tag != "abbr" or one.get("title", "").strip())
    explained = ((one.text or "").strip() for one in told if not len(one))
    return replace(made, explained=frozenset(text for text in explained if 1 < len(text) <= LONGEST_EXPLAINED))


def _likely_encoding(content: bytes) -> str | None:
    """UTF-8 for a document that does not say its encoding and can be read so; None leaves it to the parser."""
    if _TOLD_ENCODING.search(content[:_HEAD]) or content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return None
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return None
    return "utf-8"


def _main(root: etree._Element) -> etree._Element:
    return next((one for one in root.iter(etree.Element) if one.tag == "main" or one.get("role") == "main"), root)


class _Reader:
    """Goes once through a tree and collects units; a stack tells what the text belongs to."""

    def __init__(self, *, has_main: bool) -> None:
        self._has_main = has_main
        self._kinds: list[UnitKind] = ["paragraph"]
        self._text: list[str] = []
        self._linked = 0
        self._links = 0
        self._in_link = False

    def read(self, main: etree._Element) -> Iterator[Part]:
        """The units in order, those left out that are nothing but a link."""
        walker = etree.iterwalk(main, events=("start", "end", "comment"))
        left_out = 0
        for event, element in walker:
            if event == "comment":
                self._add(element.tail if not left_out else None)
            elif event == "start":
                if left_out or (element is not main and self._is_left_out(element)):
                    left_out += 1
                    continue
                yield from self._enter(element)
            elif left_out:
                left_out -= 1
                if not left_out:
                    yield from self._boundary(element)
                    self._add(f" {element.tail or ''}")
            else:
                yield from self._leave(element, is_last=element is main)
        yield from self._flush()

    def _enter(self, element: etree._Element) -> Iterator[Part]:
        tag = str(element.tag)
        yield from self._boundary(element)
        if tag not in _INLINE:
            self._kinds.append(_kind(element, self._kinds[-1]))
        if tag == "a":
            self._links += 1
            self._in_link = True
        self._add(element.text)

    def _leave(self, element: etree._Element, *, is_last: bool) -> Iterator[Part]:
        yield from self._boundary(element)
        if element.tag not in _INLINE:
            self._kinds.pop()
        if element.tag == "a":
            self._in_link = False
        self._add(None if is_last else element.tail)

    def _boundary(self, element: etree._Element) -> Iterator[Part]:
        if element.tag not in _INLINE and element.tag not in _IN_LINES:
            yield from self._flush()

    def _add(self, text: str | None) -> None:
        if text:
            self._text.append(text)
            self._linked += len(text) if self._in_link else 0

    def _flush(self) -> Iterator[Part]:
        written = "".join(self._text)
        text = " ".join(written.split())
        kind = self._kinds[-1]
        is_link = self._links == 1 and self._linked >= len(written.strip()) and not text.endswith((".", "!"))
        self._text, self._linked, self._links = [], 0, int(self._in_link)
        if text and (kind == "heading" or not is_link):
            yield kind, text

    def _is_left_out(self, element: etree._Element) -> bool:
        tag, get = str(element.tag), element.get
        if tag in _UNSEEN or get("hidden") is not None or get("aria-hidden") == "true" or get("translate") == "no":
            return True
        names = f"{get('id', '')} {get('class', '')}".strip()
        if _HIDDEN.search(get("style", "")):
            return True
        # Code in a line of text belongs to its sentence; code by itself stands in pre, which is left out.
        return tag not in _CODE and is_around(tag, get("role", ""), names, has_main=self._has_main)


def _kind(element: etree._Element, around: UnitKind) -> UnitKind:
    if element.tag in _HEADINGS:
        return "heading"
    if element.tag == "blockquote" or around == "quotation":
        return "quotation"
    if element.tag == "li":
        above = element.getparent()
        return "step" if above is not None and above.tag == "ol" else "item"
    return around
