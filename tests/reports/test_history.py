"""The store tells since when a problem is known, on how many pages each scan saw it, and what people decided."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import scans
import years
from years import HOME, OTHER, A, B

from reports.agreed import Agreed
from reports.history import page_history, problem_history
from reports.history_text import page_json, page_lines, problem_json, problem_lines
from reports.model import Review
from reports.near import near_fingerprints, near_pages
from reports.store import Store, open_store
from rules.model import Verdict
from rules.page import PageState

BAD = scans.page(scans.failed(A, count=3), scans.failed(B, rule=scans.SLIGHT))
ELSEWHERE = scans.page(scans.failed(A), url=OTHER)
AGREED = Agreed("image-alt", "The map is replaced.", "Maps team", "2027-01-31", selector="#it")
ALARM = Review(B, "meta-slight", "no-problem", 1, "2026-02-03", "Ada Lovelace", "It only decorates.")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path / "curbcut.db") as opened:
        first = years.on("2026-01-01", BAD, ELSEWHERE)
        closed = years.on("2026-02-01", scans.page(state=PageState.TIMEOUT), ELSEWHERE)
        yield years.kept(opened, first, closed, years.on("2026-03-01", scans.page(), scans.page(url=OTHER)))


def test_a_problem_is_told_scan_by_scan(store: Store) -> None:
    [found] = problem_history(store, A)
    lines = list(problem_lines(found, agreed=[AGREED], reviews=[ALARM]))
    assert lines == [
        f"Problem {A} of A (https://a.example/)",
        "  It fails.",
        "  Check: image-alt. Stops people (critical).",
        "  First seen: 1 January 2026 (scan 1). Last seen: 1 February 2026 (scan 2).",
        "  Fixed: 1 March 2026 (scan 3).",
        "  Scan 1, 1 January 2026: new, on 2 pages, 4 times",
        "  Scan 2, 1 February 2026: persisting, on 1 page",
        "  Scan 3, 1 March 2026: fixed",
        "  Agreed exception: image-alt at #it, agreed until 2027-01-31 (Maps team): The map is replaced.",
    ]


def test_why_nobody_can_tell_is_told(store: Store) -> None:
    [found] = problem_history(store, B)
    lines = list(problem_lines(found, agreed=[AGREED], reviews=[ALARM]))
    assert "  Scan 2, 1 February 2026: not looked at, as https://a.example/ was not looked at by its rule" in lines
    assert lines[-1] == "  Ada Lovelace answered on 2026-02-03 that it is no problem: It only decorates."


def test_a_page_is_told_with_all_that_was_ever_on_it(store: Store) -> None:
    [found] = page_history(store, HOME)
    lines = list(page_lines(found, agreed=[AGREED], reviews=[ALARM]))
    assert lines[:5] == [
        "Page https://a.example/ of A",
        "  First seen: 1 January 2026 (scan 1). Last seen: 1 March 2026 (scan 3).",
        "  Scan 1, 1 January 2026: 2 problems",
        "  Scan 2, 1 February 2026: did not finish: It was not.",
        "  Scan 3, 1 March 2026: 0 problems",
    ]
    # Elsewhere it went on for a month; here it was last seen on the first day.
    first = "      first seen 1 January 2026 (scan 1), last seen 1 January 2026 (scan 1), fixed 1 March 2026 (scan 3)"
    assert lines[lines.index(f"  {A} image-alt: It fails.") + 1] == first
    assert any(line.strip().startswith("Agreed exception") for line in lines)


def test_an_open_question_has_a_history_too(store: Store) -> None:
    question = scans.page(replace(scans.failed("e" * 16), verdict=Verdict.CANT_TELL))
    years.kept(store, years.on("2026-04-01", question), years.on("2026-05-01", scans.page()))
    [found] = problem_history(store, "e" * 16)
    assert [look.state for look in found.looks] == ["needs a person", "not looked at"]
    assert found.looks[1].reason == "no such question was open"


def test_the_same_is_there_as_data(store: Store) -> None:
    [problem], [page] = problem_history(store, A), page_history(store, HOME)
    told = json.loads(json.dumps(problem_json(problem, agreed=[AGREED])))
    assert told["first_seen"] == {"day": "2026-01-01", "scan": 1}
    assert [look["state"] for look in told["scans"]] == ["new", "persisting", "fixed"]
    assert told["decisions"][0].startswith("Agreed exception: image-alt at #it")
    assert {one["fingerprint"] for one in page_json(page)["problems"]} == {A, B}  # type: ignore[union-attr]


def test_what_is_not_known_gives_nothing_and_what_is_near_is_named(store: Store) -> None:
    assert problem_history(store, "f" * 16) == ()
    assert page_history(store, "https://a.example/c") == ()
    assert near_fingerprints(store, "aaaa") == (A,)
    assert near_fingerprints(store, "a" * 12 + "beef") == (A,)
    assert near_fingerprints(store, "0123456789012345") == ()
    assert set(near_pages(store, "https://a.example/c")) == {OTHER, HOME}


def test_hostile_text_stays_on_its_line(store: Store) -> None:
    nasty = "https://a.example/\u202e\x1b[31m"
    years.kept(store, years.on("2026-04-01", scans.page(scans.failed("d" * 16, message="a\nb\x1b[0m"), url=nasty)))
    for history in (problem_lines(problem_history(store, "d" * 16)[0]), page_lines(page_history(store, nasty)[0])):
        assert all(line.isprintable() for line in history)
