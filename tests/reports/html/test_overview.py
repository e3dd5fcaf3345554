"""The overview is for those who lead: its first screen is short and plain, services stand by agency and in tiers."""

from __future__ import annotations

from dataclasses import replace

import factory
import pytest
from lxml import html

from reports.agreed import Agreed
from reports.html.first_screen import WORDS
from reports.html.report import documents
from reports.model import Scan
from reports.score import score_scan
from rules.plain.grades import estimates, tally
from scanner.wording.html import html_prose

LARGEST = 200_000
SILENT = factory.scan(factory.silent(), rules=factory.RULES)
SCANS = {
    "rich": factory.rich_scan(),
    "one": factory.one_service(),
    "clean": factory.clean_scan(),
    "silent": SILENT,
}
TO_REPAIR = replace(
    factory.one_service(),
    agreed=(
        Agreed("button-name", "New header.", "Web team", "2026-06-30", selector="header button.search"),
        Agreed("keyboard-trap", "New map.", "Maps team", "2026-02-28", selector="#map"),
    ),
)


def overview(scan: Scan, *, scored: bool = True) -> html.HtmlElement:
    return html.document_fromstring(next(documents(scan, score_scan(scan) if scored else None))[1])


def words(element: html.HtmlElement) -> list[str]:
    return " ".join(element.itertext()).split()


@pytest.mark.parametrize("scored", [True, False])
@pytest.mark.parametrize("name", SCANS)
def test_the_first_screen_is_short_and_plain(name: str, scored: bool) -> None:
    told = overview(SCANS[name], scored=scored)
    [first], [header] = told.xpath("//*[@id='first']"), told.xpath("//header")
    assert len(words(header)) + len(words(first)) <= WORDS
    sentences = "".join(f"<p>{' '.join(one.itertext())}</p>" for one in first.xpath(".//h1 | .//*[@class='lead']"))
    grades = estimates(tally(html_prose(f"<main>{sentences}</main>".encode())), language="en")
    assert sum(grades) / len(grades) <= 8


@pytest.mark.parametrize("name", SCANS)
def test_the_overview_is_small_enough_to_send(name: str) -> None:
    scan = SCANS[name]
    assert len(next(documents(scan, score_scan(scan)))[1].encode()) <= LARGEST


def test_a_hundred_services_stay_small_enough_to_send() -> None:
    short = replace(factory.harbour(), pages=factory.harbour().pages[:4])
    many = [
        replace(short, url=f"https://s{n}.example.gov/", name=f"Service {n}", agency=f"A {n % 9}") for n in range(120)
    ]
    scan = factory.scan(*many, rules=factory.RULES)
    text = next(documents(scan, score_scan(scan)))[1]
    assert len(text.encode()) <= LARGEST
    assert "more in results.json" in text


def test_what_stops_people_stands_on_most_pages_first_with_owner_and_day() -> None:
    rows = [
        [" ".join(cell.text_content().split()) for cell in row]
        for row in overview(TO_REPAIR).xpath("//table[@class='stops']/tbody/tr")
    ]
    assert rows[0] == [
        "Problem 2. The search button in the header has no name.",
        "14 pages",
        "without vision and others",
        "Web team",
        "30 June 2026",
    ]
    assert rows[1][1:] == ["1 page", "without vision and others", "Maps team", "28 February 2026 (overdue)"]
    assert overview(SCANS["one"]).xpath("//table[@class='stops']/tbody/tr/td[3]/bdi/text()")[0] == "nobody"


def test_services_stand_by_agency_and_in_tiers() -> None:
    told = overview(SCANS["rich"])
    table = told.xpath("//section[h2/@id='services']//table")[0]
    rows = [
        (row.xpath("string(th//bdi)"), row.xpath("string(td[1])"), row.xpath("string(td[2]/text())"))
        for row in table.xpath("tbody/tr")
    ]
    assert [agency for _, agency, _ in rows] == [factory.BREAKOUT, *["Department of Harbours"] * 2, "none named"]
    assert [(name, tier) for name, _, tier in rows[1:]] == [
        ("Harbour Benefits", "Stops people"),
        ("Licences", "Not judged"),
        ("City Library", "No failure found by automated checks"),
    ]
    assert "Its first page did not answer." in " ".join(words(table))


def test_without_any_agency_no_column_names_one() -> None:
    sites = [replace(site, agency="") for site in SCANS["rich"].sites]
    told = overview(replace(SCANS["rich"], sites=tuple(sites)))
    table = told.xpath("//section[h2/@id='services']//table")[0]
    assert "Agency" not in table.xpath("thead//th/text()")


def test_a_fix_is_at_most_five_headings_away() -> None:
    told = overview(SCANS["one"])
    headings = told.xpath("//main//*[self::h1 or self::h2 or self::h3]")
    first_fix = [heading.get("id") for heading in headings].index("next") + 1
    href = told.xpath("//section[h2/@id='next']//a/@href")[0].partition("#")[0]
    problem = html.document_fromstring(dict(documents(SCANS["one"], None))[href])
    there = [heading.text_content() for heading in problem.xpath("//main//*[self::h1 or self::h2 or self::h3]")]
    assert first_fix + there.index("How to fix it") + 1 <= 5
