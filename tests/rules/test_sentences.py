"""Sentences end where a reader says that they do, and every place is one of the text that was given."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.plain.prose import Prose
from rules.plain.units import joined, prose

SPLIT = {
    "two": "You can apply now. | It is free.",
    "question and shout": "Are you ready? | Apply now! | It is free.",
    "latin": "Bring a card, e.g. a passport, i.e. proof. | It is free.",
    "number": "See No. 5 and Sec. 20 of the law. | It is free.",
    "country": "You live in the U.S. Department of State housing.",
    "country last": "You live in the U.S. | The law is clear.",
    "initials": "Ask J. R. Smith for help. | He knows.",
    "title": "Ask Dr. Smith or Mrs. Jones. | They know.",
    "decimal": "The rate is 3.5 per cent. | It was 2.1 before.",
    "money": "You pay $1,000.50. | We pay the rest.",
    "ellipsis": "Wait ... and see. | Then go.",
    "ellipsis last": "We waited... | Then we left.",
    "quoted": 'He said "Go now." | Then he left.',
    "quoted question": '"Are you well?" she asked. | He was.',
    "bracket": "You can stay (see the rules.) | We will write.",
    "small after stop": "The limit (approx. five years) is over. | It is free.",
    "time": "We open at 9 a.m. and close at 5 p.m. on Monday. | Come early.",
    "time last": "We close at 5 p.m. | You can write to us.",
    "etc": "Bring cards, papers, etc. | We keep none.",
    "etc inside": "Bring cards, papers, etc. before Monday.",
    "company": "Acme Inc. of Ohio pays. | Others do not.",
    "reference": "See 42 U.S.C. 1396a for this. | It is long.",
    "footnote": "It is the law.[1] | Read it.",
    "address": "Go to www.example.gov. | Then log in.",
    "file": "Open form.pdf and print it. | Sign it.",
    "month": "It ends on Jan. 31 of each year. | Apply before.",
    "no": "The answer is no. | You can appeal.",
    "spanish": "¿Necesita ayuda? | Llame al Sr. Pérez. | Es gratis.",
    "wide marks": "これは文です。|次の文です。",
    "no mark": "You can apply now",
    "only marks": "...",
}


def sentences(read: Prose) -> list[str]:
    """All sentences and fragments of a text, as written."""
    return [read.at(sentence) for unit in read.units for sentence in unit.sentences]


@pytest.mark.parametrize("written", [pytest.param(text, id=name) for name, text in SPLIT.items()])
def test_sentences_end_where_readers_say(written: str) -> None:
    expected = [part.strip() for part in written.split("|")]
    assert sentences(prose(written.replace(" |", "").replace("|", ""))) == expected


def test_a_number_before_a_paragraph_of_a_law_is_no_sentence() -> None:
    law = joined(
        [("paragraph", "1. Every person shall pay. (2) The fee is due."), ("paragraph", "A. You pay. You may.")]
    )
    assert sentences(law) == ["1. Every person shall pay.", "(2) The fee is due.", "A. You pay.", "You may."]


TEXTS = st.text(
    st.sampled_from("aB1 .!?…:;,'\"()[]-*•#>/@&\n\r\t\u2028é§ñ。’") | st.characters(max_codepoint=0x2FF), max_size=300
)


@given(TEXTS)
def test_places_are_in_order_and_inside_of_what_holds_them(text: str) -> None:
    read = prose(text)
    assert read.text == text
    last = 0
    for unit in read.units:
        assert last <= unit.start < unit.end <= len(text)
        place = unit.start
        for sentence in unit.sentences:
            assert place <= sentence.start < sentence.end <= unit.end
            assert read.at(sentence) == read.at(sentence).strip()
            word_end = sentence.start
            for word in sentence.words:
                assert word_end <= word.start < word.end <= sentence.end
                assert read.at(word) == word.text
                word_end = word.end
            place = sentence.end
        last = unit.end


@given(TEXTS)
def test_every_letter_and_digit_of_a_unit_is_in_one_of_its_words(text: str) -> None:
    read = prose(text)
    for unit in read.units:
        inside = {
            place for sentence in unit.sentences for word in sentence.words for place in range(word.start, word.end)
        }
        missed = [place for place in range(unit.start, unit.end) if text[place].isalnum() and place not in inside]
        assert [text[place] for place in missed] == []


HOSTILE = (
    "a.b", "a@", ". ", "x", "(1", "1.", "www.", "- ", "\n- a", "'", "A. ", "a-", "[1].", ".)", "# ", "Ab\n", "https://",
    "1(a)", "U.S.", "&", "...\n\n", "\u2028", "1,", "-a@b.", "“", "a.a@a.a ",
)  # fmt: skip


@pytest.mark.timeout(20)
@pytest.mark.parametrize("piece", HOSTILE)
def test_no_text_is_read_again_and_again(piece: str) -> None:
    """What took time that grows with the square of the length would take minutes here instead of parts of a second."""
    text = piece * (100_000 // len(piece))
    assert prose(text).text == text
