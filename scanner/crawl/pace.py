"""How fast one host is asked for pages, and when it is left alone; a pure state machine, times are arguments.

Three things slow a scan down: what a person or robots.txt says, what the server says (429, 503, Retry-After), and what
can be seen (answers that take much longer than the first ones did). Each wait is bounded, and so is their sum: a host
that keeps refusing or does not answer is `closed` with a reason, so that no server can hold a scan.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from statistics import median
from typing import Final

BUSY: Final = frozenset({429, 503})
"""Statuses by which a server asks to be asked later (RFC 6585, section 4; RFC 9110, section 15.6.4)."""

TRIES: Final = 3
"""How often a page is asked for that the server puts off."""

REFUSALS: Final = 6
FAILURES: Final = 5
FAILURES_AT_FIRST: Final = 3
FIRST_REST_S: Final = 2.0
LONGEST_REST_S: Final = 300.0
LONGEST_RESTS_S: Final = 900.0
SAMPLE: Final = 5
SLOWER: Final = 3.0
NOTICEABLE_S: Final = 0.5
LONGEST_DELAY_S: Final = 10.0
GOOD_ANSWERS: Final = 10
WEIGHT: Final = 0.3
"""How much the newest answer counts in the running mean of waiting times."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What a person allows: seconds between the starts of two pages, pages at once, requests in all (0: any)."""

    delay_s: float = 0.0
    at_once: int = 1
    requests: int = 0


@dataclass(frozen=True, slots=True)
class Answer:
    """How a request for a page ended: `status` is 0 where no answer came; `requests` are those of the whole page.

    `waited_s` is how long the server took to begin its answer, 0 where that is not known; `rest_s` what its
    Retry-After asks for, None where it asks for nothing.
    """

    status: int = 0
    waited_s: float = 0.0
    rest_s: float | None = None
    requests: int = 1


@dataclass(frozen=True, slots=True)
class Pace:
    """One host as far as it is known; `closed` is why it is asked for nothing more, as a sentence."""

    limits: Limits
    under_way: int = 0
    allowed: int = 0
    next_s: float = 0.0
    first: tuple[float, ...] = ()
    recent_s: float = 0.0
    good: int = 0
    refusals: int = 0
    failures: int = 0
    rested_s: float = 0.0
    requests: int = 0
    answered: bool = False
    closed: str = ""
    unreachable: bool = False

    @classmethod
    def under(cls, limits: Limits) -> Pace:
        """A host that nothing is known of yet."""
        return cls(limits, allowed=max(1, limits.at_once))

    def wait_s(self, now_s: float) -> float:
        """Seconds until the next page may be asked for as far as time decides; 0 where it may be now."""
        return max(0.0, self.next_s - now_s)

    def is_free(self, now_s: float) -> bool:
        """Whether another page may be begun now."""
        return not self.closed and self.under_way < self.allowed and not self.wait_s(now_s)

    @property
    def delay_s(self) -> float:
        """Seconds from the start of one page to the next: what was asked for, more where the host has become slow."""
        return max(self.limits.delay_s, self._slowness_s)

    @property
    def _slowness_s(self) -> float:
        if len(self.first) < SAMPLE:
            return 0.0
        usual = median(self.first)
        more = self.recent_s - usual
        return min(more, LONGEST_DELAY_S) if self.recent_s > SLOWER * usual and more > NOTICEABLE_S else 0.0

    def begun(self, now_s: float) -> Pace:
        """A page is asked for."""
        return replace(self, under_way=self.under_way + 1, next_s=max(self.next_s, now_s + self.delay_s))

    def asked(self, now_s: float) -> Pace:
        """One more request was made beside the pages."""
        return replace(self, next_s=max(self.next_s, now_s + self.delay_s), requests=self.requests + 1)

    def dropped(self) -> Pace:
        """A page that was begun was not asked for after all."""
        return replace(self, under_way=max(0, self.under_way - 1))

    def ended(self, now_s: float, answer: Answer) -> Pace:
        """A page came to its end, good or bad."""
        pace = replace(self.dropped(), requests=self.requests + answer.requests)
        if answer.status == 0:
            pace = pace._failed(now_s)
        elif answer.status in BUSY:
            pace = pace._put_off(now_s, answer)
        else:
            pace = pace._answered(now_s, answer)
        if pace.limits.requests and pace.requests >= pace.limits.requests and not pace.closed:
            why = f"The {pace.limits.requests:,} requests that max-requests allows for this service were made."
            return replace(pace, closed=why)
        return pace

    def _answered(self, now_s: float, answer: Answer) -> Pace:
        waited = answer.waited_s
        first = (*self.first, waited) if waited and len(self.first) < SAMPLE else self.first
        recent = WEIGHT * waited + (1 - WEIGHT) * self.recent_s if waited and self.recent_s else waited or self.recent_s
        good = self.good + 1
        allowed = self.allowed
        if good >= GOOD_ANSWERS and allowed < self.limits.at_once:
            allowed, good = allowed + 1, 0
        known = replace(self, first=first, recent_s=recent, good=good, allowed=allowed)
        known = replace(known, refusals=0, failures=0, answered=True)
        if known._slowness_s:
            # One page at a time, from the end of the last one on: the server is left to itself in between.
            return replace(known, allowed=1, good=0, next_s=max(known.next_s, now_s + known._slowness_s))
        return known

    def _put_off(self, now_s: float, answer: Answer) -> Pace:
        refusals = self.refusals + 1
        rest = max(FIRST_REST_S * 2 ** (refusals - 1), answer.rest_s or 0.0)
        # Pages that were under way when the first one was put off add nothing to what the host is given anyway.
        added = max(0.0, now_s + rest - max(self.next_s, now_s))
        rested = self.rested_s + added
        pace = replace(self, refusals=refusals, failures=0, answered=True, allowed=1, good=0, rested_s=rested)
        said = f"The server answered with status {answer.status}"
        if rest > LONGEST_REST_S:
            return replace(pace, closed=f"{said} and asks to wait {rest:,.0f} seconds, longer than a scan waits.")
        if refusals >= REFUSALS or rested > LONGEST_RESTS_S:
            times = f"{refusals} times in a row" if refusals > 1 else "again and again"
            return replace(pace, closed=f"{said} {times}, whatever the pace.")
        return replace(pace, next_s=max(self.next_s, now_s + rest))

    def _failed(self, now_s: float) -> Pace:
        failures = self.failures + 1
        enough = FAILURES if self.answered else FAILURES_AT_FIRST
        pace = replace(self, failures=failures, allowed=1, good=0)
        if failures >= enough:
            why = f"The server did not answer for {failures} pages in a row."
            return replace(pace, closed=why, unreachable=True)
        return replace(pace, next_s=max(self.next_s, now_s + FIRST_REST_S * 2 ** (failures - 1)))


def rest_of(header: str, now: datetime) -> float | None:
    """Seconds that a Retry-After header asks for, as a number or a date; None where it says neither.

    A date that has passed asks for nothing, 0.
    """
    text = header.strip()
    if text.isascii() and text.isdecimal():
        return float(text[:9])
    try:
        when = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    when = when if when.tzinfo else when.replace(tzinfo=UTC)
    return max(0.0, (when - now).total_seconds())
