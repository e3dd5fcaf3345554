"""The periodic report: short at the top, bounded, safe, repeatable, the same for every store that says the same."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path

import factory
import pytest
import years
from lxml import html

from reports.agreed import Agreed
from reports.html.periodic import FIRST_SCREEN, periodic
from reports.model import Scan, SiteResult
from reports.period import period_of
from reports.results import from_json, to_json
from reports.store import open_store
from reports.words import banned_words
from rules.model import PageOutcome
from rules.plain.grades import estimates, tally
from scanner.wording.html import html_prose

LARGEST = 200_000
AGREED = (
    Agreed("keyboard-trap", "The map is replaced.", "Maps team", "2026-05-31", selector="#map"),
    Agreed("button-name", "New header in July.", "Web team", "2026-06-30", selector="header button.search"),
)


def on(day: str, *sites: SiteResult) -> Scan:
    """A scan on a day, as a store gives it back."""
    scan = factory.scan(*sites, rules=factory.RULES, started=f"{day}T08:00:00Z", finished=f"{day}T09:00:00Z")
    return from_json(to_json(scan), source="scan")


def without(site: SiteResult, *rules: str) -> SiteResult:
    """The service after the failures of some rules were repaired."""
    by_id = {rule.id: rule for rule in factory.RULES}

    def repaired(outcome: PageOutcome) -> PageOutcome:
        return factory.passes(by_id[outcome.rule]) if outcome.rule in rules else outcome

    pages = tuple(replace(page, outcomes=tuple(map(repaired, page.outcomes))) for page in site.pages)
    return replace(site, pages=pages)


STORIES = {
    "one": [on("2026-03-02", factory.harbour()), on("2026-06-01", without(factory.harbour(), "image-alt"))],
    "several": [
        on("2026-03-02", factory.harbour(), factory.hostile(), factory.faultless()),
        on("2026-04-06", without(factory.harbour(), "image-alt"), factory.hostile(), factory.faultless()),
        on("2026-06-01", without(factory.harbour(), "image-alt", "color-contrast"), factory.silent()),
    ],
    "clean": [on("2026-03-02", factory.faultless()), on("2026-06-01", factory.faultless())],
    "silent": [on("2026-06-01", factory.silent())],
}


def document(folder: Path, *several: Scan, **how: object) -> str:
    """The report of a store on disk with these scans."""
    with open_store(years.written(folder / "curbcut.db", *several), create=False) as store:
        return periodic(period_of(store, **{"since": "2026-03-01", "agreed": AGREED, **how}))


@pytest.fixture(scope="module", params=STORIES)
def told(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> html.HtmlElement:
    return html.document_fromstring(document(tmp_path_factory.mktemp("story"), *STORIES[request.param]))


def words(element: html.HtmlElement) -> list[str]:
    return " ".join(element.itertext()).split()


def test_the_first_screen_is_short_and_plain(told: html.HtmlElement) -> None:
    [first] = told.xpath("//*[@id='first']")
    assert len(words(first)) <= FIRST_SCREEN
    sentences = "".join(f"<p>{' '.join(one.itertext())}</p>" for one in first.xpath(".//h1 | .//*[@class='lead']"))
    grades = estimates(tally(html_prose(f"<main>{sentences}</main>".encode())), language="en")
    assert sum(grades) / len(grades) <= 8


def test_tables_have_captions_and_scoped_headers_and_stand_before_pictures(told: html.HtmlElement) -> None:
    for table in told.xpath("//table"):
        assert table.xpath("string(caption)").strip()
        assert table.xpath("thead//th[not(@scope='col')] | tbody//th[not(@scope='row')]") == []
        assert all(row.xpath("count(th[@scope]) = 1") for row in table.xpath("tbody/tr"))
    for picture in told.xpath("//svg"):
        assert picture.xpath("string(title)")
        assert picture.xpath("string(desc)")
        assert picture.xpath("preceding::table[1]/ancestor::section = ancestor::section")
        assert set(picture.get("aria-labelledby").split()) == set(picture.xpath("*/@id"))


def test_the_document_runs_and_loads_nothing_and_says_nothing_banned(told: html.HtmlElement) -> None:
    assert told.xpath("//script | //img | //link | //@style | //iframe | //@onerror") == []
    assert banned_words(" ".join(told.xpath("//main//text()[not(ancestor::bdi)]"))) == []
    assert told.xpath("count(//h1)") == 1
    assert len(told.xpath("//@id")) == len(set(told.xpath("//@id")))
    assert told.xpath("string(//meta[@http-equiv]/@content)").startswith("default-src 'none'; style-src 'sha256-")


def test_what_stops_people_has_its_owner_and_day(tmp_path: Path) -> None:
    told = html.document_fromstring(document(tmp_path, *STORIES["one"]))
    rows = {row.xpath("string(th)"): row.xpath("td//text()") for row in told.xpath("//table[@class='stops']/tbody/tr")}
    name = "The search button in the header has no name."
    assert rows[name] == ["/", "without vision and others", "Web team", "30 June 2026"]
    assert [row[-2:] for row in rows.values() if row[-2] == "Maps team"] == [["Maps team", "31 May 2026 (overdue)"]]


def test_the_story_is_told_in_words(tmp_path: Path) -> None:
    shown = " ".join(words(html.document_fromstring(document(tmp_path, *STORIES["one"]))))
    assert "Harbour Benefits, 1 March 2026 to 1 June 2026. Section 508 (WCAG 2.0 A and AA)." in shown
    assert "In this period 1 was fixed" in shown
    assert "Middle time to fix 91 days" in shown
    assert "better: +" in shown or "no clear change: +" in shown
    assert "keyboard-trap at #map Maps team 31 May 2026 overdue 1 The map is replaced." in shown


def test_nothing_judged_never_reads_like_nothing_found(tmp_path: Path) -> None:
    told = html.document_fromstring(document(tmp_path, *STORIES["silent"]))
    shown = " ".join(words(told.xpath("//main")[0])).lower()
    assert "nothing could be judged" in shown
    assert "no failure found" not in shown
    assert "no problem that stops people was found" not in shown


def test_services_stand_by_agency_and_in_tiers(tmp_path: Path) -> None:
    told = html.document_fromstring(document(tmp_path, *STORIES["several"]))
    agencies = [row.xpath("string(td[1])") for row in told.xpath("//tr[td[9]]")]
    assert agencies[1:] == ["Department of Harbours", "Department of Harbours", "none named"]
    tiers = {row.xpath("string(th/bdi)"): row.xpath("string(td[2])") for row in told.xpath("//tr[td[9]]")}
    assert tiers["Harbour Benefits"] == "Stops people"
    assert tiers["Licences"] == "Not judged"
    assert tiers["City Library"] == "No failure found by automated checks"


def test_the_same_results_give_the_same_bytes(tmp_path: Path) -> None:
    made = [document(tmp_path / name, *STORIES["several"]) for name in ("a", "b")]
    assert len({hashlib.sha256(one.encode()).hexdigest() for one in made}) == 1
    later = document(tmp_path / "c", *STORIES["several"], on("2026-07-01", factory.faultless()), until="2026-06-01")
    assert later == made[0], "what was scanned after the last day changes nothing"


def test_hundreds_of_services_and_problems_stay_within_bounds(tmp_path: Path) -> None:
    harbour = replace(factory.harbour(), pages=factory.harbour().pages[:5])
    name = "of a long name " * 9
    many = [
        replace(harbour, url=f"https://s{n}.example.gov/", name=f"Service {n} {name}", agency=f"Agency {n % 30}")
        for n in range(100)
    ]
    text = document(tmp_path, on("2026-03-02", *many))
    assert len(text.encode()) <= LARGEST
    assert "and 20 services more" in text
    first = html.document_fromstring(text).xpath("//*[@id='first']")[0]
    assert len(words(first)) <= FIRST_SCREEN
