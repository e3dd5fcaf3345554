"""A period of the store: what was fixed, what is new, what is open, how long fixes took, how scores changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from statistics import median

from reports.agreed import Agreed
from reports.gate.tracking import State
from reports.ledger import Entry, Ledger, follow
from reports.model import Review, Scan
from reports.period_scores import Ends, score_ends
from reports.promises import Promise, is_overdue, promises
from reports.store import Store
from reports.traces import Trace, moments, traces
from rules.errors import UsageError

Found = tuple[tuple[str, Entry], ...]


@dataclass(frozen=True, slots=True)
class Step:
    """A scan of a service within the period: how many problems it saw fixed, new for any cause, and open."""

    day: str
    fixed: int
    new: int
    open: int


@dataclass(frozen=True)
class ServicePeriod:
    """One service over the period, by its scans up to the last day; problems that are only advice are left out.

    `last` is its last scan, `start` the one that the period is compared with, None where there is no earlier one;
    `open_before` is how many problems were open before the period. `open` is there still, `unseen` those of them that
    the last scan did not look at. `new` appeared where somebody had looked before, `detected` is what new checks tell,
    `first_looks` was found where nobody had looked.
    """

    last: Trace
    start: Trace | None
    scanned: bool
    ledger: Ledger
    fixed: Found
    new: Found
    detected: Found
    first_looks: Found
    open: Found
    unseen: Found
    overdue: Found
    steps: tuple[Step, ...]
    open_before: int
    ends: Ends

    @property
    def seen_now(self) -> Found:
        """The open problems that the last scan met."""
        return tuple((name, entry) for name, entry in self.open if entry.state is not State.NOT_LOOKED_AT)


@dataclass(frozen=True)
class Period:
    """All services of a store from a first to a last day, with what was promised."""

    since: str
    until: str
    services: tuple[ServicePeriod, ...]
    agreed: tuple[Agreed, ...]
    promises: tuple[Promise, ...]

    @property
    def days_to_fix(self) -> float | None:
        """The median of days from when a problem was first seen until it was seen to be fixed; None without fixes."""
        days = [days_of(entry) for service in self.services for _, entry in service.fixed]
        return median(days) if days else None


def period_of(
    store: Store, *, since: str, until: str = "", agreed: Iterable[Agreed] = (), reviews: Iterable[Review] = ()
) -> Period:
    """What happened in a store from one day to another, the last scan's day where none is named.

    Raises UsageError where no service was scanned in between.
    """
    known, answers = tuple(agreed), tuple(reviews)
    last_day = until or _last_day(store)
    followed: dict[str, _Followed] = {}
    for trace, ledger in follow(_telling(traces(store, until=last_day, reviews=answers))):
        before = followed.get(trace.site.url)
        followed[trace.site.url] = _after(before, trace, ledger, since=since)
    if since > last_day or not any(one.steps for one in followed.values()):
        raise _no_scan(store, since, last_day)
    services = tuple(
        _service(one, _ends(store, one, answers), since=since, until=last_day, agreed=known)
        for _, one in sorted(followed.items())
    )
    told = promises(known, [service.ledger for service in services], today=last_day)
    return Period(since, last_day, services, known, told)


def _telling(found: Iterable[Trace]) -> Iterator[Trace]:
    """The scans that came to their end; others only for a service of which nothing else is known."""
    known: set[str] = set()
    for trace in found:
        if (trace.tested and trace.finished) or trace.site.url not in known:
            known.add(trace.site.url)
            yield trace


@dataclass(frozen=True, slots=True)
class _Followed:
    """A service so far: only its last ledger is kept, and of earlier scans what each changed."""

    start: Trace | None
    last: Trace
    ledger: Ledger
    open_before: int = 0
    steps: tuple[Step, ...] = ()


def _after(before: _Followed | None, trace: Trace, ledger: Ledger, *, since: str) -> _Followed:
    light = _without_places(trace)
    if trace.when.day < since:
        return _Followed(light, light, ledger, _step(trace, ledger).open)
    if before is None:
        return _Followed(light, light, ledger, steps=(_step(trace, ledger),))
    return replace(before, last=light, ledger=ledger, steps=(*before.steps, _step(trace, ledger)))


def days_of(entry: Entry) -> int:
    """How many days lie between when a problem was seen first and when it was seen to be fixed."""
    end = entry.fixed or entry.last
    return (date.fromisoformat(end.day) - date.fromisoformat(entry.since.day)).days


def _without_places(trace: Trace) -> Trace:
    """A trace that may be kept: its problems are in the ledger."""
    return replace(trace, seen={}, asked={}, looked=replace(trace.looked, silent={}))


def _service(one: _Followed, ends: Ends, *, since: str, until: str, agreed: tuple[Agreed, ...]) -> ServicePeriod:
    ledger = one.ledger
    entries = [(name, entry) for name, entry in sorted(ledger.entries.items()) if entry.seen.standing != "advice"]
    born = [(name, entry) for name, entry in entries if entry.since.day >= since]
    opened = tuple((name, entry) for name, entry in entries if entry.is_open)
    looked = [(name, entry) for name, entry in born if entry.looked_before]
    return ServicePeriod(
        last=one.last,
        start=_start(one),
        scanned=bool(one.steps),
        ledger=ledger,
        fixed=tuple((name, entry) for name, entry in entries if entry.fixed and entry.fixed.day >= since),
        new=tuple((name, entry) for name, entry in looked if entry.born is State.NEW),
        detected=tuple((name, entry) for name, entry in looked if entry.born is State.NEWLY_DETECTED),
        first_looks=tuple((name, entry) for name, entry in born if not entry.looked_before),
        open=opened,
        unseen=tuple((name, entry) for name, entry in opened if entry.state is State.NOT_LOOKED_AT),
        overdue=tuple((name, entry) for name, entry in opened if is_overdue(agreed, name, entry, today=until)),
        steps=one.steps,
        open_before=one.open_before,
        ends=ends,
    )


def _start(one: _Followed) -> Trace | None:
    """The scan to compare with; a service with a single scan has none."""
    return one.start if one.start and one.start.when != one.last.when else None


def _step(trace: Trace, ledger: Ledger) -> Step:
    entries = [entry for entry in ledger.entries.values() if entry.seen.standing != "advice"]
    return Step(
        trace.when.day,
        fixed=sum(entry.fixed == trace.when for entry in entries),
        new=sum(entry.since == trace.when for entry in entries),
        open=sum(entry.is_open for entry in entries),
    )


def _ends(store: Store, one: _Followed, reviews: tuple[Review, ...]) -> Ends:
    """Only here whole pages are needed: those of one service, in two scans."""

    def loaded(trace: Trace) -> Scan:
        return replace(store.load_site(trace.when.scan, trace.index), reviews=reviews)

    start = _start(one)
    return score_ends(loaded(start) if start else None, loaded(one.last))


def _last_day(store: Store) -> str:
    return max((when.day for when in moments(store)), default="")


def _no_scan(store: Store, since: str, until: str) -> UsageError:
    days = sorted({when.day for when in moments(store)})
    known = f"Scans were made from {days[0]} to {days[-1]}." if days else "`curbcut scan` makes one."
    return UsageError(f"No service was scanned from {since} to {until or 'now'}.", where=store.name, do=known)
