"""What stops people now, for the first screen of a periodic report: a few rows of a few words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reports.ledger import Entry
from reports.period import Period, ServicePeriod
from reports.promises import promise_for
from reports.text import one_line, short_address
from reports.verdict import site_name
from reports.words import day
from rules.standards.abilities import GROUPS

MOST = 5
HEADLINE = 60
CAPTION = "On most pages first"
_AROUND = f"What stops people now {CAPTION} Problem Page People Owner Promised and more problems"


@dataclass(frozen=True, slots=True)
class StopRow:
    """A problem that stops people now: what, where, whom, who answers for it, and what was promised."""

    headline: str
    place: str
    people: str
    owner: str
    promised: str

    @property
    def words(self) -> int:
        """How many words it takes."""
        return sum(len(text.split()) for text in (self.headline, self.place, self.people, self.owner, self.promised))


def stop_rows(period: Period) -> list[StopRow]:
    """What stops people now, what is on most pages first."""
    found = [
        (-entry.seen.pages, place, name, entry)
        for place, service in enumerate(period.services)
        for name, entry in service.seen_now
        if entry.seen.stops
    ]
    several = len(period.services) > 1
    return [
        _stop_row(period, period.services[place], name, entry, several=several)
        for _, place, name, entry in sorted(found, key=lambda row: row[:3])
    ]


def fitting(stops: Sequence[StopRow], words: int) -> tuple[StopRow, ...]:
    """The first few that a reader can take in with so many words in all; at least one where there is one."""
    kept: list[StopRow] = []
    left = words - len(_AROUND.split())
    for row in stops[:MOST]:
        left -= row.words
        if kept and left < 0:
            break
        kept.append(row)
    return tuple(kept)


def _stop_row(period: Period, service: ServicePeriod, name: str, entry: Entry, *, several: bool) -> StopRow:
    promise = promise_for(period.agreed, name, entry)
    over = " (overdue)" if promise and promise.is_over(period.until) else ""
    address = short_address(entry.seen.example.removeprefix(service.last.site.url.rstrip("/")) or "/", 40)
    return StopRow(
        one_line(entry.seen.headline, HEADLINE),
        f"{one_line(site_name(service.last.site), 30)}: {address}" if several else address,
        _people(entry),
        one_line(promise.owner, 30) if promise else "nobody yet",
        f"{day(promise.expires)}{over}" if promise else "no day",
    )


def _people(entry: Entry) -> str:
    """The first group of people whom it concerns; a director reads all of them in the report itself."""
    people = [group.people.removeprefix("people ") for group in GROUPS if group.id in entry.seen.groups]
    return f"{people[0]}{' and others' if len(people) > 1 else ''}" if people else "all people"
