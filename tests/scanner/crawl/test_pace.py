"""A host is never asked faster than it should be, and never holds a scan for long."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.crawl.pace import (
    FAILURES,
    FAILURES_AT_FIRST,
    LONGEST_DELAY_S,
    LONGEST_REST_S,
    LONGEST_RESTS_S,
    REFUSALS,
    Answer,
    Limits,
    Pace,
    rest_of,
)

GOOD = Answer(200, 0.1)
NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)

answers = st.builds(
    Answer,
    status=st.sampled_from([0, 200, 200, 200, 404, 429, 500, 503]),
    waited_s=st.floats(0, 30),
    rest_s=st.none() | st.floats(0, 1e7),
    requests=st.integers(1, 500),
)
limits = st.builds(Limits, delay_s=st.floats(0, 60), at_once=st.integers(1, 8), requests=st.integers(0, 2_000))


def after(pace: Pace, *answers: Answer, now_s: float = 0.0) -> Pace:
    for answer in answers:
        pace = pace.begun(now_s).ended(now_s, answer)
    return pace


@given(limits, st.lists(st.tuples(answers, st.floats(0, 5)), max_size=60))
def test_waits_are_bounded_and_delays_are_kept(given_limits: Limits, course: list[tuple[Answer, float]]) -> None:
    """One page after the other, each begun as soon as it may be."""
    pace, now, waited, last = Pace.under(given_limits), 0.0, 0.0, -1e9
    for answer, took in course:
        if pace.closed:
            break
        wait = pace.wait_s(now)
        assert wait <= max(LONGEST_REST_S, given_limits.delay_s, LONGEST_DELAY_S)
        now += wait
        assert pace.is_free(now)
        assert now - last >= given_limits.delay_s - 1e-6
        last = now
        pace = pace.begun(now)
        now += took
        pace = pace.ended(now, answer)
        assert 1 <= pace.allowed <= max(1, given_limits.at_once)
        assert pace.under_way == 0
        waited += wait
    assert pace.rested_s <= LONGEST_RESTS_S + LONGEST_REST_S or pace.closed


@given(limits, st.lists(st.booleans(), max_size=40))
def test_never_more_pages_at_once_than_allowed(given_limits: Limits, moves: list[bool]) -> None:
    pace, now = Pace.under(given_limits), 0.0
    for begin in moves:
        now += 100.0
        if begin and pace.is_free(now):
            pace = pace.begun(now)
        elif pace.under_way:
            pace = pace.ended(now, GOOD)
        assert 0 <= pace.under_way <= given_limits.at_once


@pytest.mark.parametrize("status", [429, 503])
def test_a_server_that_puts_off_is_given_longer_and_longer_rests(status: int) -> None:
    pace, rests = Pace.under(Limits(at_once=4)), []
    while not pace.closed:
        pace = pace.begun(0.0).ended(0.0, Answer(status))
        rests.append(pace.next_s)
        pace = Pace(**{name: getattr(pace, name) for name in pace.__slots__} | {"next_s": 0.0})
        assert pace.allowed == 1
    assert rests[:-1] == [2.0, 4.0, 8.0, 16.0, 32.0]
    assert len(rests) == REFUSALS
    assert pace.closed == f"The server answered with status {status} 6 times in a row, whatever the pace."


def test_what_the_server_asks_for_is_kept() -> None:
    pace = after(Pace.under(Limits()), Answer(429, rest_s=77.0), now_s=10.0)
    assert pace.wait_s(10.0) == 77.0
    assert not pace.is_free(86.9)
    assert pace.is_free(87.0)
    assert after(pace, GOOD, now_s=87.0).refusals == 0


def test_a_rest_longer_than_a_scan_waits_closes_the_host() -> None:
    assert "3,600 seconds" in after(Pace.under(Limits()), Answer(503, rest_s=3600.0)).closed


def test_rests_add_up_to_a_bound_though_good_answers_come_between() -> None:
    pace, now, rests = Pace.under(Limits()), 0.0, 0
    while not pace.closed:
        now += pace.wait_s(now)
        pace = after(pace, Answer(429, rest_s=200.0), GOOD, now_s=now)
        rests += 1
    assert rests == 5
    assert now <= LONGEST_RESTS_S


@pytest.mark.parametrize(("before", "enough"), [([], FAILURES_AT_FIRST), ([GOOD], FAILURES)])
def test_a_server_that_does_not_answer_is_given_up(before: list[Answer], enough: int) -> None:
    pace = after(Pace.under(Limits()), *before)
    for number in range(1, enough + 1):
        pace = after(pace, Answer())
        assert bool(pace.closed) is (number == enough)
    assert pace.unreachable
    assert after(after(Pace.under(Limits()), *[Answer()] * (FAILURES_AT_FIRST - 1)), GOOD, Answer()).closed == ""


def test_a_host_that_becomes_slow_is_asked_slowly_and_recovers() -> None:
    pace = after(Pace.under(Limits(at_once=4)), *[GOOD] * 5)
    assert (pace.delay_s, pace.allowed) == (0.0, 4)
    pace = after(pace, *[Answer(200, 6.0)] * 4)
    assert pace.allowed == 1
    assert 3.0 < pace.delay_s <= LONGEST_DELAY_S
    pace = after(pace, *[GOOD] * 60)
    assert (pace.delay_s, pace.allowed) == (0.0, 4)


def test_a_host_that_was_slow_from_the_start_is_not_slower_than_usual() -> None:
    assert after(Pace.under(Limits()), *[Answer(200, 6.0)] * 20).delay_s == 0.0


def test_a_budget_of_requests_ends_it() -> None:
    pace = after(Pace.under(Limits(requests=100)), Answer(200, requests=60))
    assert not pace.closed
    assert "max-requests" in after(pace, Answer(200, requests=60)).closed


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("120", 120.0),
        (" 0 ", 0.0),
        ("Mon, 23 Nov 2026 12:01:30 GMT", 90.0),
        ("Monday, 23-Nov-26 12:01:30 GMT", 90.0),
        ("Mon, 23 Nov 2026 11:00:00 GMT", 0.0),
        ("", None),
        ("soon", None),
        ("-5", None),
        ("1.5", None),
        ("٣", None),
        ("9" * 400, 999_999_999.0),
    ],
)
def test_retry_after_is_read(header: str, seconds: float | None) -> None:
    assert rest_of(header, NOW) == seconds


@given(st.text())
def test_any_header_is_read_or_not(header: str) -> None:
    rest = rest_of(header, NOW)
    assert rest is None or rest >= 0
