"""Grades follow the published formulas, leave names out, and are silent about texts that are too short."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.plain.familiar import is_familiar
from rules.plain.formulas import fernandez_huerta, flesch_kincaid, new_dale_chall, smog, szigriszt_pazos
from rules.plain.grades import HIGHEST, LOWEST, Tally, estimates, grade, grade_of, tally
from rules.plain.prose import Prose, Sentence
from rules.plain.units import prose

PLAIN = "You can get help when you lose your job and have to look for another one. " * 8
HARD = (
    "The determination of eligibility necessitates verification of documentation that participating organizations"
    " have previously submitted to administrative authorities responsible for implementation. "
) * 7


def masked(text: str, word: str) -> Prose:
    """The prose of a text in which a word is a name."""
    read = prose(text)

    def without(sentence: Sentence) -> Sentence:
        words = tuple(one._replace(masked=one.masked or one.text == word) for one in sentence.words)
        return replace(sentence, words=words)

    return replace(
        read, units=tuple(replace(unit, sentences=tuple(map(without, unit.sentences))) for unit in read.units)
    )


@pytest.mark.parametrize(("words", "syllables", "expected"), [(5.7, 1.02, -1.3), (20, 1.5, 9.9), (12.0, 1.3, 4.4)])
def test_flesch_kincaid_gives_known_grades(words: float, syllables: float, expected: float) -> None:
    assert round(flesch_kincaid(words, syllables), 1) == expected


@pytest.mark.parametrize(("polysyllables", "expected"), [(0, 3), (6, 6), (12, 7), (30, 9), (56, 11), (110, 14)])
def test_smog_gives_the_grades_of_mclaughlins_table_for_thirty_sentences(polysyllables: int, expected: int) -> None:
    assert round(smog(polysyllables / 30)) == expected


@pytest.mark.parametrize(
    ("cloze", "level"),
    [
        (58, {1, 2}),
        (57.9, {2}),
        (53, {3}),
        (48, {4}),
        (44, {5}),
        (41, {6}),
        (38, {7}),
        (30, {10}),
        (25, {12}),
        (10, {17, 18}),
    ],
)
def test_new_dale_chall_reads_its_table(cloze: float, level: set[int]) -> None:
    length = (64 - cloze) / 0.69
    assert math.floor(new_dale_chall(length, 0) + 0.5) in level
    assert new_dale_chall(0, (64 - cloze) / 95) == pytest.approx(new_dale_chall(length, 0))


def test_spanish_formulas_read_their_tables() -> None:
    assert fernandez_huerta(10, 1.776) == pytest.approx(4.5, abs=0.05)
    assert szigriszt_pazos(15, 1.9) == pytest.approx(5.75, abs=0.01)


@given(st.floats(1, 80), st.floats(1, 80), st.floats(1, 4), st.floats(0, 1), st.floats(0.1, 9))
def test_longer_sentences_and_harder_words_never_lower_a_grade(
    some: float, more: float, spoken: float, share: float, step: float
) -> None:
    few, many = sorted((some, more))
    for formula in (flesch_kincaid, fernandez_huerta, szigriszt_pazos):
        assert formula(few, spoken) <= formula(many, spoken)
        assert formula(few, spoken) < formula(few, spoken + step)
    assert new_dale_chall(few, share) <= new_dale_chall(many, share)
    assert new_dale_chall(few, share / 2) <= new_dale_chall(few, share)
    assert smog(share) < smog(share + step)


@pytest.mark.parametrize("word", ["tries", "tried", "stopped", "making", "bigger", "boys'", "child’s", "old-fashioned"])
def test_forms_of_familiar_words_are_familiar(word: str) -> None:
    assert is_familiar(word)


@pytest.mark.parametrize("word", ["eligibility", "promulgated", "beneficiary", "well-documented", "ing", "'s"])
def test_other_words_are_not(word: str) -> None:
    assert not is_familiar(word)


def test_a_plain_and_a_hard_text_are_far_apart() -> None:
    plain, hard = grade(prose(PLAIN)), grade(prose(HARD))
    assert plain is not None
    assert hard is not None
    assert plain.low <= 4
    assert hard.low >= 14
    assert hard.high == HIGHEST


def test_the_drivers_are_hard_words_and_the_longest_sentences() -> None:
    read = prose(PLAIN + HARD)
    found = grade(read)
    assert found is not None
    assert len(found.words) == 10
    assert "eligibility" in found.words
    assert "another" not in found.words
    assert read.at(found.sentences[0]).startswith("The determination")


@pytest.mark.parametrize(
    "counted", [Tally(99, 9, 150, 9, 9), Tally(200, 4, 300, 9, 9), Tally()], ids=["words", "sentences", "nothing"]
)
def test_short_texts_are_not_graded(counted: Tally) -> None:
    assert grade_of(counted) is None


@pytest.mark.parametrize("language", ["cy", "de", ""])
def test_other_languages_are_not_graded(language: str) -> None:
    assert grade(prose(PLAIN, language=language)) is None
    assert tally(prose(PLAIN, language=language)) == Tally()


def test_spanish_is_graded_by_its_own_formulas() -> None:
    text = "Usted puede pedir ayuda cuando pierde su trabajo y tiene que buscar otro. " * 9
    found = grade(prose(text, language="es"))
    assert found is not None
    assert LOWEST <= found.low <= found.high <= 9


@pytest.mark.parametrize("name", ["Bo", "Mississippi", "Rehabilitation", "Zzyzx"])
def test_a_name_does_not_change_the_grade(name: str) -> None:
    text = "We told {} that you can get help when you lose your job and look for another. " * 8
    assert estimates(tally(prose(text.format(*[name] * 8))), language="en") == estimates(
        tally(prose(text.format(*["Smith"] * 8))), language="en"
    )


@pytest.mark.parametrize("word", ["eligibility", "documentation", "implementation"])
def test_masking_a_hard_word_lowers_every_estimate(word: str) -> None:
    before = estimates(tally(prose(HARD)), language="en")
    after = estimates(tally(masked(HARD, word)), language="en")
    assert all(old > new for old, new in zip(before, after, strict=True))


def test_headings_and_quotations_are_not_read() -> None:
    quoted = f"Determination of Eligibility\n\n{PLAIN}\n\n> {HARD}"
    assert tally(prose(quoted)) == tally(prose(PLAIN))


def test_the_tallies_of_pages_are_a_sites() -> None:
    both = tally(prose(PLAIN)).plus(tally(prose(HARD)))
    whole = grade(prose(f"{PLAIN}\n\n{HARD}"))
    assert both == tally(prose(f"{PLAIN}\n\n{HARD}"))
    assert whole is not None
    assert grade_of(both) == (whole.low, whole.high)


@given(st.text(max_size=400), st.sampled_from(["en", "es", "de"]))
def test_whatever_is_written_is_graded_the_same_twice_and_within_the_band(text: str, language: str) -> None:
    found = grade(prose(text * 3, language=language))
    assert found == grade(prose(text * 3, language=language))
    assert found is None or LOWEST <= found.low <= found.high <= HIGHEST
