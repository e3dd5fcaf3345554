"""Asks for a plainer version of text that nine years of school do not teach to read."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from rules import Outcome, Page, cant_tell, page_rule, passed
from rules.plain.barrier import drawn_to_easy
from rules.plain.grades import count, estimates, grade_of
from rules.plain.prose import Prose, Unit

YEARS_OF_SCHOOL = 9
"""Lower secondary education, which WCAG 3.1.5 names, ends after nine years of school."""

_PASSAGE_WORDS, _PASSAGE_GRADE = 40, 12
"""A passage is asked about from so many words and above this grade: of little text a formula knows little."""

_MOST_NAMED = 3
"""With more hard passages it is the page that is hard."""


@page_rule(
    title="Text asks for no more than nine years of school",
    why="Who reads slowly, or learned another language first, does not get through text written for college.",
    fix="Write it plainer, or put a summary, a picture or a spoken version beside it that says the same.",
    wcag=("3.1.5",),
    impact="moderate",
    scope="page",
    role="content",
    serves=("cognition",),
    serves_source="WCAG 2.2, Understanding 3.1.5 Reading Level",
)
def reading_level(page: Page) -> Iterator[Outcome]:
    """The prose of a page, and each of its long passages, is read with nine years of school.

    By the easiest of the formulas, names and numbers left out. What is harder may have a plainer version somewhere, so
    a person is asked: about single passages where the rest is easier, else about the page. Applies to prose in English
    or Spanish that is long enough to grade, and to passages of 40 words.
    """
    prose = page.prose
    believed = [_believed(unit, prose.language) for unit in prose.units]
    hard = {unit for unit, grade in zip(prose.units, believed, strict=True) if grade > _PASSAGE_GRADE}
    rest = _band(prose, without=hard)
    whole = _band(prose)
    if whole is not None and (len(hard) > _MOST_NAMED or (rest is not None and rest[0] > YEARS_OF_SCHOOL)):
        yield cant_tell(
            None,
            f"The text asks for grade {whole[0]} to {whole[1]}. Is there a summary or another version beside it that "
            "people with nine years of school understand?",
        )
        return
    if rest is not None and not hard:
        yield passed(None)
    for unit, element, grade in zip(prose.units, prose.elements, believed, strict=True):
        if unit in hard:
            yield cant_tell(
                element, "This passage asks for far more than nine years of school. Is there a plainer one beside it?"
            )
        elif 0 < grade <= YEARS_OF_SCHOOL:
            yield passed(element)


def _band(prose: Prose, *, without: Collection[Unit] = ()) -> tuple[int, int] | None:
    """The band of the prose, passages left aside; None where it is too short to grade."""
    told = (unit for unit in prose.units if unit.kind not in ("heading", "quotation") and unit not in without)
    sentences = tuple(sentence for unit in told for sentence in unit.sentences if sentence.whole)
    return grade_of(count(sentences, language=prose.language), language=prose.language)


def _believed(unit: Unit, language: str) -> float:
    """The grade of a long passage by the easiest formula, drawn to an easy one; 0 for what is none."""
    if unit.kind in ("heading", "quotation"):
        return 0.0
    counted = count(tuple(sentence for sentence in unit.sentences if sentence.whole), language=language)
    if counted.words < _PASSAGE_WORDS:
        return 0.0
    return drawn_to_easy(min(estimates(counted, language=language)), counted.words)
