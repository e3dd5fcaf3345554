"""The reading view of a page in the report: marks, reasons, the grade, and text that would rather be markup."""

from __future__ import annotations

from dataclasses import replace

import factory
import pytest
from lxml import html

from reports.html.reading import reading_view
from reports.html.report import documents
from reports.model import PageResult
from rules.plain.reading import HardSentence, Reading, Reason
from rules.plain.sections import Section
from rules.plain.wording import Wording
from rules.registry import load_rules

HARD = HardSentence(
    "You must effect payment prior to the day.",
    (
        Reason("very-long-sentence", 0, 41, "It is too long."),
        Reason("hidden-verb", 9, 23, "The verb hides.", "pay"),
        Reason("wordy-phrase", 16, 32, "“payment prior to” is wordy."),
    ),
    drives=True,
)


RULES = {
    rule.info.id: rule.info for rule in load_rules(plugins=()).document_rules if rule.info.id == "very-long-sentence"
}


def page(*sentences: HardSentence, wording: Wording | None = None, total: int = 0) -> PageResult:
    read = Reading(sentences, total or len(sentences), ("payment",)) if sentences else None
    return factory.page("https://a.example/", reading=read, wording=wording)


def test_marks_that_overlap_are_one_and_whole_sentences_have_none() -> None:
    view = reading_view(page(HARD), RULES, target=8)
    assert view is not None
    [sentence] = view.sentences
    assert [part.text for part in sentence.parts if part.marked] == ["effect payment prior to"]
    assert "".join(part.text for part in sentence.parts) == HARD.text
    assert [(why.words, why.plainer) for why in sentence.reasons] == [("", ""), ("effect payment", "pay"), ("", "")]


@pytest.mark.parametrize(
    ("wording", "says"),
    [
        (Wording("en", 400, 20, 0.5, 9, 12), "Reading grade 9 to 12, above the target of 8."),
        (Wording("en", 400, 20, 0.5, 7, 9), "Reading grade 7 to 9, partly above the target of 8."),
        (Wording("en", 400, 20, 0.5, 8, 8), "Reading grade 8, within the target of 8."),
        (Wording("en", 40, 4, 0.5), "Too short to grade."),
        (None, "Not graded."),
    ],
)
def test_the_grade_is_said_in_words(wording: Wording | None, says: str) -> None:
    view = reading_view(page(HARD, wording=wording), RULES, target=8)
    assert view is not None
    assert view.grade == says


def test_a_page_without_prose_has_no_reading_view() -> None:
    assert reading_view(page(), RULES, target=8) is None


def test_sections_are_told_with_their_grades_and_those_too_short_say_so() -> None:
    parted = (Section("", 30), Section("Who can apply", 140, 9, 11), Section("x" * 10**6, 120, 4, 6))
    one = replace(page(HARD), reading=Reading((HARD,), 1, (), parted))
    view = reading_view(one, RULES, target=6)
    assert view is not None
    assert [(row.band, row.standing) for row in view.sections] == [
        ("too short to grade", ""),
        ("9 to 11", "above the target of 6"),
        ("4 to 6", "within the target of 6"),
    ]
    assert view.sections[0].heading == "before the first heading"
    assert len(view.sections[2].heading) <= 80


def test_reasons_lead_to_the_page_of_their_rule_which_names_the_pages() -> None:
    scan = factory.one_service()
    site = replace(scan.sites[0], pages=(page(HARD), *scan.sites[0].pages[1:]))
    files = dict(documents(replace(scan, sites=(site, *scan.sites[1:]), rules=(*scan.rules, *RULES.values())), None))
    read = html.document_fromstring(files["pages/0001.html"])
    leads = read.xpath("//ol[@class='reading']//a/@href")
    assert leads == ["../problems/very-long-sentence.html"]  # the scan knows no other rule of these
    rule = html.document_fromstring(files["problems/very-long-sentence.html"])
    assert rule.xpath("//section[h2/@id='sentences']//a/@href") == ["../pages/0001.html#reading"]
    assert "1 sentence" in rule.xpath("string(//section[h2/@id='sentences']//li)")


def test_what_pages_say_stays_text_whatever_places_results_name() -> None:
    hostile = [
        HardSentence(text, (Reason("x", *place, text, text),))
        for text in factory.HOSTILE
        for place in ((0, 5), (3, 10**6), (9, 2), (10**6, 10**6 + 1))
    ]
    scan = factory.one_service()
    site = replace(scan.sites[0], pages=(page(HARD, *hostile, total=99), *scan.sites[0].pages[1:]))
    scan = replace(scan, sites=(site, *scan.sites[1:]))
    found = [text for name, text in documents(scan, None) if name.startswith("pages/") and 'id="reading"' in text]
    assert found
    document = html.document_fromstring(found[0])
    assert not document.xpath("//script | //img")
    assert document.xpath("//ol[@class='reading']/li[1]//mark/text()") == ["effect payment prior to"]
    assert "It drives the grade" in document.xpath("string(//ol[@class='reading']/li[1])")
