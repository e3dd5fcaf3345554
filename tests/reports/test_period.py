"""A period counts what was fixed, what came and what is open, says how long fixes took and what scores did."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import factory
import pytest
import scans
import sqlalchemy as sa
import years
from years import HOME, OTHER, A, B, C, D

from reports import schema
from reports.agreed import Agreed
from reports.period import Found, Period, period_of
from reports.period_scores import score_ends
from reports.promises import Standing
from reports.results import from_json, to_json
from reports.score import score_change, score_scan
from reports.store import Store, open_store
from reports.trend import buckets
from rules.errors import UsageError
from rules.page import PageState


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path / "curbcut.db") as opened:
        yield opened


def names(found: Found) -> set[str]:
    return {name for name, _ in found}


def year(store: Store, **how: object) -> Period:
    """A is fixed in March and B in April, C is new in March, D stands on a page that was never looked at before."""
    b, c, d = (scans.failed(name, rule=scans.SLIGHT) for name in (B, C, D))
    advice = scans.failed("e" * 16, rule=scans.NICE)
    years.kept(
        store,
        years.on("2026-01-01", scans.page(scans.failed(A), b, advice)),
        years.on("2026-03-02", scans.page(b, c)),
        years.on("2026-04-02", scans.page(c), scans.page(d, url=OTHER)),
    )
    return period_of(store, **{"since": "2026-02-01", **how})


def test_what_was_fixed_what_is_new_and_what_is_open(store: Store) -> None:
    period = year(store)
    [service] = period.services
    assert period.until == "2026-04-02", "without a last day it is that of the last scan"
    assert names(service.fixed) == {A, B}
    assert names(service.new) == {C}
    assert names(service.first_looks) == {D}
    assert names(service.open) == {C, D}
    assert service.detected == service.unseen == service.overdue == ()
    # A took from 1 January to 2 March, B to 2 April.
    assert period.days_to_fix == (60 + 91) / 2


def test_a_day_in_between_ends_the_period_there(store: Store) -> None:
    [service] = year(store, until="2026-03-31").services
    assert (names(service.fixed), names(service.open)) == ({A}, {B, C})
    assert service.last.when.day == "2026-03-02"


def test_the_trend_has_a_row_for_each_day_and_for_months_where_there_are_many(store: Store) -> None:
    rows = buckets(year(store).services)
    assert [(row.label, row.fixed, row.new, row.open) for row in rows] == [
        ("2 March 2026", 1, 1, 2),
        ("2 April 2026", 1, 1, 2),
    ]
    years.kept(store, *(years.on(f"2026-05-{day:02}", scans.page(), scans.page(url=OTHER)) for day in range(1, 15)))
    monthly = buckets(period_of(store, since="2026-02-01").services)
    assert [(row.label, row.fixed) for row in monthly] == [("March 2026", 1), ("April 2026", 1), ("May 2026", 2)]


def test_a_service_without_a_scan_in_the_period_counts_as_it_was(store: Store) -> None:
    bad = scans.page(scans.failed(A), url="https://b.example/")
    years.kept(store, years.of_both("2026-01-01", (scans.page(),), (bad,)), years.on("2026-02-01", scans.page()))
    period = period_of(store, since="2026-01-15")
    assert [service.scanned for service in period.services] == [True, False]
    assert [row.open for row in buckets(period.services)] == [1]


def test_scans_that_stopped_or_met_no_page_do_not_hide_what_is_known(store: Store) -> None:
    bad = scans.page(scans.failed(A))
    down = years.on("2026-02-01", scans.page(state=PageState.TIMEOUT))
    years.kept(store, years.on("2026-01-01", bad), down, years.on("2026-03-01", bad, scans.page(url=OTHER)))
    with store.writing() as connection:
        connection.execute(sa.update(schema.sites).where(schema.sites.c.scan == 3).values(finished=False))
    with pytest.raises(UsageError, match="No service was scanned from 2026-01-15"):
        period_of(store, since="2026-01-15")
    [service] = period_of(store, since="2026-01-01").services
    assert service.last.when.scan == 1
    assert names(service.seen_now) == {A}


@pytest.mark.parametrize(
    ("since", "until"), [("2026-05-01", ""), ("2026-03-01", "2026-02-01"), ("2025-01-01", "2025-12-31")]
)
def test_a_period_without_a_scan_is_an_error_that_names_the_days_of_scans(store: Store, since: str, until: str) -> None:
    with pytest.raises(UsageError) as caught:
        year(store, since=since, until=until)
    assert "2026-01-01 to 2026-04-02" in str(caught.value.do)


def agreed(expires: str, **more: str) -> Agreed:
    given = {"rule": "meta-slight", "reason": "New page.", "owner": "Web team", "fingerprint": C, **more}
    return Agreed(expires=expires, **given)


def test_promises_stand_by_their_day_and_by_what_is_open(store: Store) -> None:
    several = [
        agreed("2026-04-01"),
        agreed("2026-04-30", fingerprint=D),
        agreed("2027-01-31", fingerprint="", selector="#it"),
        agreed("2026-01-31", rule="image-alt", fingerprint=A),
    ]
    period = year(store, agreed=several)
    found = [(one.agreed.expires, one.standing, one.problems) for one in period.promises]
    assert found == [
        ("2026-01-31", Standing.KEPT, 0),
        ("2026-04-01", Standing.OVERDUE, 1),
        ("2026-04-30", Standing.SOON, 1),
        ("2027-01-31", Standing.LATER, 2),
    ]


def test_overdue_is_what_no_longer_exception_covers(store: Store) -> None:
    [service] = year(
        store, agreed=[agreed("2026-04-01"), agreed("2026-04-01", fingerprint=A, rule="image-alt")]
    ).services
    assert names(service.overdue) == {C}
    longer = [agreed("2026-04-01"), agreed("2027-01-31")]
    assert period_of(store, since="2026-02-01", agreed=longer).services[0].overdue == ()


def cleaner() -> factory.Scan:
    """The harbour without its grey text."""
    whole = factory.one_service()
    [site] = whole.sites
    grey, fine = factory.CONTRAST.id, factory.passes(factory.CONTRAST)
    pages = tuple(
        replace(page, outcomes=tuple(fine if one.rule == grey else one for one in page.outcomes)) for page in site.pages
    )
    return replace(whole, sites=(replace(site, pages=pages),), finished="2026-06-01T08:14:09Z")


def test_scores_stand_at_both_ends_with_the_paired_change(store: Store) -> None:
    before, after = factory.one_service(), cleaner()
    ends = score_ends(before, after)
    assert ends.before == score_scan(before).sites[0].headline
    assert ends.after == score_scan(after).sites[0].headline
    assert (ends.change,) == score_change(before, after)
    assert ends.change
    assert ends.change.headline
    assert ends.change.headline.points > 0
    assert ends.by_rules == 0.0


def test_what_other_rules_make_of_a_difference_is_told_apart(store: Store) -> None:
    newer = tuple(replace(rule, version=2) if rule.id == "color-contrast" else rule for rule in factory.RULES)
    before = cleaner()
    after = replace(factory.one_service(), rules=newer)
    ends = score_ends(before, after)
    assert ends.before
    assert ends.after
    assert ends.change
    assert ends.change.headline
    # Nothing changed but the rule, which sees grey text now: all of the difference is its own.
    assert ends.change.headline.points == 0.0
    assert ends.by_rules == round(ends.after.high - ends.before.high, 1)
    assert ends.by_rules < 0


def test_scores_from_the_store_are_those_of_the_scans(store: Store) -> None:
    several = [from_json(to_json(scan), source="x") for scan in (factory.one_service(), cleaner())]
    years.kept(store, *several)
    [service] = period_of(store, since="2026-01-01").services
    assert service.ends == score_ends(*several)
    assert service.start
    assert (service.start.when.scan, service.last.when.scan) == (1, 2)
    assert HOME not in {service.last.site.url}
