"""The end of a site: duplicates told apart, pages compared with each other, and how much of it was looked at."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from reports.model import KindSample, PageResult, Sample, SiteResult
from reports.site_pages import set_aside, site_pages
from reports.store import Store
from rules.page import PageState
from rules.registry import RuleSet
from rules.site_audit import audit_site
from scanner.crawl.site import SiteCrawl
from scanner.crawl.urls import normalise


def finish_site(store: Store, scan: int, site: SiteCrawl, rules: RuleSet) -> None:
    """Write what is known of a site at its end into the store."""
    number = site.number
    if site.follows:
        for ordinal, duplicate in duplicates(site_pages(store, scan, number)):
            set_aside(store, scan, number, ordinal, duplicate)
    outcomes = audit_site(store.load_digests(scan, number), rules.site_rules) if site.follows else ()
    pages = (page for _, page in site_pages(store, scan, number))
    result = site_result(site, pages, known=site.queue.state().known)
    store.finish_site(scan, number, replace(result, site_outcomes=outcomes))


def duplicates(pages: Iterable[tuple[int, PageResult]]) -> list[tuple[int, PageResult]]:
    """Position and new result of every page that ended at the address of an earlier one; the earliest counts."""
    seen: dict[str, str] = {}
    found: list[tuple[int, PageResult]] = []
    for ordinal, page in pages:
        if not page.tested:
            continue
        where = normalise(page.final_url or page.url) or page.url
        first = seen.setdefault(where, page.url)
        if first != page.url:
            reason = f"This address leads to a page that was looked at already: {first}"
            found.append((ordinal, replace(page, state=PageState.DUPLICATE, reason=reason, outcomes=())))
    return found


def site_result(site: SiteCrawl, pages: Iterable[PageResult], *, known: int) -> SiteResult:
    """The facts of a site beside its pages: state, sample and notes."""
    target = site.target
    kinds: Counter[str] = Counter()
    looked_at, tested, first_reason = 0, 0, ""
    for page in pages:
        looked_at += 1
        tested += page.tested
        first_reason = first_reason or page.reason
        if page.tested:
            kinds[page.template] += 1
    judged = tested > 0
    return SiteResult(
        url=target.url,
        name=target.name or target.url,
        agency=target.agency,
        kind=target.kind or "",
        profile=target.profile or "wcag22-aa",
        state="judged" if judged else "not-judged",
        reason="" if judged else first_reason or "There was no page to look at.",
        sample=Sample(
            known=known,
            looked_at=looked_at,
            kinds=tuple(KindSample(kind, count, count) for kind, count in sorted(kinds.items())),
        ),
        pages=(),
        notes=_notes(site),
    )


def _notes(site: SiteCrawl) -> tuple[str, ...]:
    """What a person decided or the site demanded that changes what was looked at."""
    notes = [f"Let through, because a person named it: {p.method} {p.url}" for p in site.target.allow_requests]
    if site.robots is not None and site.robots.set_aside:
        notes.append(f"robots.txt was set aside: {site.robots.set_aside}")
    if site.robots is not None and site.robots.crawl_delay_s:
        notes.append(f"robots.txt asks for {site.robots.crawl_delay_s:g} seconds between pages, which was obeyed.")
    return tuple(notes)
