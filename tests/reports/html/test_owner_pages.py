"""Pages and tables of owners: every problem of a team and none of another, safe to open, linked from the report."""

from __future__ import annotations

import csv
import re
from pathlib import Path
from urllib.parse import urlsplit

import factory
import pytest
from lxml import html

from reports.html import write_report
from reports.html.report import documents
from reports.owners import Owner, Owners
from reports.score import score_scan
from reports.text import file_name
from scanner.crawl.globs import Glob

HOSTILE = f"Team {factory.BREAKOUT}"
OWNERS = Owners(
    (
        Owner("Start page", "start@example.gov", (Glob.parse("/"),)),
        Owner(HOSTILE, factory.FORMULA, (Glob.parse("/news/*"),)),
        Owner("Nothing yet", "https://teams.example/nothing", (Glob.parse("/nothing/*"),)),
    )
)
START, NOTHING = (f"owners/{file_name(team)}" for team in ("Start page", "Nothing yet"))
SCAN = factory.rich_scan()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("report")
    write_report(SCAN, score_scan(SCAN), folder, owners=OWNERS)
    return folder


def shown(file: Path) -> str:
    return " ".join(html.document_fromstring(file.read_text("utf-8")).text_content().split())


def test_each_team_has_a_page_and_a_table_of_the_same_problems(folder: Path) -> None:
    page = html.document_fromstring((folder / f"{START}.html").read_text("utf-8"))
    headings = page.xpath("//h2[@id='problems']/following-sibling::ol//span[@class='count']/text()")
    with (folder / f"{START}.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {f"Problem {row['Number']}." for row in rows} == set(headings) != set()
    assert {urlsplit(row["Page"]).path for row in rows} == {"/"}
    assert {row["Status"] for row in rows} <= {"open", "agreed"}


def test_problems_name_their_owner_and_lead_to_its_page(folder: Path) -> None:
    listed = shown(folder / "problems.html")
    assert "By owner Start page, " in listed
    assert "Owner: Start page" in listed
    check = (folder / "problems/button-name.html").read_text("utf-8")
    assert f'<a href="../{START}.html"><bdi>Start page (start@example.gov)</bdi></a>' in check


def test_what_a_person_wrote_stays_text_and_begins_no_formula(folder: Path) -> None:
    name = file_name(HOSTILE)
    document = html.document_fromstring((folder / f"owners/{name}.html").read_text("utf-8"))
    assert factory.BREAKOUT in document.findtext(".//h1/bdi")
    assert not document.xpath("//img | //script")
    assert document.xpath("//a[@href=$name]", name=f"{name}.csv")
    assert not [link for link in document.xpath("//main//a/@href") if "evil" in link]


def test_a_team_without_pages_is_told_that_nothing_is_known(folder: Path) -> None:
    text = shown(folder / f"{NOTHING}.html")
    assert "No page could be looked at, so nothing is known." in text
    assert "https://teams.example/nothing" in text


def test_without_owners_nothing_speaks_of_them() -> None:
    for name, text in documents(SCAN, None):
        assert not re.search("[Oo]wner:|By owner|owners/", text), name
        assert not name.startswith("owners/")


def test_the_same_owners_give_the_same_bytes(folder: Path, tmp_path: Path) -> None:
    write_report(SCAN, score_scan(SCAN), tmp_path, owners=OWNERS)
    for file in (folder / "owners").iterdir():
        assert file.read_bytes() == (tmp_path / "owners" / file.name).read_bytes()
