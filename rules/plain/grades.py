"""The school grade that a text asks for, as a band, with the words and sentences that drive it.

Formulas agree with teachers' judgement between topics with |r| of about .55 only, and order rewritings of one text
almost always right: a band is for trends and for before and after, never a verdict on a page. Names, numbers and codes
are left out, as WCAG 3.1.5 asks; headings, quotations and fragments are not read. The same text has the same grade on
every machine.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import NamedTuple

from rules.plain.familiar import is_familiar
from rules.plain.formulas import fernandez_huerta, flesch_kincaid, new_dale_chall, smog, szigriszt_pazos
from rules.plain.prose import Prose, Sentence, Word
from rules.plain.syllables import syllables, syllables_es

FEWEST_WORDS = 100
FEWEST_SENTENCES = 5
"""Below either a text is too short to grade: one sentence more would be another grade."""

LOWEST, HIGHEST = 1, 16
"""The band's ends; 16 is the last year of college and all beyond."""

POLYSYLLABLE = 3
_SHOWN = 10
_SYLLABLES: Mapping[str, Callable[[str], int]] = MappingProxyType({"en": syllables, "es": syllables_es})


@dataclass(frozen=True, slots=True)
class Grade:
    """A band of whole US school grades, from the easiest formula's to the hardest's.

    `words` are the hard ones that weigh most, `sentences` the ones that do, each from the heaviest.
    """

    low: int
    high: int
    words: tuple[str, ...] = ()
    sentences: tuple[Sentence, ...] = ()


class Tally(NamedTuple):
    """What formulas are made of; the tallies of pages, added up, are a site's."""

    words: int = 0
    sentences: int = 0
    syllables: int = 0
    polysyllables: int = 0
    unfamiliar: int = 0

    def plus(self, other: Tally) -> Tally:
        """Both together."""
        return Tally(*(mine + others for mine, others in zip(self, other, strict=True)))


def grade(prose: Prose) -> Grade | None:
    """The band of a text; None where it is too short, or in a language without formulas ("not graded")."""
    band = grade_of(tally(prose), language=prose.language)
    if band is None:
        return None
    return Grade(*band, words=_hardest_words(prose), sentences=_hardest_sentences(prose))


def grade_of(counted: Tally, *, language: str = "en") -> tuple[int, int] | None:
    """The lower and the upper end of the band at a tally; None as for `grade`."""
    if counted.words < FEWEST_WORDS or counted.sentences < FEWEST_SENTENCES or language not in _SYLLABLES:
        return None
    grades = estimates(counted, language=language)
    return _whole(min(grades)), _whole(max(grades))


def tally(prose: Prose) -> Tally:
    """The counts of the whole sentences of a text, without what is masked; nothing in a language without formulas."""
    return count(prose.sentences, language=prose.language)


def count(sentences: tuple[Sentence, ...], *, language: str) -> Tally:
    """The counts of sentences. One that is nothing but names is none."""
    spoken = _SYLLABLES.get(language)
    if spoken is None:
        return Tally()
    told = [words for sentence in sentences if (words := tuple(_plain(sentence)))]
    lengths = [spoken(word.text) for words in told for word in words]
    unknown = 0 if language != "en" else sum(not is_familiar(word.text) for words in told for word in words)
    long = sum(length >= POLYSYLLABLE for length in lengths)
    return Tally(len(lengths), len(told), sum(lengths), long, unknown)


def estimates(counted: Tally, *, language: str) -> tuple[float, ...]:
    """The grade by each formula of the language, with decimals, whatever the text's length; () for no words."""
    if not counted.words:
        return ()
    length = counted.words / counted.sentences
    spoken = counted.syllables / counted.words
    if language == "es":
        return fernandez_huerta(length, spoken), szigriszt_pazos(length, spoken)
    return (
        smog(counted.polysyllables / counted.sentences),
        new_dale_chall(length, counted.unfamiliar / counted.words),
        flesch_kincaid(length, spoken),
    )


def _plain(sentence: Sentence) -> Iterator[Word]:
    return (word for word in sentence.words if not word.masked)


def _whole(value: float) -> int:
    """The nearest whole grade within the band's ends; halves go up, so that no machine rounds otherwise."""
    return max(LOWEST, min(HIGHEST, math.floor(value + 0.5)))


def _is_hard(word: str, language: str) -> bool:
    return _SYLLABLES[language](word) >= POLYSYLLABLE and (language != "en" or not is_familiar(word))


def _hardest_words(prose: Prose) -> tuple[str, ...]:
    """The hard words by all syllables that they bring into the text."""
    written = Counter(word.text.lower() for sentence in prose.sentences for word in _plain(sentence))
    spoken = _SYLLABLES[prose.language]
    hard = (word for word in written if _is_hard(word, prose.language))
    return tuple(sorted(hard, key=lambda word: (-written[word] * spoken(word), word))[:_SHOWN])


def _hardest_sentences(prose: Prose) -> tuple[Sentence, ...]:
    """The sentences with most words, where a hard one counts threefold."""

    def weight(sentence: Sentence) -> int:
        return sum(3 if _is_hard(word.text, prose.language) else 1 for word in _plain(sentence))

    return tuple(sorted(prose.sentences, key=lambda sentence: (-weight(sentence), sentence.start))[:_SHOWN])
