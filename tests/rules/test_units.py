"""Plain text is read in units as people write them, and words that cannot be plainer are masked."""

from __future__ import annotations

import pytest

from rules.plain.prose import Prose
from rules.plain.text_language import text_language
from rules.plain.units import joined, prose

TEXT = """\
Apply for a permit

You can apply if you live in the county. It costs
nothing, and it takes a day.

You must have:

- lived here for three years
- a card with your name
  and your picture on it
* A letter. Ask your bank for it.

How to apply

1. Fill in the form.
2. Send it to us.

What happens next?
We write to you within five days and tell you what we have decided about your permit.

> The Secretary shall issue a permit.
-----
"""


def units(read: Prose) -> list[tuple[str, str]]:
    """Kind and text of each unit, with white space folded."""
    return [(unit.kind, " ".join(read.at(unit).split())) for unit in read.units]


def masked(text: str) -> list[str]:
    """The words of a text that are masked."""
    return [w.text for unit in prose(text).units for sentence in unit.sentences for w in sentence.words if w.masked]


def test_a_plain_text_falls_into_units() -> None:
    assert units(prose(TEXT)) == [
        ("heading", "Apply for a permit"),
        ("paragraph", "You can apply if you live in the county. It costs nothing, and it takes a day."),
        ("paragraph", "You must have:"),
        ("item", "lived here for three years"),
        ("item", "a card with your name and your picture on it"),
        ("item", "A letter. Ask your bank for it."),
        ("heading", "How to apply"),
        ("step", "Fill in the form."),
        ("step", "Send it to us."),
        ("heading", "What happens next?"),
        ("paragraph", "We write to you within five days and tell you what we have decided about your permit."),
        ("quotation", "The Secretary shall issue a permit."),
    ]


def test_other_line_ends_change_nothing_but_places() -> None:
    assert units(prose(TEXT.replace("\n", "\r\n"))) == units(prose(TEXT))


def test_a_line_that_was_broken_to_a_width_goes_on() -> None:
    broken = "You can ask for this payment when your home is hard to keep\nWarm and you live in the county of Kent now."
    assert len(prose(broken).units) == 1


@pytest.mark.parametrize("text", ["", "   ", "\n\n", "-----", "- ", "#", "\u2028"])
def test_a_text_without_words_has_no_sentences(text: str) -> None:
    assert prose(text).words == ()
    assert prose(text).sentences == ()


@pytest.mark.parametrize(
    ("text", "is_whole"),
    [
        ("You can apply for a permit.", True),
        ("Bring your card and a letter.", True),
        ("Please bring your card and letter.", True),
        ("Passport, card and letter from bank", False),
        ("A list of the documents and forms", False),
        ("Required documents for your application", False),
        ("It is free.", False),
        ("Permits are free.", False),
        ("The office processed all of them.", True),
        ("Those who oversleep miss their bus and the train and the boat.", True),
    ],
)
def test_a_sentence_has_five_words_and_a_verb(text: str, is_whole: bool) -> None:
    assert [sentence.whole for unit in prose(text).units for sentence in unit.sentences] == [is_whole]


def test_a_clause_below_a_lead_in_has_the_verb_of_the_lead_in() -> None:
    with_lead = prose("You can get it if you are:\n- a parent of a small child\n- A parent of a small child")
    without = prose("Who it is for:\n- a parent of a small child")
    assert [[sentence.whole for sentence in unit.sentences] for unit in with_lead.units] == [[True], [True], [False]]
    assert without.units[-1].sentences[0].whole is True
    assert prose("For parents:\n- a parent of a small child").units[-1].sentences[0].whole is False


def test_names_numbers_references_and_addresses_are_masked() -> None:
    assert masked("Ask Mary Smith at the Ministry of Work.") == ["Mary", "Smith", "Ministry", "Work"]
    assert masked("Pay $1,000.50 by 3 May with form DS-11 or W-2.") == ["1,000.50", "3", "May", "DS-11", "W-2"]
    assert masked("See section 20(b)(1) and 42 U.S.C. 1396a in part II.") == ["20(b)(1)", "42", "U.S.C.", "1396a", "II"]
    assert masked("Go to https://example.gov/a-b or mail help.me@example.gov now.") == [
        "https://example.gov/a-b",
        "help.me@example.gov",
    ]


def test_common_words_are_not_masked() -> None:
    assert masked("I know that I'm late. The bus was slow, and/or full.") == []
    assert masked("DO NOT FEED THE BIRDS AT ALL.") == []


def test_a_name_is_known_at_the_start_of_a_sentence_by_its_other_places() -> None:
    assert masked("Ohio pays more. We asked Ohio for it.") == ["Ohio", "Ohio"]
    assert masked("Rules differ. We read Rules and rules.") == ["Rules"]


def test_headings_and_quotations_are_not_counted() -> None:
    read = joined([("heading", "You can read this heading now"), ("quotation", "You shall read this law now."),
                   ("paragraph", "You can read this text now.")])  # fmt: skip
    assert [read.at(sentence) for sentence in read.sentences] == ["You can read this text now."]
    assert len(read.words) == 6


def test_the_language_of_a_text_is_told_where_it_is_certain() -> None:
    assert text_language("You can apply for help with your rent.") == "en"
    assert text_language("Ayuda") == "en"
    spanish = "Usted puede solicitar ayuda para pagar la renta de su casa si vive en el condado y no tiene trabajo."
    assert text_language(spanish) == "es"
    german = "Sie können Hilfe für die Miete beantragen, wenn Sie in dem Kreis wohnen und keine Arbeit haben."
    assert text_language(german) == ""
    assert text_language("Вы можете подать заявление на получение помощи, если живете в этом округе.") == ""
