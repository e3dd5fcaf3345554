"""What a text is about: its telling words, and whether another text has any of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from rules.languages import frequent_words
from rules.standards.small_words import PAGE_TALK, SMALL_WORDS
from rules.text import words

_BEGINNING = 5
"""Letters that related words have in common: vaccine, vaccines, vaccination."""

_SHORTEST = 4
"""Letters from which a word may be part of another one: Steuer in Grundsteuer."""

_ENDINGS = ("s", "es", "ed", "er", "ing", "'s")
_ACRONYM = re.compile(r"\b(?:[A-Z]\.?){2,6}\b|\b[A-Za-z]*\d[A-Za-z\d]*\b")
_NO_SPACES = re.compile(r"[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


def told(text: str, code: str = "en") -> list[str]:
    """The words of a text that tell what it is about: in order, each once, small words and talk of pages left out."""
    small = SMALL_WORDS | PAGE_TALK | frequent_words("en") | frequent_words(code)
    return list(dict.fromkeys(word for word in words(text) if word not in small and len(word) > 1))


def lacks_spaces(text: str) -> bool:
    """Whether words cannot be told apart, because the script of the text sets none."""
    return _NO_SPACES.search(text) is not None


def has_abbreviation(text: str) -> bool:
    """Whether a text has letters that may stand for words: capitals alone, or with digits."""
    return _ACRONYM.search(text) is not None


@dataclass(frozen=True)
class Vocabulary:
    """The words of a text, to ask whether it has one or a related one: by its stem, or as a part of a longer word."""

    words: frozenset[str]

    @classmethod
    def of(cls, texts: Iterable[str]) -> Vocabulary:
        """The words of several texts."""
        return cls(frozenset(word for text in texts for word in words(text)))

    def has(self, word: str) -> bool:
        """Whether the word, or one with the same stem, occurs."""
        if word in self.words or any(word + ending in self.words for ending in _ENDINGS):
            return True
        if any(word.endswith(ending) and word[: -len(ending)] in self.words for ending in _ENDINGS):
            return True
        return len(word) >= _BEGINNING and not word.isdecimal() and word[:_BEGINNING] in self._beginnings

    def may_have(self, word: str) -> bool:
        """The same, and also when it is a part of another word, or has one as its part."""
        if self.has(word) or len(word) < _SHORTEST:
            return self.has(word) or any(other.startswith(word) for other in self.words)
        if word[:_BEGINNING] in self._run:
            return True
        parts = (*(word[:at] for at in range(_SHORTEST, len(word))), *(word[at:] for at in range(1, len(word) - 3)))
        return not self.words.isdisjoint(parts)

    def share(self, some: Sequence[str]) -> float:
        """Which part of some words occurs, from 0 to 1."""
        return sum(map(self.has, some)) / len(some) if some else 0.0

    @cached_property
    def _beginnings(self) -> frozenset[str]:
        return frozenset(word[:_BEGINNING] for word in self.words if len(word) >= _BEGINNING)

    @cached_property
    def _run(self) -> str:
        return " ".join(sorted(self.words))
