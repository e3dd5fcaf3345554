"""Prose as readers meet it: units of text with their sentences and words, each with its place in one text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, NamedTuple

_QUOTED = re.compile(
    r"“[^“”]{1,1000}”|«[^«»]{1,1000}»|(?<![\w\"])\"[^\"]{1,1000}\"(?!\w)|(?<![\w’])‘[^‘’]{1,200}’(?!\w)"
)

UnitKind = Literal["paragraph", "item", "step", "heading", "quotation"]


class Word(NamedTuple):
    """A word as written, with its place in the prose's text; `masked` are names, numbers and codes.

    No plainer word can be had for what is masked, and it counts in no grade.
    """

    text: str
    start: int
    end: int
    masked: bool = False


@dataclass(frozen=True, slots=True)
class Sentence:
    """A stretch of text up to its end mark or the end of its unit.

    `whole` says whether it is a sentence at all: five words or more and a verb, as far as words tell; the rest are
    fragments, such as labels and short items.
    """

    start: int
    end: int
    words: tuple[Word, ...]
    whole: bool


@dataclass(frozen=True, slots=True)
class Unit:
    """A paragraph, list item, step of a numbered list, heading or quotation: nothing of it runs on into the next."""

    kind: UnitKind
    start: int
    end: int
    sentences: tuple[Sentence, ...] = ()


@dataclass(frozen=True)
class Prose:
    """What is read, in order: `text` holds all units, and every place is an offset into it.

    `language` is the primary subtag of the language that it is in ("en"), empty where that is not known. `explained`
    are abbreviations that the markup explains, by the title of an `abbr` element, or shows to be code.
    """

    text: str
    units: tuple[Unit, ...]
    language: str = "en"
    explained: frozenset[str] = frozenset()

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """All whole sentences outside of headings and quotations, in order."""
        told = (unit for unit in self.units if unit.kind not in ("heading", "quotation"))
        return tuple(sentence for unit in told for sentence in unit.sentences if sentence.whole)

    @cached_property
    def words(self) -> tuple[Word, ...]:
        """All words outside of headings and quotations, fragments included, in order."""
        told = (unit for unit in self.units if unit.kind not in ("heading", "quotation"))
        return tuple(word for unit in told for sentence in unit.sentences for word in sentence.words)

    @cached_property
    def quoted(self) -> tuple[tuple[int, int], ...]:
        """Where words in quotation marks stand, in order."""
        return tuple(match.span() for match in _QUOTED.finditer(self.text))

    def at(self, place: Sentence | Unit | Word) -> str:
        """The text at a place."""
        return self.text[place.start : place.end]


@dataclass(frozen=True, slots=True)
class Finding:
    """Words that make a text hard, from `start` to `end` of the prose's text.

    `message` is one plain sentence that says why, for whoever writes; `suggestion` are words to put in their place,
    empty where none is safe.
    """

    start: int
    end: int
    message: str
    suggestion: str = ""
