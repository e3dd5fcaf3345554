"""The end of a site: duplicates told apart, pages compared with each other, and how much of it was looked at."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from reports.model import PageDigest, PageResult, Sample, SiteResult
from reports.site_pages import set_aside, site_digests, site_pages
from reports.store import Store
from rules.page import PageState
from rules.registry import RuleSet
from rules.site_audit import audit_site
from scanner.crawl import same_page
from scanner.crawl.kinds import Look, kinds_of
from scanner.crawl.queue import Census
from scanner.crawl.urls import normalise

if TYPE_CHECKING:
    from scanner.crawl.site import SiteCrawl


def finish_site(store: Store, scan: int, site: SiteCrawl, rules: RuleSet) -> None:
    """Write what is known of a site at its end into the store."""
    number = site.number
    if site.follows:
        # Each list is whole before the first page is set aside: that changes what is gone through.
        for ordinal, reason in list(same_address(site_pages(store, scan, number))):
            set_aside(store, scan, number, ordinal, reason)
        for ordinal, reason in list(same_content(site_digests(store, scan, number))):
            set_aside(store, scan, number, ordinal, reason)
    outcomes = audit_site(store.load_digests(scan, number), rules.site_rules) if site.follows else ()
    result = site_result(site, site_pages(store, scan, number), census=site.queue.census())
    store.finish_site(scan, number, replace(result, site_outcomes=outcomes))


def same_address(pages: Iterable[tuple[int, PageResult]]) -> Iterator[tuple[int, str]]:
    """Position of every page that ended at the address of an earlier one, and the reason; the earliest counts."""
    seen: dict[str, str] = {}
    for ordinal, page in pages:
        if not page.tested:
            continue
        where = normalise(page.final_url or page.url) or page.url
        first = seen.setdefault(where, page.url)
        if first != page.url:
            yield ordinal, f"This address leads to a page that was looked at already: {first}"


def same_content(digests: Iterable[tuple[int, PageDigest]]) -> Iterator[tuple[int, str]]:
    """Position of every page that shows an earlier one again, and the reason."""
    for ordinal, first in same_page.duplicates(digests):
        yield ordinal, f"This address shows a page that was looked at already: {first}"


def site_result(site: SiteCrawl, pages: Iterable[tuple[int, PageResult]], *, census: Census) -> SiteResult:
    """The facts of a site beside its pages: state, sample and notes."""
    target = site.target
    looks: list[Look] = []
    known = Counter(census.known)
    reasons: list[str] = []
    home: PageResult | None = None
    for ordinal, page in pages:
        home = page if ordinal == 0 else home
        pattern = census.picked[ordinal]
        if page.state is PageState.DUPLICATE:
            known[pattern] -= 1
            continue
        looks.append(Look(pattern, page.template if page.tested else "", page.url, page.title))
        reasons += [page.reason] if page.reason and not reasons else []
    judged = any(look.template for look in looks)
    if home is not None and home.state is PageState.ROBOTS and not judged:
        reasons = [site.nothing_allowed()]
    return SiteResult(
        url=target.url,
        name=target.name or target.url,
        agency=target.agency,
        kind=target.kind or "",
        profile=target.profile or "wcag22-aa",
        state="judged" if judged else "not-judged",
        reason="" if judged else "".join(reasons) or "There was no page to look at.",
        sample=Sample(known=known.total(), looked_at=len(looks), kinds=kinds_of(looks, known)),
        pages=(),
        notes=(*_notes(site), *site.notes(home)),
    )


def _notes(site: SiteCrawl) -> tuple[str, ...]:
    """What a person decided or the site demanded that changes what was looked at."""
    notes = [f"Let through, because a person named it: {p.method} {p.url}" for p in site.target.allow_requests]
    if site.robots is not None and site.robots.set_aside:
        notes.append(f"robots.txt was set aside: {site.robots.set_aside}")
    if site.robots is not None and site.robots.crawl_delay_s:
        notes.append(f"robots.txt asks for {site.robots.crawl_delay_s:g} seconds between pages, which was obeyed.")
    return tuple(notes)
