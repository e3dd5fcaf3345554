"""How long paragraphs are, and where they begin."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from rules.plain.prose import Prose, Sentence, Unit

_NUMBERED = re.compile(r"^[ \t]*\(?(?:[A-Z]|[ivx]{1,4}|\d{1,2}(?:\.\d{1,2}){0,3})[.)][ \t]", re.MULTILINE)
_NOTE = re.compile(r"\[\d{1,3}\][ \t]")
_LIST = 3
"""So many lines that begin with a letter or number of their own are a list, though nothing else says so."""


def words_of(prose: Prose, unit: Unit) -> int:
    """The words of a paragraph's whole sentences; none where it is a list.

    What is made of names and numbers for the most part is no sentence but a list as well, as of people or files.
    """
    if len(list(islice(_NUMBERED.finditer(prose.text, unit.start, unit.end), _LIST))) == _LIST:
        return 0
    return sum(len(one.words) for one in unit.sentences if one.whole and 2 * _masked(one) <= len(one.words))


def _masked(sentence: Sentence) -> int:
    return sum(word.masked for word in sentence.words)


def opening(unit: Unit) -> Sentence | Unit:
    """The first sentence, by which a paragraph is found."""
    return unit.sentences[0] if unit.sentences else unit


def unbroken(prose: Prose) -> Iterator[list[Unit]]:
    """Paragraphs that follow each other with nothing between them to find one's way by; quotations are none.

    Not only headings, items and steps are, but what is no sentence either: a term before what it means, a caption. And
    notes with a number are ("[1] See …").
    """
    run: list[Unit] = []
    for unit in prose.units:
        is_note = _NOTE.match(prose.text, unit.start, unit.end) is not None
        if unit.kind == "paragraph" and not is_note and any(sentence.whole for sentence in unit.sentences):
            run.append(unit)
        elif unit.kind != "quotation" and run:
            yield run
            run = []
    if run:
        yield run
