"""The rows of a periodic report: services, scores, promises and problems, each as words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from reports.ledger import Entry
from reports.numbers import whole
from reports.period import Found, ServicePeriod, days_of
from reports.promises import Promise
from reports.score import Change, Headline
from reports.text import one_line
from reports.verdict import grades, site_name
from reports.words import IMPACTS, NO_FAILURE, counted, day, started
from rules.model import IMPACTS as FROM_GRAVEST

NOT_JUDGED = "not judged"
_ORDER = {Change.WORSE: 0, Change.UNCLEAR: 1, Change.BETTER: 3}


@dataclass(frozen=True, slots=True)
class ProblemRow:
    """A problem that was fixed or is new: what, where, how bad, and when."""

    headline: str
    service: str
    label: str
    first: str
    when: str
    note: str


@dataclass(frozen=True, slots=True)
class ServiceRow:
    """A service among all: its tier, how its score changed in a word, and its problems."""

    name: str
    tier: str
    change: str
    stops: int
    fixed: int
    new: int
    open: int
    unseen: int
    overdue: int
    extent: str


@dataclass(frozen=True, slots=True)
class ScoreRow:
    """A service's scores at both ends, the change in words, and what of it rules make."""

    name: str
    before: str
    after: str
    change: str
    rules: str


@dataclass(frozen=True, slots=True)
class PromiseRow:
    """A promise: what it is about, who gave it, until when, how it stands, and why."""

    subject: str
    owner: str
    day: str
    standing: str
    problems: int
    reason: str


def service_rows(services: Iterable[ServicePeriod]) -> list[tuple[str, list[ServiceRow]]]:
    """The services by agency, those without one last; in an agency by tier and change, the worst first."""
    grouped: dict[str, list[ServicePeriod]] = {}
    for service in services:
        grouped.setdefault(one_line(service.last.site.agency, 80), []).append(service)
    return [
        (agency or "none named", [_service_row(one) for one in sorted(grouped[agency], key=_worst_first)])
        for agency in sorted(grouped, key=lambda agency: (not agency, agency))
    ]


def score_row(service: ServicePeriod) -> ScoreRow:
    """A service's scores."""
    ends = service.ends
    return ScoreRow(
        site_name(service.last.site),
        _score(ends.before, service.start.when.day if service.start else ""),
        _score(ends.after, service.last.when.day) if ends.after else f"no number: {one_line(ends.reason, 200)}",
        _change_told(service),
        f"{_signed(ends.by_rules)} points" if ends.by_rules else "none",
    )


def change_word(service: ServicePeriod) -> str:
    """Better, no clear change, or worse; else that nobody can tell."""
    change = service.ends.change
    return str(change.headline.verdict) if change and change.headline else "cannot be told"


def promise_row(promise: Promise) -> PromiseRow:
    """A promise as a row."""
    agreed = promise.agreed
    return PromiseRow(
        one_line(agreed.subject, 120),
        one_line(agreed.owner, 60),
        day(agreed.expires),
        promise.standing.value,
        promise.problems,
        one_line(agreed.reason, 200),
    )


def fixed_rows(found: Sequence[tuple[ServicePeriod, Found]]) -> list[ProblemRow]:
    """Problems that were fixed, the gravest first."""
    return [
        _problem_row(service, entry, entry.fixed.day if entry.fixed else "", f"after {counted(days_of(entry), 'day')}")
        for service, _, entry in _gravest(found)
    ]


def new_rows(found: Sequence[tuple[ServicePeriod, Found]]) -> list[ProblemRow]:
    """Problems that are new, the gravest first."""
    return [
        _problem_row(service, entry, entry.since.day, "fixed again" if entry.fixed else f"{_pages(entry)} now")
        for service, _, entry in _gravest(found)
    ]


def _gravest(found: Sequence[tuple[ServicePeriod, Found]]) -> list[tuple[ServicePeriod, str, Entry]]:
    flat = [(place, name, entry) for place, (_, several) in enumerate(found) for name, entry in several]
    flat.sort(key=lambda row: (FROM_GRAVEST.index(row[2].seen.impact), -row[2].seen.pages, row[0], row[1]))
    return [(found[place][0], name, entry) for place, name, entry in flat]


def _problem_row(service: ServicePeriod, entry: Entry, when: str, note: str) -> ProblemRow:
    return ProblemRow(
        one_line(entry.seen.headline, 120),
        site_name(service.last.site),
        IMPACTS[entry.seen.impact].label,
        day(entry.first.day),
        day(when),
        note,
    )


def _pages(entry: Entry) -> str:
    return f"on {counted(entry.seen.pages, 'page')}" if entry.seen.pages else "in the service"


def _service_row(service: ServicePeriod) -> ServiceRow:
    last = service.last
    known = last.site.known
    when = day(last.when.day)
    extent = f"looked at {last.tested:,} of {counted(known, 'page')}, {when}" if last.tested else f"not judged, {when}"
    return ServiceRow(
        name=site_name(last.site),
        tier=tier(service),
        change=change_word(service),
        stops=grades([entry.seen for _, entry in service.seen_now])["critical"],
        fixed=len(service.fixed),
        new=len(service.new),
        open=len(service.open),
        unseen=len(service.unseen),
        overdue=len(service.overdue),
        extent=extent if service.scanned else f"{extent}; not in this period",
    )


def tier(service: ServicePeriod) -> str:
    """The gravest thing that the last scan of a service met, in a few words; services are in tiers and not in ranks."""
    if not service.last.tested:
        return started(NOT_JUDGED)
    graded = grades([entry.seen for _, entry in service.seen_now])
    worst = next((impact for impact in FROM_GRAVEST if graded[impact]), None)
    return IMPACTS[worst].label if worst else started(NO_FAILURE)


def _worst_first(service: ServicePeriod) -> tuple[object, ...]:
    labels = [IMPACTS[impact].label for impact in FROM_GRAVEST]
    own, change = tier(service), service.ends.change
    verdict = change.headline.verdict if change and change.headline else None
    rank = labels.index(own) if own in labels else len(labels)
    return (rank, _ORDER.get(verdict, 2) if verdict else 2, site_name(service.last.site), service.last.site.url)


def _score(found: Headline | None, when: str) -> str:
    if found is None:
        return f"no number, {day(when)}" if when else "no earlier scan"
    span = f", likely range {whole(found.range[0])}–{whole(found.range[1])}" if found.range else ""
    least = f"; {whole(found.low)} if every open question is a problem" if whole(found.low) != whole(found.high) else ""
    return f"{whole(found.high)} on {day(when)}{span}{least}"


def _change_told(service: ServicePeriod) -> str:
    change = service.ends.change
    if change is None:
        return "cannot be told: there is no earlier scan"
    if change.headline is None:
        return f"cannot be told: {one_line(change.reason or 'not every group has a number.', 200)}"
    span = change.headline.range
    likely = f" (likely range {_signed(span[0])} to {_signed(span[1])})" if span else ""
    pages = counted(change.pages, "page")
    return f"{change.headline.verdict}: {_signed(change.headline.points)} points on the same {pages}{likely}"


def _signed(points: float) -> str:
    return f"{points:+.1f}".replace("-", "−")
