"""The words of a sentence, and which of them no plainer word can be had for: names, numbers, references, addresses."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from rules.plain.prose import Word

_CHUNK = re.compile(r"[^\s/—–]+(?:/[^\s—–]*)?")
_ADDRESS = re.compile(
    r"(?:https?:|www\.|mailto:)|[^@\s]{1,64}@[^@\s]{1,255}\Z|[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){0,5}\.[a-z]{2,6}(?:/|\Z)",
    re.IGNORECASE,
)
_WORD = re.compile(
    r"(?:[^\W\d_]\.){2,}(?:[^\W\d_](?![^\W_]))?"  # e.g., U.S., Ph.D
    r"|\d[\d.,:]*\d(?:[^\W_]|[-/'’](?=[^\W_])|\([^\W_]{1,4}\))*|[^\W_]+(?:['’\-‐‑&][^\W_]+)*"
)
_AROUND = ".,;:!?…\"'“”‘’«»()[]{}<>*"
_ROMAN = re.compile(r"[IVXLC]{2,}\Z")


def words_in(text: str, start: int, end: int) -> Iterator[Word]:
    """The words from `start` to `end`: an address on the web or for mail is one; numbers and codes are masked."""
    for chunk in _CHUNK.finditer(text, start, end):
        whole = chunk.group()
        bare = whole.strip(_AROUND)
        if _ADDRESS.match(bare):
            first = chunk.start() + whole.index(bare)
            yield Word(bare, first, first + len(bare), masked=True)
            continue
        for word in _WORD.finditer(text, chunk.start(), chunk.end()):
            yield Word(word.group(), word.start(), word.end(), _is_code(word.group()))


def masked(words: Iterable[Word], names: frozenset[str]) -> tuple[Word, ...]:
    """The words of one sentence with names masked: what begins with a capital inside of it, or is a known name.

    A sentence in capitals has no names that could be told, and the word "I" is none.
    """
    every = tuple(words)
    if _is_shouted(every):
        return every
    return tuple(
        word._replace(masked=True)
        if not word.masked and (_is_name(word, position) or (position == 0 and word.text in names))
        else word
        for position, word in enumerate(every)
    )


def names_in(sentences: Iterable[tuple[Word, ...]]) -> frozenset[str]:
    """Names of a text: words that begin with a capital inside of its sentences and never with a small letter."""
    names: set[str] = set()
    small: set[str] = set()
    for words in sentences:
        if not _is_shouted(words):
            names.update(word.text for position, word in enumerate(words) if _is_name(word, position))
            small.update(word.text for word in words if word.text[0].islower())
    return frozenset(name for name in names if name.lower() not in small)


def _is_name(word: Word, position: int) -> bool:
    text = word.text
    if len(text) > 1 and text.isupper() and text != "I'M":
        return True
    return position > 0 and text[0].isupper() and not (text == "I" or text.startswith(("I'", "I’")))


def _is_code(text: str) -> bool:
    """Numbers, form numbers ("DS-11"), references ("1396a") and numerals ("II")."""
    if text.isalpha():  # nearly every word
        return text.isupper() and _ROMAN.match(text) is not None
    return any(character.isdigit() for character in text) or _ROMAN.match(text) is not None


def _is_shouted(words: tuple[Word, ...]) -> bool:
    shouted = sum(word.text.isupper() and word.text[0].isalpha() and len(word.text) > 1 for word in words)
    if shouted < 3:
        return False
    return shouted > 0.7 * sum(word.text[0].isalpha() and len(word.text) > 1 for word in words)
