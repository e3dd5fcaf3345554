"""One page from URL to result: visit, audit, digest. What goes in and comes out can travel between machines."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from urllib.parse import unquote, urlsplit

from reports.assets import Asset, pictured
from reports.model import PageResult
from rules.audit import Limit, audit
from rules.digest import PageDigest, digest
from rules.focus_path import focus_path
from rules.inventory import inventory
from rules.model import PageRule, Verdict
from rules.page import Page, PageState
from rules.plain.reading import Reading, reading
from rules.plain.style import USUAL, Style
from rules.plain.wording import Wording, wording
from rules.registry import load_rules
from rules.spots import spots
from scanner.browser.pool import TabPlan, TabPool
from scanner.browser.tab import Tab
from scanner.browser.telemetry import is_telemetry
from scanner.browser.terms import Terms
from scanner.crawl.links import page_links
from scanner.limits import rule_limits
from scanner.loading import LOADING
from scanner.missing import MissingPages
from scanner.probes.masking import masked_snippet
from scanner.secrets import HIDDEN, without
from scanner.visit import VisitPlan, visit

BANNER = "question for consent"
"""The variant of findings that only the first page's question for consent brings."""

PASSING = (
    "ERR_CONNECTION_RESET", "ERR_CONNECTION_CLOSED", "ERR_EMPTY_RESPONSE", "ERR_NETWORK_CHANGED", "ERR_TIMED_OUT",
    "ERR_CONNECTION_TIMED_OUT", "ERR_HTTP2_PROTOCOL_ERROR", "ERR_HTTP2_PING_FAILED", "ERR_INCOMPLETE_CHUNKED_ENCODING",
    "ERR_CONTENT_LENGTH_MISMATCH", "ERR_SOCKET_NOT_CONNECTED", "ERR_NETWORK_IO_SUSPENDED",
)  # fmt: skip
"""Faults of the network that the next try may not meet; a refused connection or an unknown name is none."""


@dataclass(frozen=True, slots=True)
class Work:
    """All that is kept of one visit.

    `page` is the evidence itself, kept only on request; `retry` says that the browser, not the page, may be
    at fault. `assets` are the pictures that the result names.
    """

    result: PageResult
    digest: PageDigest | None = None
    links: tuple[str, ...] = ()
    page: Page | None = None
    retry: bool = False
    retry_after: str = ""
    requests: int = 1
    assets: tuple[Asset, ...] = ()


@dataclass(frozen=True, slots=True)
class Job:
    """One page to look at, with all that it takes; picklable, as `Work` is, so it can be sent to another machine.

    `terms` are those of its service, None where the page stands alone; `style` is what words are judged by.
    """

    url: str
    plan: VisitPlan
    tabs: TabPlan
    terms: Terms | None = None
    style: Style = USUAL


def scan_one(job: Job) -> Work:
    """The result of one page in a browser of its own: visit, audit, digest, for engines that spread work over machines.

    A run on one machine calls `work` with its own tabs instead, which saves the start of a browser.
    """
    return asyncio.run(_alone(job))


async def _alone(job: Job) -> Work:
    async with TabPool.open(job.tabs) as pool:
        tab = await pool.fresh(job.terms or Terms.of(job.url))
        try:
            return await work(tab, job.url, job.plan, load_rules(style=job.style).page_rules)
        finally:
            await pool.give_back(tab)


async def work(
    tab: Tab,
    url: str,
    plan: VisitPlan,
    rules: Sequence[PageRule],
    *,
    keep: bool = False,
    first: bool = False,
    missing: MissingPages | None = None,
) -> Work:
    """The result of one URL. `retry` is true when something else than the page may have been at fault.

    The `first` page of a service is looked at with its question for consent as well, where it has one; `missing`
    knows what the service shows for an address that does not exist.
    """
    try:
        page = await _met(tab, url, plan, as_met=first)
        as_met = judge(page, rules) if first and page.banner and not tab.broken else None
        if as_met is not None:
            page = await _met(tab, url, plan)
        if missing is not None:
            page = await missing.compared(tab, page, plan)
        done = judge(page, rules, keep=keep, retry=may_pass(page) or tab.may_pass())
        return with_banner(done, as_met.result) if as_met is not None else done
    except Exception as error:  # a page that finds a defect of ours must not cost the pages after it
        tab.broken = tab.broken or "a defect in Curbcut"
        reason = f"Curbcut could not read this page: {type(error).__name__}: {error}"
        reason = without(reason, tab.terms.secrets())[:300]
        return Work(PageResult(url=url, state=PageState.CRASHED, reason=reason), retry=True)


async def _met(tab: Tab, url: str, plan: VisitPlan, *, as_met: bool = False) -> Page:
    """The evidence of one URL without the values that let the tab in, which the page may show."""
    page = await visit(tab, url, plan, as_met=as_met)
    secrets = tab.terms.secrets()
    return replace(without(page, secrets), url=url) if secrets else page


def may_pass(page: Page) -> bool:
    """Whether another try in a fresh context may show the page: the browser failed, or the network for a moment."""
    if page.state is PageState.UNREACHABLE:
        return any(fault in page.reason for fault in PASSING)
    return page.state is PageState.CRASHED or (page.state is PageState.TIMEOUT and LOADING in page.reason)


def with_banner(below: Work, as_met: PageResult) -> Work:
    """The result of the page below its question for consent, with what only the question brings."""
    if not below.result.tested:
        return below
    known = {(outcome.rule, outcome.fingerprint) for outcome in below.result.outcomes}
    of_banner = [
        replace(outcome, variants=(BANNER,))
        for outcome in as_met.outcomes
        if outcome.verdict in (Verdict.FAILED, Verdict.CANT_TELL) and (outcome.rule, outcome.fingerprint) not in known
    ]
    outcomes = sorted((*below.result.outcomes, *of_banner), key=lambda outcome: outcome.rule)
    return replace(below, result=replace(below.result, outcomes=tuple(outcomes)))


def judge(page: Page, rules: Sequence[PageRule], *, keep: bool = False, retry: bool = False) -> Work:
    """The result of evidence, fresh or kept: pure, so that old evidence gives today's judgement."""
    tested = page.state is PageState.TESTED
    summary = digest(page) if tested else None
    limit = rule_limits()
    outcomes = audit(page, rules, limit=limit)
    pictures, assets = pictured(page.views, page.spaced_view) if tested else ((), ())
    result = PageResult(
        url=page.url,
        final_url=page.final_url if page.final_url != page.url else "",
        status=page.response.status if page.response else 0,
        state=page.state,
        reason="" if tested else page.reason,
        title=summary.title if summary else "",
        language=summary.language if summary else "",
        template=summary.template if summary else "",
        probes=page.probes,
        outcomes=outcomes,
        notes=_notes(page),
        inventory=inventory(page) if tested else (),
        wording=_measured(page, rules, limit) if tested else None,
        reading=_read(page, rules, limit) if tested else None,
        pictures=pictures,
        focus_path=focus_path(page) if tested else None,
        spots=spots(page, outcomes) if pictures else (),
    )
    found = page_links(page) if page.snapshot is not None else ()
    links = tuple(link for link in found if HIDDEN not in unquote(link))
    later = page.response.header("retry-after") if page.response else ""
    requests = 1 + len(page.resources.requests) if page.resources else 1
    return Work(result, summary, links, page if keep else None, retry, later, requests, assets)


def _measured(page: Page, rules: Sequence[PageRule], limit: Limit) -> Wording | None:
    """How hard the page's prose is; None where measuring failed or took too long: half of it would mislead."""
    try:
        with limit():
            return wording(page, rules)
    except Exception:  # a rule that raises is named among the outcomes, where each is judged by itself
        return None


def _read(page: Page, rules: Sequence[PageRule], limit: Limit) -> Reading | None:
    """The page's hard sentences; None where finding them failed or took too long, as for the measures."""
    try:
        with limit():
            return reading(page, rules)
    except Exception:  # named among the outcomes, too
        return None


def named(done: Work, url: str, *, own: Callable[[str], str] | None = None) -> Work:
    """The same work under the name that was asked for: where it was visited may mean nothing.

    A file of this machine is served somewhere on loopback. `own` gives the address that a page of a preview has in
    the service that it is a preview of.
    """
    if done.result.url == url:
        return done
    digest = done.digest and replace(done.digest, url=url)
    if own is not None:
        final = own(done.result.final_url or done.result.url)
        result = replace(done.result, url=url, final_url=final if final != url else "")
        return replace(done, result=result, digest=digest)
    # What a page of this machine names beside itself is told by where it lies, too.
    parts = urlsplit(done.result.url)
    served = f"{parts.scheme}://{parts.netloc}/"
    lies = url.removesuffix(unquote(parts.path).removeprefix("/"))
    reason = done.result.reason.replace(served, lies)
    notes = tuple(note.replace(served, lies) for note in done.result.notes)
    result = replace(done.result, url=url, final_url="", reason=reason, notes=notes)
    return replace(done, result=result, digest=digest)


def private(done: Work) -> Work:
    """The same work without what the page says in snippets, sentences, names or pictures, for pages behind a login."""
    outcomes = tuple(
        replace(one, target=replace(one.target, snippet=masked_snippet(one.target.snippet))) if one.target else one
        for one in done.result.outcomes
    )
    result = replace(done.result, outcomes=outcomes, reading=None, pictures=(), focus_path=None, spots=())
    return replace(done, result=result, assets=())


def _notes(page: Page) -> tuple[str, ...]:
    """Facts a reader must know: what was refused, which frames could not be looked into."""
    refused = page.resources.refused() if page.resources else ()
    notes = [page.reason] if page.reason and page.state is PageState.TESTED else []
    if page.banner:
        notes.append(f"A question for consent was answered first, by the control {page.banner}")
    counting = [request for request in refused if is_telemetry(request.url)]
    writing = [request for request in refused if request not in counting]
    notes += [f"Refused, because Curbcut only reads: {request.method} {request.url}" for request in writing[:5]]
    if len(writing) > 5:
        notes.append(f"Refused as well: {len(writing) - 5} more requests.")
    if counting:
        hosts = sorted({urlsplit(request.url).hostname or "" for request in counting})
        notes.append(f"Not asked, because they collect reports of usage: {', '.join(hosts[:10])}")
    frames = page.axe.untested_frames if page.axe else ()
    notes += [f"Not looked into by axe-core: the frame {frame}" for frame in frames[:5]]
    gaps = page.snapshot.frames if page.snapshot else ()
    notes += [f"No roles and names from the frame {frame.url}: {frame.gap}" for frame in gaps if frame.gap]
    return tuple(notes)
