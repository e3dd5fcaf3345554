"""The reading grade of a service in the report: counts of pages added up, the hardest pages, what drives it."""

from __future__ import annotations

from dataclasses import replace

import factory
import pytest
from lxml import html

from reports.html.findings import gather
from reports.html.report import documents
from reports.html.service_reading import service_reading
from reports.model import PageResult, Scan
from rules.plain.grades import Tally, grade_of
from rules.plain.reading import HardSentence, Reading
from rules.plain.wording import Wording

EASY, HARD = Tally(400, 40, 520, 20, 10), Tally(300, 10, 540, 90, 90)


def page(number: int, counted: Tally, *, language: str = "en", text: str = "") -> PageResult:
    low, high = grade_of(counted, language=language) or (None, None)
    read = Reading((HardSentence(text, drives=True),), 1, ("eligibility",)) if text else None
    measured = Wording(language, counted.words + 20, counted.sentences, 0.5, low, high, counted)
    return factory.page(f"https://a.example/{number}", wording=measured, reading=read)


def scan_of(*pages: PageResult, **settings: object) -> Scan:
    scan = factory.one_service()
    return replace(scan, sites=(replace(scan.sites[0], pages=pages),), settings=settings)


def test_the_band_is_that_of_all_pages_read_as_one_text() -> None:
    [read] = service_reading(gather(scan_of(page(1, EASY), page(2, HARD)), None), 0)
    low, high = grade_of(EASY.plus(HARD)) or (0, 0)
    assert read.said[0].startswith(f"Reading grade {low} to {high}, ")
    assert "700 words in sentences on 2 pages" in read.said[0]
    assert read.said[1] == "Long enough for a grade of their own: 2 pages, 1 of them above the target."


def test_short_pages_have_a_grade_together_but_none_alone() -> None:
    half = Tally(60, 5, 80, 4, 3)
    [read] = service_reading(gather(scan_of(page(1, half), page(2, half)), None), 0)
    assert read.said[0].startswith("Reading grade ")
    assert (read.pages, read.graded) == ((), 0)
    [alone] = service_reading(gather(scan_of(page(1, half)), None), 0)
    assert alone.said == ("Too short to grade: 60 words in sentences on 1 page.",)


def test_hardest_pages_and_their_sentences_come_first_and_what_pages_share_once() -> None:
    pages = (page(1, EASY, text="An easy one."), page(2, HARD, text="A hard one."), page(3, HARD, text="A hard one."))
    [read] = service_reading(gather(scan_of(*pages), None), 0)
    assert [one.link.text for one in read.pages] == ["2. a.example/2", "3. a.example/3", "1. a.example/1"]
    assert [one.text for one in read.sentences] == ["A hard one.", "An easy one."]
    assert read.words == "eligibility"


def test_languages_are_never_added_up() -> None:
    read = service_reading(gather(scan_of(page(1, EASY), page(2, HARD, language="es")), None), 0)
    assert [(one.name, one.graded) for one in read] == [("English", 1), ("Spanish", 1)]


def test_pages_that_were_not_tested_say_nothing() -> None:
    scan = scan_of(factory.page("https://a.example/", wording=None))
    assert service_reading(gather(scan, None), 0) == ()


@pytest.mark.parametrize(
    ("style", "says"),
    [
        ({"limits": {"reading-grade": 16}}, "within the target of 16"),
        ({"limits": {"reading-grade": 2}}, "above the target of 2"),
        ({"limits": []}, "the target of 8"),
        ("words.toml", "the target of 8"),
        ({"limits": {"reading-grade": True}}, "the target of 8"),
    ],
)
def test_the_target_is_the_houses_and_else_the_usual_one(style: object, says: str) -> None:
    [read] = service_reading(gather(scan_of(page(1, HARD), **{"house-style": style}), None), 0)
    assert says in read.said[0]


def test_the_report_tells_it_as_a_table_and_what_pages_say_stays_text() -> None:
    pages = tuple(page(number, HARD, text=text) for number, text in enumerate(factory.HOSTILE))
    files = dict(documents(scan_of(*pages), None))
    document = html.document_fromstring(files["services/01.html"])
    assert not document.xpath("//script | //img")
    [table] = document.xpath("//section[h2/@id='reading']//table")
    assert table.xpath("caption")
    assert table.xpath("count(.//tbody/tr)") == min(10, len(pages))
    assert all(cell.get("scope") for cell in table.xpath(".//th"))
