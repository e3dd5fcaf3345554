"""What the store knows of one problem, or of one page, over all its scans."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

import sqlalchemy as sa

from reports import schema
from reports.gate.tracking import State
from reports.ledger import Entry, follow
from reports.model import PageResult, Scan, SiteResult
from reports.site_pages import one_page
from reports.store import Store
from reports.traces import Moment, Sighting, Trace, is_crawl, moments, trace_of, traces
from rules.model import SiteOutcome, Verdict
from rules.page import PageState

QUESTION = "needs a person"
_TOLD = (Verdict.FAILED, Verdict.CANT_TELL)


@dataclass(frozen=True, slots=True)
class Look:
    """What one scan says of a problem: its state, on how many pages it was and how often, and why nobody can tell."""

    when: Moment
    state: str
    pages: int = 0
    count: int = 0
    reason: str = ""


@dataclass(frozen=True, slots=True)
class ProblemHistory:
    """A problem of a service over time; `seen` is how it was when it was last seen.

    `looks` begin with the scan that saw it first. `fixed` is when it was first seen to be gone, None while it is not.
    """

    fingerprint: str
    site: SiteResult
    seen: Sighting
    first: Moment
    last: Moment
    looks: tuple[Look, ...]
    fixed: Moment | None = None


@dataclass(frozen=True, slots=True)
class PageLook:
    """What became of a page in one scan, with how many problems and open questions were on it."""

    when: Moment
    state: PageState
    reason: str
    problems: int
    questions: int


@dataclass(frozen=True, slots=True)
class PageHistory:
    """A page of a service over time, and the problems that were on it, those that are there still first."""

    url: str
    site: SiteResult
    looks: tuple[PageLook, ...]
    problems: tuple[ProblemHistory, ...]


def problem_history(store: Store, fingerprint: str) -> tuple[ProblemHistory, ...]:
    """The history of a problem or an open question in each service that had it; empty where none is known."""
    urls = _services_with(store, fingerprint)
    found = (_only(trace, fingerprint) for trace in traces(store, urls=urls or None))
    return tuple(history for several in _histories(found).values() for history in several)


def page_history(store: Store, url: str) -> tuple[PageHistory, ...]:
    """The history of the page at an address, in each service that has it; empty where no scan met it."""
    looks: dict[str, list[PageLook]] = {}
    found: list[Trace] = []
    for trace, page in _page_traces(store, url):
        found.append(trace)
        numbers = (len(trace.seen), len(trace.asked)) if page.tested else (0, 0)
        looks.setdefault(trace.site.url, []).append(PageLook(trace.when, page.state, page.reason, *numbers))
    last = {trace.site.url: trace.site for trace in found}
    told = _histories(found)
    return tuple(
        PageHistory(url, last[service], tuple(several), tuple(sorted(told.get(service, ()), key=_open_first)))
        for service, several in looks.items()
    )


@dataclass
class _Record:
    """What is gathered of one problem while scans are gone through."""

    site: SiteResult
    first: Moment
    last: Moment
    seen: Sighting
    looks: list[Look]
    fixed: Moment | None = None


def _histories(found: Iterable[Trace]) -> dict[str, list[ProblemHistory]]:
    """By service, the history of every problem and question in some scans, the first seen first."""
    records: dict[tuple[str, str], _Record] = {}
    for trace, ledger in follow(found):
        for name, sighting in {**trace.asked, **trace.seen}.items():
            key = (trace.site.url, name)
            known = records.setdefault(key, _Record(trace.site, trace.when, trace.when, sighting, []))
            known.site, known.last, known.seen = trace.site, trace.when, sighting
        for (service, name), known in records.items():
            if service == trace.site.url:
                entry = ledger.entries.get(name)
                known.looks.append(_look(trace, name, entry))
                known.fixed = entry.fixed if entry else None
    told: dict[str, list[ProblemHistory]] = {}
    for (service, name), one in records.items():
        history = ProblemHistory(name, one.site, one.seen, one.first, one.last, tuple(one.looks), one.fixed)
        told.setdefault(service, []).append(history)
    return told


def _only(trace: Trace, name: str) -> Trace:
    """A scan as if there were but one problem, so that others cost nothing."""
    seen, asked = ({key: found[key] for key in (name,) if key in found} for found in (trace.seen, trace.asked))
    return replace(trace, seen=seen, asked=asked)


def _look(trace: Trace, name: str, entry: Entry | None) -> Look:
    if name in trace.seen and entry is not None:
        seen = trace.seen[name]
        return Look(trace.when, entry.state.value, seen.pages, seen.count)
    if name in trace.asked:
        return Look(trace.when, QUESTION, trace.asked[name].pages, trace.asked[name].count)
    if entry is None:  # it was only ever a question, so there is nothing to be fixed
        return Look(trace.when, State.NOT_LOOKED_AT.value, reason="no such question was open")
    return Look(trace.when, entry.state.value, reason=entry.reason)


def _services_with(store: Store, fingerprint: str) -> frozenset[str]:
    """The services that have a problem on a page; one that only compared pages tell of is found in none."""
    sites, findings = schema.sites.c, schema.findings.c
    select = (
        sa.select(sites.url)
        .where(sites.scan == findings.scan, sites.site == findings.site, findings.fingerprint == fingerprint)
        .distinct()
    )
    with store.reading() as connection:
        return frozenset(connection.scalars(select))


def _page_traces(store: Store, url: str) -> Iterator[tuple[Trace, PageResult]]:
    """Each scan of a service as if it had looked at this page alone."""
    for when in moments(store):
        head = store.load_head(when.scan)
        for stored in store.load_sites(when.scan):
            page = one_page(store, when.scan, stored.site, url) if is_crawl(stored) else None
            if page is not None:
                outcomes = tuple(_of_page(stored.result.site_outcomes, url))
                alone = replace(stored.result, pages=(page,), site_outcomes=outcomes)
                scan: Scan = replace(head, sites=(alone,))
                yield trace_of(scan, when, stored.site), page


def _of_page(outcomes: Iterable[SiteOutcome], url: str) -> Iterator[SiteOutcome]:
    """What was said of a service, as far as it concerns the page; what else it says shows that its rules ran."""
    for outcome in outcomes:
        if outcome.verdict not in _TOLD:
            yield outcome
        elif url in outcome.pages:
            yield replace(outcome, pages=(url,))


def _open_first(one: ProblemHistory) -> tuple[object, ...]:
    return (one.fixed is not None, one.first, one.seen.rule.id, one.fingerprint)
