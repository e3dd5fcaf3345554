"""The table for spreadsheets reads back the same by two readers, has every problem, and no page writes a formula."""

from __future__ import annotations

import csv as tables
import io
import re
from dataclasses import replace
from pathlib import Path

import factory
import pytest
import scans

from reports.agreed import Agreed
from reports.exports import csv
from reports.exports.csv import COLUMNS
from reports.gate import GatePlan, judge_gate
from reports.model import Review, Scan
from reports.problems import problems
from rules.model import Place, SiteOutcome, Verdict

DOCS = Path(__file__).parents[2] / "docs"
A, B, C = (letter * 16 for letter in "abc")
FORMULA = re.compile(r"\s*[=+\-@−﹢﹣﹦﹫＋－＝＠]")

FIELD = r'"((?:[^"]|"")*)"|([^",\r\n]*)'
"""A field by the grammar of RFC 4180, escaped or not."""


def written(scan: Scan, *, today: str = "2026-11-24") -> str:
    return "".join(csv(scan, judge_gate(scan, GatePlan(today=today))))


def rows(scan: Scan, **more: str) -> list[dict[str, str]]:
    """The rows as Python's reader has them, where nothing may be amiss."""
    table = io.StringIO(written(scan, **more).removeprefix("\ufeff"), newline="")
    return list(tables.DictReader(table, strict=True))


def by_grammar(document: str, separator: str = ",") -> list[list[str]]:
    """The same by the grammar; with another separator, as a spreadsheet of another country takes it apart."""
    field = re.compile(FIELD.replace(",", separator))
    found, at = [[]], 0
    while at < len(document):
        match = field.match(document, at)
        text = match[1].replace('""', '"') if match[1] is not None else match[2]
        at = match.end()
        # What stands behind a closing quotation mark belongs to the field: that is how spreadsheets go on.
        rest = re.compile(rf"[^{separator}\r]*").match(document, at)
        found[-1].append(text + rest[0])
        at = rest.end()
        if document.startswith("\r\n", at):
            found.append([])
            at += 2
        elif at < len(document):
            assert document[at] == separator
            at += 1
    return found[:-1]


def hostile(words: str) -> Scan:
    outcome = scans.failed(words, message=words, target=Place(words, words, words), variants=(words,))
    return scans.scan(replace(scans.page(outcome, url=words), template=words))


def test_two_readers_read_the_same() -> None:
    document = written(factory.rich_scan())
    assert document.startswith("\ufeff")
    assert document.endswith("\r\n")
    first = list(tables.reader(io.StringIO(document[1:], newline=""), strict=True))
    assert first == by_grammar(document[1:])
    assert {len(row) for row in first} == {len(COLUMNS)}
    assert first[0] == list(COLUMNS)


def test_a_row_says_what_where_for_whom_and_how_to_fix_it() -> None:
    scan = factory.one_service()
    row = next(row for row in rows(scan) if row["Rule"] == "color-contrast")
    assert row == {
        "Number": row["Number"],
        "Service": "Harbour Benefits",
        "Problem": "The grey text has a contrast of 2.9:1 against its background; it needs 4.5:1.",
        "Impact": "Makes it hard",
        "Impact (axe)": "serious",
        "Standing": "required by the profile",
        "Rule": "color-contrast",
        "Criteria": "WCAG 1.4.3",
        "Who": "People with limited vision and people with limited language, cognitive or learning abilities",
        "How to fix": "Use a text colour with a contrast of at least 4.5:1 (3:1 for large text).",
        "Who fixes it": "design",
        "Fingerprint": row["Fingerprint"],
        "Page": "https://harbour.example.gov/apply",
        "Kind of page": "pages like /apply",
        "How often": "4",
        "Message": "The grey text has a contrast of 2.9:1 against its background; it needs 4.5:1.",
        "Selector": "main p.hint",
        "Frame": "",
        "Snippet": '<p class="hint">You can apply at any time.</p>',
        "Shows in": "dark",
        "Status": "open",
        "Decision": "",
    }


def test_every_problem_has_a_row_for_each_page_in_the_order_of_the_report() -> None:
    scan = factory.rich_scan()
    expected = [str(one.number) for one in problems(scan) for _ in one.hits or (None,)]
    assert [row["Number"] for row in rows(scan)] == expected


def test_a_problem_of_a_service_as_a_whole_has_a_row_without_a_page() -> None:
    scan = scans.scan(scans.page(url="https://a.example/"))
    concern = SiteOutcome(Verdict.FAILED, "It moves.", (), A, "navigation-alike")
    [row] = rows(replace(scan, sites=(replace(scan.sites[0], site_outcomes=(concern,)),)))
    assert (row["Message"], row["Page"], row["How often"]) == ("It moves.", "", "1")


def test_what_people_decided_stands_beside_it() -> None:
    scan = scans.scan(scans.page(scans.failed(A), scans.failed(B), scans.failed(C), url="https://a.example/"))
    agreed = Agreed("image-alt", "Later.", "Team", "2027-01-31", fingerprint=A)
    review = Review(B, "image-alt", "no-problem", 1, "2026-11-23", "Ada", "It decorates.")
    decided = replace(scan, agreed=(agreed,), reviews=(review,))
    found = {row["Fingerprint"]: (row["Number"], row["Status"], row["Decision"]) for row in rows(decided)}
    assert found == {
        A: ("1", "agreed", "until 2027-01-31 (Team): Later."),
        C: ("2", "open", ""),
        B: ("3", "not a problem", "not a problem, says Ada on 2026-11-23: It decorates."),
    }
    later = {row["Fingerprint"]: (row["Status"], row["Decision"]) for row in rows(decided, today="2027-02-01")}
    assert later[A] == ("open", "the agreed exception ended with 2027-01-31 (Team)")


def test_an_answer_reaches_no_further_than_the_pages_that_have_as_few_of_it() -> None:
    pages = (scans.page(scans.failed(A, count=count), url=f"https://a.example/{count}") for count in (1, 2))
    review = Review(A, "image-alt", "no-problem", 1, "2026-11-23", "Ada", "It decorates.")
    found = [(row["Page"], row["Status"]) for row in rows(replace(scans.scan(*pages), reviews=(review,)))]
    assert found == [("https://a.example/2", "open"), ("https://a.example/1", "not a problem")]


def test_a_question_that_was_answered_with_problem_is_one() -> None:
    question = replace(scans.failed(A), verdict=Verdict.CANT_TELL)
    review = Review(A, "image-alt", "problem", 1, "2026-11-23", "Ada", "Nobody can tell.")
    scan = scans.scan(scans.page(question))
    assert rows(scan) == []
    [row] = rows(replace(scan, reviews=(review,)))
    assert (row["Status"], row["Decision"]) == ("open", "a problem, says Ada on 2026-11-23: Nobody can tell.")


@pytest.mark.parametrize(
    "words",
    [
        *("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", '"=1', "\u00a0=1", "\x00=1"),
        *("＝1", "＋1", "－1", "＠A1", "﹦1", "−1", '=HYPERLINK("http://evil.example/")', "=cmd|' /C calc'!A0"),
        *('x;=1', 'x; =1', 'x;"=1', 'x;";=1', "x;\t=1", 'x";"";=HYPERLINK("http://evil.example/","pay")', "x;＝1"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("separator", [",", ";"])
def test_no_page_writes_a_formula_whatever_a_spreadsheet_splits_at(words: str, separator: str) -> None:
    document = written(hostile(words)).removeprefix("\ufeff")
    assert [cell for row in by_grammar(document, separator) for cell in row if FORMULA.match(cell)] == []


def test_words_that_are_no_formula_stay_as_they_are() -> None:
    words = 'a-b, c=d; e "f" @g 1+1'
    [row] = rows(hostile(words))
    assert (row["Message"], row["Selector"], row["Snippet"]) == (words, words, words)


def test_a_cell_is_one_short_visible_line() -> None:
    for words in (*factory.HOSTILE, factory.HUGE, "a\r\nb\x00c\x85d\u2028e"):
        for cell in rows(hostile(words))[0].values():
            assert len(cell) < 32_767
            assert not re.search("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202e\ud800-\udfff]", cell)


def test_lines_come_one_at_a_time() -> None:
    scan = scans.scan(*[scans.page(scans.failed(A), url=f"https://a.example/{number}") for number in range(50)])
    assert len(list(csv(scan, judge_gate(scan)))) == 51


def test_every_column_is_documented_in_its_order() -> None:
    section = (DOCS / "exports.md").read_text("utf-8").partition("\n## CSV\n")[2].partition("\n## ")[0]
    assert re.findall(r"^\| (\w[^|]*?) \| [A-Z`]", section, re.MULTILINE)[1:] == list(COLUMNS)
