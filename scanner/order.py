"""From a wish to a scan: an order says what to look at, `perform` does it and gives the facts back."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from importlib.metadata import version
from pathlib import Path
from typing import Any

from reports.model import Scan, SiteResult, Tool
from reports.store import Store
from rules.errors import UsageError
from rules.registry import RuleSet
from scanner.browser.access import Access, read_access
from scanner.browser.consent import DEFAULTS
from scanner.browser.discover import Browser
from scanner.browser.launch import Visitor
from scanner.browser.pool import TabPlan
from scanner.browser.proxies import proxy_of
from scanner.crawl.discovery import Discovery
from scanner.crawl.pace import Limits
from scanner.crawl.preview import Preview
from scanner.crawl.queue import SiteQueue
from scanner.crawl.scope import Scope, check_patterns, scope_of
from scanner.crawl.site import SiteCrawl
from scanner.crawl.urls import normalise
from scanner.net.dial import Dialler
from scanner.operating import Operating
from scanner.probes.axe import OPTIONS, AxeScript
from scanner.run import Listener, Run, RunPlan
from scanner.settings import Settings
from scanner.sites import Target
from scanner.visit import PROBE_S, VisitPlan

Clock = Callable[[], str]

DECIDED = (
    *("profile", "max_pages", "robots", "scope", "include", "exclude", "max_depth"),
    *("allow_requests", "allow_hosts"),
)
"""The fields of a service that may change its results."""


@dataclass(frozen=True, slots=True)
class Order:
    """What a person asked for: services to crawl, or (`pages` not empty) exactly these pages of one target.

    `served` gives the loopback address of pages that are files of this machine, `only` the rules that judge where not
    all of them do.
    """

    settings: Settings
    targets: tuple[Target, ...]
    pages: tuple[str, ...] = ()
    served: Mapping[str, str] = field(default_factory=dict)
    only: tuple[str, ...] = ()


def axe_options(rules: RuleSet) -> dict[str, Any]:
    """What axe-core is asked to do: everything but the rules that are decided here."""
    replaced = sorted({name for rule in rules.page_rules for name in rule.info.replaces})
    return {**OPTIONS, "rules": {name: {"enabled": False} for name in replaced}}


def asked(order: Order) -> list[dict[str, object]]:
    """The services or pages of an order as the store keeps them: which, and what a person decided for each."""
    targets = (target.under(order.settings) for target in order.targets)
    return [
        {
            "url": target.url,
            "pages": list(order.pages),
            "decided": {name: repr(getattr(target, name)) for name in DECIDED},
        }
        for target in targets
    ]


def begin(order: Order, store: Store, rules: RuleSet, *, tool: Tool, started: str) -> int:
    """The number of a new scan in the store, with its sites."""
    targets = [target.under(order.settings) for target in order.targets]
    sites = list(zip(map(_blank, targets), asked(order), strict=True))
    return store.create_scan(
        started=started, tool=tool, rules=rules.infos, sites=sites, settings=order.settings.public()
    )


def granted(settings: Settings) -> tuple[Access, ...]:
    """What lets Curbcut in, with values from the environment where they are to come from there."""
    return read_access(settings.access, environ=os.environ, folder=Path.cwd())


def crawls(order: Order, store: Store, number: int) -> list[SiteCrawl]:
    """The sites of a scan as the run works on them; those that were finished before stay so."""
    finished = {stored.site for stored in store.load_sites(number) if stored.finished}
    found = []
    access = granted(order.settings)
    for position, target in enumerate(order.targets):
        chosen = target.under(order.settings)
        preview = Preview(target.url, order.settings.base_url) if order.settings.base_url else None
        if preview is not None:
            chosen = replace(chosen, allow_requests=tuple(map(preview.request, chosen.allow_requests)))
        most = 0 if order.pages else (chosen.max_pages or 0)
        seed = order.settings.seed
        discovery = None if order.pages else Discovery(store, number, position, scope(chosen))
        queue = SiteQueue(
            store,
            scan=number,
            site=position,
            max_pages=most,
            seed=seed,
            home=target.url,
            gate=discovery.gate if discovery else None,
        )
        found.append(
            SiteCrawl(
                position,
                chosen,
                queue,
                follows=not order.pages,
                finished=position in finished,
                served=order.served,
                access=access,
                discovery=discovery,
                preview=preview,
            )
        )
    return found


async def perform(
    order: Order, store: Store, number: int, rules: RuleSet, *, browser: Browser, listener: Listener, clock: Clock
) -> Scan:
    """The facts of a scan after looking at everything that its queue still holds."""
    run = prepare(order, store, number, rules, browser=browser, listener=listener)
    complete = await run.go()
    store.finish_scan(number, finished=clock(), complete=complete)
    return store.load_scan(number)


def prepare(order: Order, store: Store, number: int, rules: RuleSet, *, browser: Browser, listener: Listener) -> Run:
    """A run over the open sites of a scan, ready to go."""
    settings = order.settings
    plan = RunPlan(
        scan=number,
        concurrency=settings.concurrency,
        operating=Operating(settings.operate, settings.seed),
        limits=Limits(settings.delay_s, settings.per_host, settings.max_requests),
        visit=VisitPlan(
            load_s=settings.page_timeout_s,
            probe_s=min(PROBE_S, settings.page_timeout_s),
            axe_options=axe_options(rules),
            consent=DEFAULTS if settings.consent is None else settings.consent,
            pictures=settings.pictures,
        ),
        tabs=TabPlan(
            browser,
            AxeScript.read(settings.axe),
            visitor=Visitor(contact=settings.contact),
            dialler=Dialler(proxy_of(os.environ), bundle=settings.ca_bundle),
            access=granted(settings),
            quiet=settings.analytics == "block",
            memory_mb=settings.page_memory,
        ),
    )
    sites = crawls(order, store, number)
    for site in sites:
        # Both change nothing when repeated: a scan may have been killed before, between or after them.
        site.queue.add_seeds(seeds(order, site.target))
        site.queue.reset_running()
    return Run(store, plan, rules, sites, listener)


def seeds(order: Order, target: Target) -> list[tuple[str, str]]:
    """Keys and addresses to start from: the pages as they were named, or the service's own address."""
    return [(url, url) for url in order.pages] or [(normalise(target.url) or target.url, target.url)]


def scope(target: Target) -> Scope:
    """What belongs to a service that the run's settings were applied to."""
    return scope_of(
        target.url,
        reach=target.scope or "host",
        include=target.include or (),
        exclude=target.exclude or (),
        max_depth=target.max_depth or 0,
        where=target.where,
    )


def check_scopes(targets: Sequence[Target], settings: Settings) -> None:
    """Raises where what is said of the services can match no page, or where one preview is to stand for several."""
    for target in targets:
        own = replace(target.under(settings), include=target.include, exclude=target.exclude)
        check_patterns([scope(own)], where=target.where)
    check_patterns([scope(target.under(settings)) for target in targets])
    if settings.base_url and len(targets) > 1:
        raise UsageError(
            f"One preview cannot stand for {len(targets)} services.",
            where=settings.base_url,
            do="Name the one service that it is a preview of.",
        )


def tool_of(rules: RuleSet, browser: Browser, axe_version: str) -> Tool:
    """The versions that judge in a run with these rules and this browser."""
    return Tool(
        curbcut=version("curbcut"),
        axe=axe_version,
        browser=f"{browser.kind} {browser.version}",
        rule_set=rules.hash,
        broken_plugins=rules.broken,
    )


def _blank(target: Target) -> SiteResult:
    return SiteResult(
        url=target.url,
        name=target.name or target.url,
        agency=target.agency,
        kind=target.kind or "",
        profile=target.profile or "wcag22-aa",
        state="not-judged",
        reason="The scan stopped before this site was done.",
    )
