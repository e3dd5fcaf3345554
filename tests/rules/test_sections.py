"""The sections of a text with the grade of each; what is too short has none."""

from __future__ import annotations

from rules.plain.sections import MOST, sections
from rules.plain.units import joined, prose

EASY = "You can get help when you lose your job. Call us or come to see us. We will tell you what to do next. " * 5
HARD = (
    "The determination of eligibility necessitates verification of documentation that participating organizations"
    " have previously submitted to administrative authorities responsible for implementation. "
) * 6


def test_each_heading_begins_one_and_what_stands_before_the_first_is_one() -> None:
    text = f"We help people.\n\nWho can apply\n\n{EASY}\n\nWho decides\n\n{HARD}\n\n- One item.\n\nEnd\n\nBye."
    before, easy, hard, end = sections(prose(text))
    assert [one.heading for one in (before, easy, hard, end)] == ["", "Who can apply", "Who decides", "End"]
    assert (before.low, before.high, end.low) == (None, None, None)
    assert easy.high is not None
    assert hard.low is not None
    assert easy.high < hard.low
    assert before.words == 3


def test_a_text_without_headings_has_none() -> None:
    assert sections(prose(EASY)) == ()
    assert sections(prose("")) == ()


def test_headings_without_words_below_them_are_none() -> None:
    made = sections(joined((("heading", "A"), ("heading", "B"), ("paragraph", EASY))))
    assert [one.heading for one in made] == ["B"]


def test_quotations_count_in_none() -> None:
    made = sections(joined((("heading", "The law"), ("quotation", HARD), ("paragraph", "That is all there is."))))
    assert [(one.words, one.low) for one in made] == [(5, None)]


def test_languages_without_formulas_have_sections_without_grades() -> None:
    [one] = sections(joined((("heading", "A"), ("paragraph", EASY)), language="de"))
    assert (one.words > 100, one.low) == (True, None)


def test_they_are_bounded() -> None:
    made = sections(joined(pair for _ in range(MOST + 5) for pair in (("heading", "A" * 500), ("paragraph", "Go on."))))
    assert len(made) == MOST
    assert max(len(one.heading) for one in made) <= 80
