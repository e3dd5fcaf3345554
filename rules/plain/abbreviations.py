"""The abbreviations of a text in capitals that few readers know, and whether the text says what they stand for."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from rules.plain.familiar import is_familiar
from rules.plain.prose import Prose, Sentence, Unit, Word
from rules.plain.quoting import quoted

_CAPITALS = re.compile(r"([A-Z]{2,6})(?:s|['’]s)?\Z")
_ROMAN = re.compile(r"[IVXLCDM]+\Z")
FEWEST_USES = 2
"""What is said once may be a code or a name that nobody has to know."""

_SHOUTED = 3
"""So many words in capitals, one behind the other, are a title or shouted."""

_BRACKETED = re.compile(
    r"[(\[](?:the |an? |or |hereafter |also |abbreviated )?[\"“‘']?([A-Z]{2,6})s?[\"”’']?(?=[,;)\]\s])"
)
_SPELT = re.compile(
    r"\b([A-Z]{2,6})s?\b[\"”’']?(?=\s?[(\[][A-Za-z]|,? (?:stands? for|is short for|means|short for|refers to|or the )\b"
    r"|\s?(?:=|:|–|—|--)\s?[A-Z][a-z]|(?: \w{1,20})? [(\[](?:a |the )?short(?:hand|ened)? (?:for|form)\b)"
)
_CALLED = re.compile(
    r"\b(?:called|known as|abbreviated(?: as| to)?|shortened to) (?:the |an? )?[\"“‘']?([A-Z]{2,6})s?\b"
)


_MOST = 6
_SMALL = frozenset({"a", "an", "and", "for", "in", "of", "on", "the", "to", "with"})
_SHORT = 3
"""Letters up to which an abbreviation may look like a word: WIC, SAM."""


class Abbreviation(NamedTuple):
    """An abbreviation without a plural's ending, with all the words of the text that are it."""

    letters: str
    uses: tuple[Word, ...]


def uncommon(prose: Prose) -> tuple[Abbreviation, ...]:
    """The abbreviations of two to six capitals that are not well known, by their first uses.

    Headings, quotations, names of files and codes with digits, and what is shouted are not looked at. What the text
    writes in small letters as well is the name of a program or a command and stands for nothing, and what stands
    beside a word with a capital is a part of a longer name ("Windows NT").
    """
    is_quoted = quoted(prose)
    uses: dict[str, list[Word]] = defaultdict(list)
    for unit in prose.units:
        if unit.kind in ("heading", "quotation"):
            continue
        for sentence in unit.sentences:
            for word, letters in _in_capitals(prose.text, sentence):
                if not is_quoted(word.start):
                    uses[letters].append(word)
    small = _in_small_letters(prose) if uses else frozenset()
    return tuple(Abbreviation(letters, tuple(words)) for letters, words in uses.items() if letters.lower() not in small)


def _in_small_letters(prose: Prose) -> frozenset[str]:
    every = (word for unit in prose.units for sentence in unit.sentences for word in sentence.words)
    return frozenset(word.text for word in every if word.text.islower() and len(word.text) <= _MOST)


def explained(prose: Prose) -> frozenset[str]:
    """The abbreviations that stand in brackets behind words or before them, or of which it is said what they mean.

    Words with capitals whose first letters they are explain them as well, wherever they stand, and so do other words
    in the same paragraph ("in the NAT model, network address translation is …").
    """
    said = {match[1] for pattern in (_BRACKETED, _SPELT, _CALLED) for match in pattern.finditer(prose.text)}
    near = (_spelt_near(unit) for unit in prose.units)
    return prose.explained.union(
        said, *near, *(_initials(sentence) for unit in prose.units for sentence in unit.sentences)
    )


def _spelt_near(unit: Unit) -> Iterator[str]:
    """The abbreviations in a unit whose letters are the first ones of words that stand together in it."""
    words = [word.text for sentence in unit.sentences for word in sentence.words]
    letters = {match[1] for word in words if (match := _CAPITALS.match(word)) and len(match[1]) >= _SHORT}
    if letters:
        every = "".join(
            " " if word.isupper() else part[0].upper() for word in words for part in word.split("-") if part
        )
        yield from (one for one in letters if one in every)


def _initials(sentence: Sentence) -> frozenset[str]:
    """The first letters of two to six words that stand together and begin with capitals, small words left out."""
    found: set[str] = set()
    run = ""
    for word in sentence.words:
        if word.text[0].isupper() and not word.text.isupper():
            run = (run + "".join(part[0] for part in word.text.split("-") if part).upper())[-_MOST:]
            found.update(run[-length:] for length in range(2, len(run) + 1))
        elif word.text.lower() not in _SMALL:
            run = ""
    return frozenset(found)


def _in_capitals(text: str, sentence: Sentence) -> Iterator[tuple[Word, str]]:
    """The words of a sentence that are an uncommon abbreviation, each with its letters."""
    run = [0]
    for word in sentence.words:
        run.append(run[-1] + 1 if word.text.isupper() and len(word.text) > 1 else 0)
    ends = run[1:]
    for number in range(len(ends) - 2, -1, -1):
        ends[number] = ends[number + 1] if ends[number] and ends[number + 1] else ends[number]
    for number, (word, in_a_row) in enumerate(zip(sentence.words, ends, strict=True)):
        match = _CAPITALS.match(word.text)
        if not match or in_a_row >= _SHOUTED or _is_known(match[1]):
            continue
        if _is_free(text, word) and not _is_in_name(text, sentence.words, number):
            yield word, match[1]


def _is_in_name(text: str, words: tuple[Word, ...], number: int) -> bool:
    """Whether a word with a capital stands right beside it, as in "Windows NT": together they are a name."""
    word = words[number]
    before = words[number - 1] if number > 1 else None
    behind = words[number + 1] if number + 1 < len(words) else None
    is_behind = before is not None and before.text.istitle() and text[before.end : word.start] == " "
    return is_behind or (behind is not None and behind.text.istitle() and text[word.end : behind.start] == " ")


def _is_free(text: str, word: Word) -> bool:
    """Whether nothing that belongs to a code, a path or a name of a thing holds on to the word."""
    before, behind = text[word.start - 1 : word.start], text[word.end : word.end + 2]
    if (before and before in "_$/\\.@#%&=<+~-*{") or (behind[:1] and behind[0] in "_$/\\@=>+~*({}"):
        return False
    return (
        not (behind[:1] in (".", "-", ":") and behind[1:].strip() and behind[1:].isalnum())
        and not behind[1:2].isdigit()
    )


def _is_known(letters: str) -> bool:
    """Whether there is nothing to spell out: well known, a word in capitals, a number in Roman numerals, "XXX"."""
    if letters in _known() or _ROMAN.match(letters) or len(set(letters)) == 1:
        return True
    return len(letters) > _SHORT and is_familiar(letters)


@cache
def _known() -> frozenset[str]:
    loaded: Mapping[str, str] = json.loads(files("rules.plain").joinpath("known_abbreviations.json").read_text("utf-8"))
    return frozenset(f for kind in ("known", "names", "places", "units", "words") for f in loaded[kind].split())
