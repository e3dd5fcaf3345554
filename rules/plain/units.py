"""Plain text as prose: its paragraphs, list items, steps and headings, with their sentences and words.

All places are offsets into the text as it was given, so that a finding can be shown where the writer has it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from rules.plain.prose import Prose, Sentence, Unit, UnitKind, Word
from rules.plain.sentences import sentence_ranges
from rules.plain.verbs import has_verb
from rules.plain.words import masked, names_in, words_in

FEWEST_WORDS = 5
"""What has fewer words is no sentence."""

_PLENTY_OF_WORDS = 10
"""So many words with an end mark are a sentence, even where no verb of the list is among them."""

_HEADING_CHARACTERS, _HEADING_WORDS = 80, 12

_ITEM = re.compile(r"[-*+•‣◦▪●·–—][ \t]+")
_STEP = re.compile(r"(?:\d{1,3}[.)]|\(\d{1,3}\)|(?:\(?[a-z]\)))[ \t]+|step[ \t]+\d{1,3}[.:)]?[ \t]+", re.IGNORECASE)
_HEADING = re.compile(r"#{1,6}[ \t]+")
_QUOTE = re.compile(r">[ \t]?")
_RULE = re.compile(r"[-=_*~#\s]+\Z")
_MARKERS: tuple[tuple[UnitKind, re.Pattern[str]], ...] = (
    ("heading", _HEADING),
    ("quotation", _QUOTE),
    ("item", _ITEM),
    ("step", _STEP),
)
_END_MARKS = (".", "!", "?", "…", ":", ";", ",")
_CLOSING = "\"'”’»)]*_ "


class Piece(NamedTuple):
    """A unit before its sentences are known: what it is, and from where to where it goes."""

    kind: UnitKind
    start: int
    end: int


class _Line(NamedTuple):
    kind: UnitKind
    start: int
    end: int
    is_marked: bool


def prose(text: str, *, language: str = "en") -> Prose:
    """Plain text as prose. Blank lines separate paragraphs; `-`, `*`, `•` begin items, `1.` begins a step.

    Lines that were broken to a width are read on. A short line without an end mark before a paragraph is a heading.
    """
    return assembled(text, _pieces(text), language=language)


def joined(parts: Iterable[tuple[UnitKind, str]], *, language: str = "en") -> Prose:
    """Units that have a text each as prose, with a blank line between them."""
    pieces: list[Piece] = []
    texts: list[str] = []
    place = 0
    for kind, text in parts:
        pieces.append(Piece(kind, place, place + len(text)))
        texts.append(text)
        place += len(text) + 2
    return assembled("\n\n".join(texts), pieces, language=language)


def assembled(text: str, pieces: Iterable[Piece], *, language: str = "en") -> Prose:
    """The prose of units whose places are known: finds their sentences and words."""
    every = tuple(pieces)
    cut = [[_cut(text, first, last) for first, last in sentence_ranges(text, *piece[1:])] for piece in every]
    names = names_in(words for unit in cut for _, _, words in unit)
    units: list[Unit] = []
    lead = ""
    for piece, sentences in zip(every, cut, strict=True):
        before = lead if piece.kind in ("item", "step") and text[piece.start : piece.start + 1].islower() else ""
        made = tuple(
            Sentence(first, last, masked(words, names), _is_whole(text[first:last], words, before, language))
            for first, last, words in sentences
        )
        units.append(Unit(piece.kind, piece.start, piece.end, made))
        if piece.kind not in ("item", "step"):
            lead = text[sentences[-1][0] : piece.end] if sentences else ""
            lead = lead if lead.rstrip().endswith(":") else ""
    return Prose(text, tuple(units), language)


def _cut(text: str, start: int, end: int) -> tuple[int, int, tuple[Word, ...]]:
    return start, end, tuple(words_in(text, start, end))


def _is_whole(text: str, words: tuple[Word, ...], lead: str, language: str) -> bool:
    """Whether it is a sentence; a clause below a lead-in ("You can apply if you:") may have its verb there."""
    if len(words) < FEWEST_WORDS:
        return False
    if has_verb([word.text.lower() for word in words], language):
        return True
    if lead and has_verb(re.findall(r"[^\W\d_]+(?:['’][^\W\d_]+)*", lead.lower()), language):
        return True
    is_ended = text.rstrip(_CLOSING).endswith((".", "!", "?"))
    return is_ended and (language != "en" or len(words) >= _PLENTY_OF_WORDS)


def _pieces(text: str) -> Iterator[Piece]:
    """The units of plain text in order."""
    blocks = list(_blocks(text))
    for number, block in enumerate(blocks):
        yield from _units_of(text, block, is_before_text=number + 1 < len(blocks))


def _blocks(text: str) -> Iterator[list[_Line]]:
    """Lines that stand together, without blank ones between them."""
    block: list[_Line] = []
    place = 0
    for raw in text.splitlines(keepends=True):
        line = _line(raw, place)
        place += len(raw)
        if line is not None:
            block.append(line)
        elif block:
            yield block
            block = []
    if block:
        yield block


def _line(raw: str, place: int) -> _Line | None:
    """A line without its marker and the white space around it; None for a blank one or a line drawn with characters."""
    bare = raw.strip()
    if not bare or _RULE.match(bare):
        return None
    start = place + len(raw) - len(raw.lstrip())
    end = start + len(bare)
    for kind, marker in _MARKERS:
        found = marker.match(bare)
        if found and found.end() < len(bare):
            return _Line(kind, start + found.end(), end, is_marked=True)
    return _Line("paragraph", start, end, is_marked=False)


def _units_of(text: str, block: list[_Line], *, is_before_text: bool) -> Iterator[Piece]:
    """The units of lines that stand together: one for each marker, headings, and what is left as paragraphs."""
    width = max(line.end - line.start for line in block)
    unit: list[_Line] = []
    for line in block:
        if unit and _begins_unit(text, unit, line, width):
            yield Piece(_kind(text, unit, is_before_text=True), unit[0].start, unit[-1].end)
            unit = []
        unit.append(line)
    yield Piece(_kind(text, unit, is_before_text=is_before_text), unit[0].start, unit[-1].end)


def _begins_unit(text: str, unit: list[_Line], line: _Line, width: int) -> bool:
    """Whether a line begins a unit of its own after the lines of one."""
    if line.kind == "quotation" and unit[-1].kind == "quotation":
        return False
    if line.is_marked or unit[0].kind in ("heading", "quotation"):
        return True
    # A line is broken to a width where the next word would not have fitted; a break before that is meant.
    last = unit[-1]
    words = text[line.start : line.end].split(maxsplit=1)
    has_room = last.end - last.start + 1 + len(words[0]) < 0.8 * width
    return len(unit) == 1 and has_room and words[0][0].isupper() and _could_head(text[last.start : last.end])


def _kind(text: str, unit: list[_Line], *, is_before_text: bool) -> UnitKind:
    first = unit[0]
    is_heading = first.kind == "paragraph" and is_before_text and len(unit) == 1
    return "heading" if is_heading and _could_head(text[first.start : first.end]) else first.kind


def _could_head(line: str) -> bool:
    bare = line.rstrip(_CLOSING)
    if len(line) > _HEADING_CHARACTERS or len(line.split()) > _HEADING_WORDS:
        return False
    return bare.endswith("?") or not bare.endswith(_END_MARKS)
