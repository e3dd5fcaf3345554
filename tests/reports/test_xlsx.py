"""The workbook, as a reader that is not ours opens it, has every problem, place, question and page, and text alone."""

from __future__ import annotations

import io
import re
import subprocess
import sys
import time
import zipfile
from collections import Counter
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import factory
import openpyxl
import pytest
import scans
from lxml import etree
from openpyxl.workbook import Workbook

from reports.agreed import Agreed
from reports.exports import xlsx
from reports.exports.csv import COLUMNS
from reports.gate import judge_gate
from reports.model import Review, Scan
from reports.problems import problems
from reports.words import HONESTY, banned_words
from rules.model import Place, Verdict
from rules.page import PageState

A, B, C = (letter * 16 for letter in "abc")
DOCS = Path(__file__).parents[2] / "docs"
NAMES = ["Problems", "Places", "Questions", "Pages", "About"]


def written(scan: Scan, **more: int) -> bytes:
    file = io.BytesIO()
    xlsx(scan, judge_gate(scan), file, **more)
    return file.getvalue()


def opened(scan: Scan, **more: int) -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(written(scan, **more)))


def rows(book: Workbook, name: str) -> list[dict[str, object]]:
    head, *found = book[name].iter_rows(values_only=True)
    return [dict(zip(head, row, strict=True)) for row in found]


def test_sheets_have_a_head_that_stays_and_filters_and_widths() -> None:
    book = opened(factory.rich_scan())
    assert book.sheetnames == NAMES
    for sheet in book:
        assert sheet.freeze_panes == "A2"
        assert sheet.auto_filter.ref == sheet.dimensions
        assert all(cell.font.bold for cell in sheet[1])
        assert all(6 <= sheet.column_dimensions[cell.column_letter].width <= 120 for cell in sheet[1])
        assert sheet.print_title_rows == "$1:$1"
        assert not sheet.merged_cells.ranges
        assert "ColumnTitle" in sheet.defined_names


def test_every_problem_place_question_and_page_has_its_row() -> None:
    scan = replace(factory.rich_scan(), reviews=())
    book, found = opened(scan), problems(scan)
    assert [row["Number"] for row in rows(book, "Problems")] == [one.number for one in found]
    assert [row["Number"] for row in rows(book, "Places")] == [one.number for one in found for _ in one.hits or (None,)]
    asked = problems(scan, verdict=Verdict.CANT_TELL)
    assert [row["Number"] for row in rows(book, "Questions")] == [one.number for one in asked]
    assert len(rows(book, "Pages")) == sum(len(site.pages) for site in scan.sites)


def test_a_problem_says_where_and_how_often() -> None:
    [row] = [row for row in rows(opened(factory.one_service()), "Problems") if row["Rule"] == "button-name"]
    assert (row["Number"], row["Impact"], row["Impact (axe)"]) == (2, "Stops people", "critical")
    assert (row["Pages"], row["How often"], row["First page"]) == (14, 14, "https://harbour.example.gov/")
    assert (row["Criteria"], row["Status"], row["Selector"]) == ("WCAG 4.1.2", "open", "header button.search")


def test_a_page_has_its_state_scores_and_counts() -> None:
    scan = factory.one_service()
    pages = {row["Page"]: row for row in rows(opened(scan), "Pages")}
    home = pages["https://harbour.example.gov/"]
    assert (home["State"], home["Problems"], home["Questions"]) == ("looked at", 2, 1)
    assert 0 < home["If every question is a problem"] <= home["Score"] < 100
    login = pages["https://harbour.example.gov/account"]
    assert (login["State"], login["Reason"], login["Score"]) == (
        "behind a login",
        "The page asks for a password.",
        None,
    )


def test_what_people_decided_is_told_and_counts() -> None:
    pages = (scans.page(scans.failed(A), scans.failed(B), scans.failed(C), url=f"https://a.example/{n}") for n in "12")
    agreed = Agreed("image-alt", "Later.", "Team", "2030-01-01", selector="#only")
    scan = scans.scan(*pages, rules=scans.WHOLE)
    first, second = scan.sites[0].pages
    moved = replace(second, outcomes=(replace(second.outcomes[0], target=Place("#only", "")), *second.outcomes[1:]))
    review = Review(B, "image-alt", "no-problem", 1, "2026-11-23", "Ada", "It decorates.")
    scan = replace(scan, sites=(replace(scan.sites[0], pages=(first, moved)),), agreed=(agreed,), reviews=(review,))
    book = opened(scan)
    found = {row["Fingerprint"]: (row["Status"], row["Decision"]) for row in rows(book, "Problems")}
    assert found == {
        A: ("partly open", "until 2030-01-01 (Team): Later."),
        B: ("not a problem", "not a problem, says Ada on 2026-11-23: It decorates."),
        C: ("open", None),
    }
    assert [row["Problems"] for row in rows(book, "Pages")] == [2, 2]
    assert Counter(row["Status"] for row in rows(book, "Places")) == {"open": 3, "not a problem": 2, "agreed": 1}


def test_the_last_sheet_says_by_what_it_was_made_and_what_it_is_not() -> None:
    told = rows(opened(factory.rich_scan()), "About")
    says = {row["About"]: row["What it says"] for row in told}
    assert says["What this is not"] == HONESTY
    assert says["Versions"] == "Curbcut 0.1.0, axe-core 4.11.0, Chromium 143.0, rule set 3f9c2ab1d004"
    assert re.fullmatch(r"formula \d+, map EN 301 549 .*, seed 0", str(says["Scores"]))
    assert says["Complete"] == "no: the run ended early"
    assert "Left out" not in says
    assert banned_words(" ".join(str(row["What it says"]) for row in told)) == []


def test_it_bears_the_time_when_the_scan_ended_and_always_the_same_bytes() -> None:
    scan = factory.one_service()
    first = written(scan)
    time.sleep(2.1)  # ZIP archives count time in steps of two seconds.
    assert written(scan) == first
    book = openpyxl.load_workbook(io.BytesIO(first))
    assert book.properties.created == datetime(2026, 3, 2, 8, 14, 9)
    assert book.properties.title == "Problems of Harbour Benefits"
    no_end = opened(replace(scan, finished="", started="never"))
    assert no_end.properties.created == datetime(1980, 1, 1)


HOSTILE = [
    *("=1+1", "＝1", "@A1", "+1", "-1", "\t=1", "https://evil.example/", "mailto:a@b.example", "internal:A1", "1.4.3"),
    *("12", "TRUE", "#REF!", "_x000D_=1", "{=1}", "a]]>b", "a\x00\x0b\ufffe\ud83db", "<r><t>x</t></r>", "<b>&amp;</b>"),
    *factory.HOSTILE,
    factory.HUGE,
]


@pytest.mark.parametrize("words", HOSTILE, ids=range(len(HOSTILE)))
def test_what_pages_wrote_is_text_and_nothing_else(words: str) -> None:
    outcome = scans.failed(A, message=words, target=Place(words, words, words), variants=(words,))
    question = replace(outcome, verdict=Verdict.CANT_TELL, fingerprint=B)
    page = replace(scans.page(outcome, question, url=words), title=words, template=words)
    scan = scans.scan(page, replace(scans.page(url="b", state=PageState.LOGIN), reason=words), rules=scans.WHOLE)
    document = written(replace(scan, sites=(replace(scan.sites[0], name=words),)))
    seen = 0
    for sheet in openpyxl.load_workbook(io.BytesIO(document)):
        for row in sheet.iter_rows(min_row=2):
            for cell in row:
                assert cell.data_type in "ns"
                assert cell.hyperlink is None
                assert cell.data_type == "s" or cell.value is None or isinstance(cell.value, int)
                assert not re.match(r"\s*[=+\-@＝]", str(cell.value or ""))
                seen += isinstance(cell.value, str) and len(words) < 9 and words.strip() in cell.value
    assert seen or len(words) >= 9 or not words.isprintable()
    with zipfile.ZipFile(io.BytesIO(document)) as parts:
        assert not [name for name in parts.namelist() if "externalLink" in name or "worksheets/_rels" in name]
        for name in parts.namelist():
            tags = {etree.QName(element).localname for element in etree.fromstring(parts.read(name)).iter()}
            assert not tags & {"f", "hyperlink", "hyperlinks"}


def test_what_a_sheet_cannot_hold_is_said_there_and_at_the_end() -> None:
    pages = (scans.page(scans.failed(A), url=f"https://a.example/{number}") for number in range(30))
    book = opened(scans.scan(*pages, rules=scans.WHOLE), rows=20)
    said = "Places: 12 rows of 30 are not in this sheet. CSV and JSON have all of them."
    assert book["Places"].max_row == book["Pages"].max_row == 20
    assert [cell.value for cell in book["Places"][20]][:2] == [None, said]
    assert [row["Page"] for row in rows(book, "Places")][:18] == [f"https://a.example/{n}" for n in range(18)]
    left = [row["What it says"] for row in rows(book, "About") if row["About"] == "Left out"]
    assert left == [said, said.replace("Places", "Pages")]


def test_a_scan_of_nothing_is_a_workbook_too() -> None:
    scan = replace(scans.scan(rules=scans.WHOLE), sites=())
    assert rows(opened(scan), "Problems") == []


def test_a_gate_starts_without_what_writes_workbooks() -> None:
    code = "import sys, scanner.commands.gate, reports.exports; print('xlsxwriter' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"


def test_every_column_is_documented() -> None:
    section = (DOCS / "exports.md").read_text("utf-8").partition("\n## XLSX\n")[2]
    for sheet in opened(factory.one_service()):
        part = section.partition(f"\n| {sheet.title} |")[2].partition("\n| ")[0]
        missing = [cell.value for cell in sheet[1] if cell.value not in COLUMNS and str(cell.value) not in part]
        assert part, sheet.title
        assert missing == [], sheet.title
