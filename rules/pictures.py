"""Pictures with text in them: what can be read, how much of the picture it is, and whose sign it may be."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from rules.element import Element
from rules.evidence.pictures import Picture, TextLine
from rules.model import Untested
from rules.standards.page_words import PAGE_WORDS
from rules.text import words

if TYPE_CHECKING:
    from rules.page import Page

SURE = 0.85
"""Confidence from which a line counts as read."""

LEGIBLE_PX = 7.0
"""CSS px of a line's height below which people do not read it either."""

PLAIN = 0.96
"""Share of one colour around the text from which a picture shows nothing but text; the rest are soft edges."""

DENSE = 0.35
"""Share of the text's own block that its lines fill; labels of a diagram stand apart."""

_PROSE, _SENTENCE = 8, 4
"""Words from which a text is no name of anything: without and with the marks of a sentence."""

_PER_LINE = 3
"""Words that a line of running text has at least."""

_PAGE_TALK = frozenset(" ".join(words(phrase)) for phrase in PAGE_WORDS)
_LONGEST_SOURCE = 100_000

_SIGN = re.compile(r"logo|brand|emblem|crest|wordmark|\bseal\b|sponsor|partner|badge", re.IGNORECASE)
_KEPT_AS_IT_IS = re.compile(
    r"screen ?shot|screen ?capture|captcha|\bscan|chart|graph|diagram|\bmap\b|\bplan\b|formula|equation|signature|"
    r"specimen|font|typeface|sample|example|handwrit|letter|certificate|document|cover|poster|receipt|form\b|card|"
    r"preview|thumbnail|output|result|code|terminal|console|window|dialog|toolbar",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Written:
    """A picture in which lines of text can be read for certain."""

    element: Element
    picture: Picture
    lines: tuple[TextLine, ...]

    @cached_property
    def text(self) -> str:
        """All that can be read, from line to line."""
        return " ".join(line.text for line in self.lines)

    @cached_property
    def words(self) -> list[str]:
        """Words of two letters or more; numbers and lone letters are read in drawings of all kinds."""
        return [word for word in words(self.text) if sum(map(str.isalpha, word)) > 1]

    @property
    def share(self) -> float:
        """How much of the picture its lines cover, from 0 to 1."""
        covered = sum(line.box[2] * line.box[3] for line in self.lines)
        return covered / max(1.0, self.picture.width * self.picture.height)

    @property
    def tallest(self) -> float:
        """The height of its largest line in CSS px."""
        return max(line.box[3] for line in self.lines)

    @property
    def is_text_alone(self) -> bool:
        """Whether the picture shows lines of text, one below the other on one colour, and nothing else."""
        return self.picture.plain >= PLAIN and len(self.lines) == len(self.picture.lines) and self.is_block

    @cached_property
    def is_block(self) -> bool:
        """Whether its lines stand close together."""
        left, top = (min(line.box[axis] for line in self.lines) for axis in (0, 1))
        right, bottom = (max(line.box[axis] + line.box[axis + 2] for line in self.lines) for axis in (0, 1))
        filled = sum(line.box[2] * line.box[3] for line in self.lines)
        return filled >= DENSE * (right - left) * (bottom - top)

    @cached_property
    def is_sign(self) -> bool:
        """Whether it may be a logo or the name of a brand: by what it is called, where it stands, where it leads."""
        element = self.element
        called = [_file(element), element.get("alt"), element.name, element.get("class"), element.get("id")]
        around = [above for above, _ in zip(element.ancestors(), range(3), strict=False)]
        called += [above.get(name) for above in around for name in ("class", "id")]
        if any(map(_SIGN.search, called)) or "banner" in element.landmarks:
            return True
        link = element.closest("a")
        return link is not None and bool(link.href) and _leads_home(link)

    @cached_property
    def is_shown_as_it_is(self) -> bool:
        """Whether words about it say that its look matters: a picture of a screen, a document, a letterform."""
        element = self.element
        figure = element.closest("figure")
        told = [element.name, _file(element), element.get("class"), element.get("title")]
        return figure is not None or any(map(_KEPT_AS_IT_IS.search, told))

    @property
    def is_prose(self) -> bool:
        """Whether its words are sentences, which no brand is called, nor the entries of a list or a menu."""
        if len(self.words) < _PER_LINE * len(self.lines):
            return False
        count = sum(len(word) > 2 for word in self.words)
        return count >= _PROSE or (count >= _SENTENCE and re.search(r"\w[.!?:;](\s|$)|, ", self.text) is not None)

    @property
    def is_page_talk(self) -> bool:
        """Whether all that it says is what a page calls one of its parts or controls."""
        return " ".join(words(self.text)) in _PAGE_TALK

    @property
    def is_typed(self) -> bool:
        """Whether the page itself holds it as a drawing with text in it, which a font draws, not an artist."""
        source = self.element.get("src").lstrip()[:_LONGEST_SOURCE]
        if not source.lower().startswith("data:image/svg+xml"):
            return False
        head, _, body = source.partition(",")
        return "<text" in (_decoded(body) if head.lower().endswith(";base64") else unquote(body)).lower()

    def given_in(self, text: str) -> float:
        """The share of its words that a text holds, from 0 to 1; what was read wrongly by a letter counts as held."""
        return share_given(self.words, text)


def written(page: Page, *kinds: str) -> Iterator[Written]:
    """The pictures of these kinds in which words can be read, in document order; raises Untested where none was."""
    for picture in looked_at(page, *kinds):
        sure = tuple(line for line in picture.lines if line.confidence >= SURE and line.box[3] >= LEGIBLE_PX)
        element = page.dom.at(picture.node)
        if sure and element is not None:
            found = Written(element, picture, sure)
            if found.words:
                yield found


def looked_at(page: Page, *kinds: str) -> Iterator[Picture]:
    """The pictures of these kinds that were looked at, with and without text."""
    if page.pictures is None or page.pictures.unread:
        raise Untested(page.pictures.unread if page.pictures else "No picture was looked at.")
    yield from (picture for picture in page.pictures.seen if picture.kind in kinds)


def _file(element: Element) -> str:
    """The address of the picture, empty where the page holds the picture itself."""
    source = element.get("src") or element.style("background-image")
    return "" if "data:" in source[:20].lower() else source


def _decoded(text: str) -> str:
    try:
        return base64.b64decode(text + "===").decode(errors="replace")
    except ValueError:
        return ""


def share_given(wanted: list[str], text: str) -> float:
    """The share of words that a text holds, in any order; long words may differ in a letter."""
    if not wanted:
        return 1.0
    there = words(text)
    known, joined = set(there), "".join(there)
    given = sum(word in known or (len(word) > 3 and (word in joined or _is_near(word, known))) for word in wanted)
    return given / len(wanted)


def _is_near(word: str, known: set[str]) -> bool:
    return any(abs(len(one) - len(word)) < 2 and _distance(one, word) < 2 for one in known if len(one) > 3)


def _distance(one: str, other: str) -> int:
    """0 for equal words, 1 where one letter is another, too much or missing, 2 for more."""
    if one == other:
        return 0
    start = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    cut, short = one[start + 1 :], other[start + 1 :]
    return 1 if cut == short or cut == other[start:] or one[start:] == short else 2


def _leads_home(link: Element) -> bool:
    """Whether a link leads to the front page of a site, as logos do."""
    try:
        parts = urlsplit(link.href)
    except ValueError:
        return False
    path = unquote(parts.path).strip("/")
    return parts.scheme in ("http", "https") and (not path or bool(re.fullmatch(r"index\.\w+|home|[a-z]{2}", path)))
