"""From scan to scan a problem is new, newly detected, persisting, moved, fixed or not looked at, and never more."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import scans
import sqlalchemy as sa
import years
from years import HOME, OTHER, A, B

from reports import schema
from reports.gate.tracking import State
from reports.ledger import OPEN_AS_QUESTION, Entry, Ledger, follow
from reports.model import Review, Scan
from reports.store import Store, open_store
from reports.traces import Moment, traces
from rules.model import PageOutcome, SiteOutcome, Verdict
from rules.page import PageState, ProbeReport


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path / "curbcut.db") as opened:
        yield opened


def ledgers(store: Store, *several: Scan, **how: object) -> list[Ledger]:
    return [ledger for _, ledger in follow(traces(years.kept(store, *several), **how))]


def entries(store: Store, *several: Scan, **how: object) -> dict[str, Entry]:
    return dict(ledgers(store, *several, **how)[-1].entries)


BAD, GOOD = scans.page(scans.failed(A)), scans.page()


def test_a_problem_that_is_gone_from_its_page_is_fixed_on_the_day_when_that_was_seen(store: Store) -> None:
    several = [years.on(f"2026-0{month}-01", page) for month, page in enumerate((BAD, BAD, GOOD, GOOD), 1)]
    found = ledgers(store, *several)
    assert [ledger.entries[A].state for ledger in found] == [State.NEW, State.PERSISTING, State.FIXED, State.FIXED]
    last = found[-1].entries[A]
    assert (last.first, last.last) == (Moment("2026-01-01", 1), Moment("2026-02-01", 2))
    assert last.fixed == Moment("2026-03-01", 3)
    assert not last.is_open
    assert found[1].entries[A].is_open


SILENT = PageOutcome("image-alt", Verdict.UNTESTED)


@pytest.mark.parametrize(
    ("page", "rules"),
    [
        (scans.page(url=OTHER), scans.CATALOGUE),
        (scans.page(state=PageState.TIMEOUT), scans.CATALOGUE),
        (scans.page(SILENT), scans.CATALOGUE),
        (replace(GOOD, probes=(ProbeReport("axe", "took too long"),)), scans.CATALOGUE),
        (GOOD, (scans.SLIGHT,)),
        (GOOD, (replace(scans.ALT, version=2), scans.SLIGHT)),
    ],
)
def test_what_nobody_looked_at_on_full_evidence_stays_open(store: Store, page, rules) -> None:
    entry = entries(store, years.on("2026-01-01", BAD), years.on("2026-02-01", page, rules=rules))[A]
    assert entry.state is State.NOT_LOOKED_AT
    assert entry.is_open
    assert entry.reason


def test_a_rule_that_judges_in_another_way_proves_no_fix_however_often_it_runs(store: Store) -> None:
    later = [years.on(f"2026-0{month}-01", GOOD, rules=(replace(scans.ALT, version=2),)) for month in (2, 3, 4)]
    assert entries(store, years.on("2026-01-01", BAD), *later)[A].state is State.NOT_LOOKED_AT


def test_it_is_fixed_when_a_later_scan_looks_again(store: Store) -> None:
    away = years.on("2026-02-01", scans.page(url=OTHER))
    assert entries(store, years.on("2026-01-01", BAD), away, years.on("2026-03-01", GOOD))[A].fixed == ("2026-03-01", 3)


def test_what_comes_again_is_new_since_then_and_known_from_its_first_day(store: Store) -> None:
    several = [years.on(f"2026-0{month}-01", page) for month, page in enumerate((BAD, GOOD, BAD), 1)]
    entry = entries(store, *several)[A]
    assert (entry.state, entry.first.day, entry.since.day) == (State.NEW, "2026-01-01", "2026-03-01")
    assert entry.is_open
    assert entry.looked_before


def test_new_is_told_from_what_a_new_rule_detects_and_from_pages_that_nobody_had_seen(store: Store) -> None:
    first = years.on("2026-01-01", GOOD, rules=(scans.ALT,))
    more = scans.page(scans.failed(A), scans.failed(B, rule=scans.SLIGHT))
    fresh = scans.page(scans.failed("c" * 16), url=OTHER)
    found = entries(store, first, years.on("2026-02-01", more, fresh))
    assert (found[A].born, found[A].looked_before) == (State.NEW, True)
    assert found[B].born is State.NEWLY_DETECTED
    assert (found["c" * 16].born, found["c" * 16].looked_before) == (State.NEW, False)


def test_nothing_of_a_first_scan_had_been_looked_at_before(store: Store) -> None:
    assert not entries(store, years.on("2026-01-01", BAD))[A].looked_before


def test_a_problem_on_another_page_has_moved(store: Store) -> None:
    moved = years.on("2026-02-01", GOOD, scans.page(scans.failed(A), url=OTHER))
    assert entries(store, years.on("2026-01-01", BAD), moved)[A].state is State.MOVED


def test_what_became_a_question_is_not_fixed(store: Store) -> None:
    asked = scans.page(replace(scans.failed(A), verdict=Verdict.CANT_TELL))
    entry = entries(store, years.on("2026-01-01", BAD), years.on("2026-02-01", asked))[A]
    assert (entry.state, entry.reason) == (State.NOT_LOOKED_AT, OPEN_AS_QUESTION)


def test_a_rule_with_a_new_name_is_the_same_rule(store: Store) -> None:
    renamed = replace(scans.ALT, id="picture-alt", aliases=(scans.ALT.id,))
    found = entries(
        store,
        years.on("2026-01-01", BAD),
        years.on("2026-02-01", scans.page(scans.failed(B, rule=renamed)), rules=(renamed,)),
    )
    assert found[A].state is State.FIXED
    assert found[B].born is State.NEW


def test_what_people_answered_counts(store: Store) -> None:
    alarm = Review(A, "image-alt", "no-problem", 1, "2026-02-01", "Ada", "It decorates.")
    assert entries(store, years.on("2026-01-01", BAD), reviews=[alarm]) == {}


def test_problems_of_a_service_as_a_whole_are_followed_too(store: Store) -> None:
    def compared(day: str, verdict: Verdict) -> Scan:
        scan = years.on(day, GOOD)
        concern = SiteOutcome(
            verdict, "The order changes.", (HOME,) if verdict is Verdict.FAILED else (), B, "navigation-alike"
        )
        return replace(scan, sites=(replace(scan.sites[0], site_outcomes=(concern,)),))

    several = [compared("2026-01-01", Verdict.FAILED), compared("2026-02-01", Verdict.PASSED)]
    assert entries(store, *several)[B].state is State.FIXED


def test_services_are_followed_apart_and_in_the_order_of_days(store: Store) -> None:
    late = years.of_both("2026-03-01", (GOOD,), (scans.page(scans.failed(A), url="https://b.example/"),))
    early = years.on("2026-01-01", BAD)
    found = {ledger.site.url: ledger for ledger in ledgers(store, late, early)}
    assert found["https://a.example/"].entries[A].fixed == ("2026-03-01", 1)
    assert found["https://b.example/"].entries[A].is_open
    assert [when.day for when in found["https://a.example/"].scans] == ["2026-01-01", "2026-03-01"]


def test_scans_after_the_last_day_and_pages_named_one_by_one_are_left_out(store: Store) -> None:
    years.kept(store, years.on("2026-01-01", BAD), years.on("2026-02-01", GOOD), years.on("2026-03-01", GOOD))
    with store.writing() as connection:
        named = (
            sa.update(schema.sites).where(schema.sites.c.scan == 2).values(target='{"pages":["https://a.example/"]}')
        )
        connection.execute(named)
    assert [trace.when.scan for trace in traces(store, until="2026-02-28")] == [1]
    assert [trace.when.scan for trace in traces(store)] == [1, 3]
