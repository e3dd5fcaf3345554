"""What each stored scan says of each service, one at a time and without what only its own report needs.

A history goes through years of scans. What it takes from one is small: which problems were where, and which rules
had looked. So one scan's pages are in memory at a time, and of them only what is told here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple

from reports.baseline import Accepted, identity_of, problems_in
from reports.looked import Looked, is_whole, looked_at
from reports.model import Review, Scan, SiteResult, Tool
from reports.problems import Problem, problems
from reports.reviews import answered
from reports.sharing import share
from reports.site_pages import light_pages
from reports.store import Store, StoredSite
from rules.model import Impact, RuleInfo, Verdict
from rules.standards.wcag import Standing

PLACES = 20


class Moment(NamedTuple):
    """A scan as a point in time: the day when it ended, as in 2026-11-23, and its number."""

    day: str
    scan: int


@dataclass(frozen=True, slots=True)
class Sighting:
    """A problem of a service as one scan saw it: on how many pages, how often, on which page for example.

    `accepted` is what a baseline would say of it, `selectors` are its first few places.
    """

    rule: RuleInfo
    headline: str
    impact: Impact
    standing: Standing
    people: str
    groups: tuple[str, ...]
    pages: int
    count: int
    example: str
    selectors: tuple[str, ...]
    accepted: Accepted

    @property
    def stops(self) -> bool:
        """Whether it stops people: of the gravest impact, and more than advice."""
        return self.standing != "advice" and self.impact == "critical"


@dataclass(frozen=True)
class Trace:
    """What a scan says of one service: `seen` its problems and `asked` its open questions, by identity.

    `site` is the service without its pages, `index` its place in the scan. `tested` of `opened` pages were judged.
    `finished` is false where the scan stopped before it was done with the service.
    """

    when: Moment
    index: int
    site: SiteResult
    tool: Tool
    rules: tuple[RuleInfo, ...]
    looked: Looked
    seen: Mapping[str, Sighting]
    asked: Mapping[str, Sighting]
    tested: int
    opened: int
    finished: bool = True


def traces(
    store: Store, *, until: str = "", reviews: Iterable[Review] = (), urls: Iterable[str] | None = None
) -> Iterator[Trace]:
    """Every scan of every service up to a day, the oldest first; of one scan, services in their order.

    `reviews` decide as they do in a report; `urls` are the services to go through, all where it is None. Pages that
    somebody named one by one are no scan of a service, and left out.
    """
    known, wanted = tuple(reviews), None if urls is None else frozenset(urls)
    for when in moments(store):
        if until and when.day > until:
            continue
        head = store.load_head(when.scan)
        for stored in store.load_sites(when.scan):
            if is_crawl(stored) and (wanted is None or stored.result.url in wanted):
                scan = replace(_with_light_pages(store, head, stored), reviews=known)
                yield replace(trace_of(scan, when, stored.site), finished=stored.finished)


def moments(store: Store) -> list[Moment]:
    """All scans with at least one page, the oldest first."""
    lines = sorted((line.started, line.number, line.finished) for line in store.scans() if line.pages)
    return [Moment((finished or started)[:10], number) for started, number, finished in lines]


def is_crawl(stored: StoredSite) -> bool:
    """Whether the scan looked for the pages of the service itself, rather than at pages that somebody named."""
    return not stored.target.get("pages")


def trace_of(scan: Scan, when: Moment, index: int = 0) -> Trace:
    """What a scan of a single service says of it; what people answered decides."""
    (site,) = scan.sites
    judged = answered(scan)
    return Trace(
        when=when,
        index=index,
        site=replace(site, pages=(), site_outcomes=()),
        tool=scan.tool,
        rules=scan.rules,
        looked=looked_at(scan),
        seen=_sightings(judged, Verdict.FAILED),
        asked=_sightings(judged, Verdict.CANT_TELL),
        tested=sum(is_whole(page) for page in site.pages),
        opened=len(site.pages),
    )


def _with_light_pages(store: Store, head: Scan, stored: StoredSite) -> Scan:
    pages = tuple(share(light_pages(store, head.number, stored.site)))
    return replace(head, sites=(replace(stored.result, pages=pages),))


def _sightings(scan: Scan, verdict: Verdict) -> dict[str, Sighting]:
    accepted = problems_in(scan) if verdict is Verdict.FAILED else {}
    found: dict[str, Sighting] = {}
    for problem in problems(scan, verdict=verdict):
        name = identity_of(problem.rule.id, problem.fingerprint)
        found.setdefault(name, _sighting(scan, problem, accepted.get(name, Accepted(problem.rule.id, problem.count))))
    return found


def _sighting(scan: Scan, problem: Problem, accepted: Accepted) -> Sighting:
    site = scan.sites[problem.site]
    places = dict.fromkeys(hit.place.selector for hit in problem.hits if hit.place is not None)
    return Sighting(
        rule=problem.rule,
        headline=problem.headline,
        impact=problem.impact,
        standing=problem.standing,
        people=problem.people,
        groups=problem.groups,
        pages=len(problem.hits),
        count=problem.count,
        example=site.pages[problem.hits[0].page].url if problem.hits else site.url,
        selectors=tuple(places)[:PLACES],
        accepted=accepted,
    )
