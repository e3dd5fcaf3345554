"""Scans older than what is kept are removed with all that belongs to them; the last one of a service never is."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
import scans
import sqlalchemy as sa
import years
from years import A

from reports import schema
from reports.history import problem_history
from reports.keep import first_kept_day
from reports.model import SiteResult
from reports.purge import old_scans, remove
from reports.store import Store, open_store
from rules.model import RuleInfo

BAD, B_HOME = scans.page(scans.failed(A)), scans.page(url="https://b.example/")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path / "curbcut.db") as opened:
        yield opened


@pytest.mark.parametrize(
    ("keep", "day"),
    [
        ("1 day", "2026-03-30"),
        ("2 weeks", "2026-03-17"),
        ("1 month", "2026-02-28"),
        ("24 months", "2024-03-31"),
        ("2 years", "2024-03-31"),
        ("25 months", "2024-02-29"),
        ("9999 years", "0001-01-01"),
    ],
)
def test_the_time_that_is_kept_begins_on_a_day(keep: str, day: str) -> None:
    assert first_kept_day(keep, today="2026-03-31") == day


@pytest.mark.parametrize("keep", ["", "24", "months", "0 days", "-1 days", "2 fortnights", "1.5 years", "24 months\n"])
def test_what_is_no_time_is_none(keep: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        first_kept_day(keep, today="2026-03-31")


def test_old_scans_go_with_all_that_belongs_to_them(store: Store, tmp_path: Path) -> None:
    many = [scans.page(scans.failed(A, message="x" * 2000), url=f"https://a.example/{n}") for n in range(300)]
    years.kept(store, years.on("2024-01-01", *many), years.on("2025-01-01", BAD), years.on("2026-01-01", BAD))
    found = old_scans(store, before="2025-06-01")
    assert [(scan.number, scan.day, scan.pages, scan.reason) for scan in found] == [
        (1, "2024-01-01", 300, ""),
        (2, "2025-01-01", 1, ""),
    ]
    size = _size(tmp_path)
    remove(store, found)
    assert [line.number for line in store.scans()] == [3]
    with store.reading() as connection:
        for table in schema.metadata.sorted_tables:
            if "scan" in table.c:
                assert set(connection.scalars(sa.select(table.c.scan).distinct())) <= {3}, table.name
    assert _size(tmp_path) < size / 3, "the file holds what was removed"
    [history] = problem_history(store, A)
    assert history.first.scan == 3
    assert sqlite3.connect(tmp_path / "curbcut.db").execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_the_last_scan_of_a_service_stays_and_the_last_one_that_tested_it(store: Store) -> None:
    both = years.of_both("2024-01-01", (BAD,), (B_HOME,))
    stopped = SiteResult("https://a.example/", "A")
    years.kept(store, both, years.on("2024-02-01", BAD))
    store.create_scan(started="2024-03-01", tool=both.tool, rules=_rules(), sites=[(stopped, {})])
    found = {scan.number: scan.reason for scan in old_scans(store, before="2026-01-01")}
    assert found == {
        1: "it is the last one of https://b.example/",
        2: "it is the last one of https://a.example/",
        3: "it is the last one of https://a.example/",
    }


def _size(folder: Path) -> int:
    """The bytes of the store with its log."""
    return sum(file.stat().st_size for file in folder.iterdir())


def _rules() -> tuple[RuleInfo, ...]:
    return scans.CATALOGUE
