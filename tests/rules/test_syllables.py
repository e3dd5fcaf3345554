"""Syllables are counted by rules of spelling; the words here are of the kinds that such rules get wrong."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.plain.syllables import exceptions, syllables, syllables_es

ENGLISH = {
    1: "the name asked walked stopped lived through clothes queue I'm don't they'll league",
    2: "wanted table boxes couldn't isn’t homework statement safeguard widely reason people business create being"
    " every evening fluid rhythm prism café hundred million brilliant issued",
    3: "idea area everything somebody employer settlement annual media basically résumé serious management studying",
    4: "application society material initiate information continuous co-operate beneficial",
    5: "organization continuously representative university simultaneous",
    6: "responsibility",
}

SPANISH = {
    1: "y que muy rey",
    2: "casa día guerra bueno leer país ciudad agua oír reyes",
    3: "pingüino ahora héroe ahijado",
    4: "solicitud aéreo ciudadano",
    5: "administración ciudadanía",
}


@pytest.mark.parametrize(("count", "words"), ENGLISH.items())
def test_english_words_have_the_syllables_that_are_spoken(count: int, words: str) -> None:
    assert {word: syllables(word) for word in words.split()} == dict.fromkeys(words.split(), count)


@pytest.mark.parametrize(("count", "words"), SPANISH.items())
def test_spanish_words_have_the_syllables_that_are_spoken(count: int, words: str) -> None:
    assert {word: syllables_es(word) for word in words.split()} == dict.fromkeys(words.split(), count)


def test_few_words_are_listed_and_they_are_read_as_listed() -> None:
    assert {word: syllables(word.upper()) for word in exceptions()} == exceptions()
    assert len(exceptions()) < 200


@given(st.text(max_size=200))
def test_whatever_is_written_has_a_syllable_and_no_more_than_letters(word: str) -> None:
    assert 1 <= syllables(word) <= max(1, 2 * len(word))
    assert 1 <= syllables_es(word) <= max(1, 2 * len(word))


def test_a_word_without_end_is_read_in_no_time() -> None:
    assert syllables("a" * 10_000_000) == 1
    assert syllables("ia" * 5_000_000) < 60
