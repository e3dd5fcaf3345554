"""Verbs in the passive voice, by a form of to be before a past participle."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from rules.plain.prose import Sentence
from rules.plain.word_lists import word_list

_BE, _BETWEEN = word_list("be"), word_list("between")
_PARTICIPLES, _NOT_PAST, _ADJECTIVAL = word_list("participles"), word_list("not_past"), word_list("adjectival")
_MOST_BETWEEN = 2


class Passive(NamedTuple):
    """The numbers of the words from the form of to be to the participle, in their sentence."""

    first: int
    last: int


def passives(sentence: Sentence) -> Iterator[Passive]:
    """The passives of a sentence, in order; what tells a state rather than something done is none.

    By a list of states (interested, located, required): "you are entitled" hides nobody.
    """
    words = [word.text.lower().replace("’", "'") for word in sentence.words]
    number = 0
    while number < len(words):
        last = _participle_after(sentence, words, number) if words[number] in _BE else 0
        if last:
            yield Passive(number, last)
            number = last
        number += 1


def _participle_after(sentence: Sentence, words: list[str], number: int) -> int:
    """The number of the participle that belongs to a form of to be; 0 for none."""
    for place in range(number + 1, min(number + 2 + _MOST_BETWEEN, len(words))):
        word = words[place]
        if sentence.words[place].masked:
            return 0
        if _is_participle(word):
            return 0 if word in _ADJECTIVAL else place
        if word not in _BETWEEN and word not in ("been", "being") and not word.endswith("ly"):
            return 0
    return 0


def _is_participle(word: str) -> bool:
    return word in _PARTICIPLES or (len(word) > 4 and word.endswith("ed") and word not in _NOT_PAST)
