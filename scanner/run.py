"""The whole run: several pages at a time, every page committed as it is done; the only place with concurrency."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Coroutine, Iterator, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

import httpx

from reports.model import PageResult
from reports.store import Store
from rules.errors import CurbcutError
from rules.page import Page, PageState
from rules.registry import RuleSet
from scanner.attempts import Attempts, worn_out
from scanner.browser.launch import user_agent
from scanner.browser.pool import TabPlan, TabPool
from scanner.browser.tab import Tab
from scanner.crawl.pace import Answer, Limits
from scanner.crawl.paces import Paces, put_off
from scanner.crawl.queue import QueueItem
from scanner.crawl.site import SiteCrawl
from scanner.finish import finish_site
from scanner.net.certificates import trusted
from scanner.net.client import client_for
from scanner.net.running import forwarding
from scanner.operating import Operating
from scanner.visit import VisitPlan
from scanner.worker import Work

IDLE_S = 0.05


@dataclass(frozen=True, slots=True)
class RunPlan:
    """What a run needs to know beside its sites; picklable."""

    scan: int
    concurrency: int
    limits: Limits
    visit: VisitPlan
    tabs: TabPlan
    operating: Operating = Operating("none", 0)


@dataclass
class Listener:
    """What a run tells while it works; each is called from the run's own loop and must return at once."""

    page: Callable[[SiteCrawl, PageResult], None] = lambda _site, _result: None
    evidence: Callable[[SiteCrawl, QueueItem, Page], None] | None = None


@dataclass
class Run:
    """One scan under way. `stop` lets the pages under way finish and hands out no more."""

    store: Store
    plan: RunPlan
    rules: RuleSet
    sites: Sequence[SiteCrawl]
    listener: Listener = field(default_factory=Listener)
    stopping: bool = False
    _attempts: Attempts = field(init=False)
    _client: Callable[[SiteCrawl], AbstractAsyncContextManager[httpx.AsyncClient]] = field(init=False)
    _paces: Paces = field(init=False)

    def __post_init__(self) -> None:
        self._paces = Paces(self.plan.limits, clock=time.monotonic)
        keep = self.listener.evidence is not None
        self._attempts = Attempts(
            self.plan.visit, self.rules, self._turn, lambda: self.stopping, self.plan.operating, keep
        )

    def stop(self) -> None:
        """Hand out no more pages; what was done is kept and the scan can go on later."""
        self.stopping = True

    async def go(self) -> bool:
        """Whether every page that was to be looked at has been; sites that are done are finished in the store."""
        try:
            await self._go()
        except ExceptionGroup as group:
            raise _telling(group) from group
        return all(site.finished for site in self.sites)

    async def _go(self) -> None:
        with forwarding(self.plan.tabs.dialler) as forward:
            trust = trusted(self.plan.tabs.dialler.bundle)
            self._client = lambda site: client_for(forward, site.terms(site.target.url), trust)
            async with asyncio.TaskGroup() as group:
                for site in self.sites:
                    group.create_task(self._until_stopped(self._ask(site, site.prepare)))
            async with TabPool.open(self.plan.tabs, forward) as pool, asyncio.TaskGroup() as group:
                for _ in range(self.plan.concurrency):
                    group.create_task(self._work_through(pool))

    async def _ask(self, site: SiteCrawl, ask: Callable[[httpx.AsyncClient, str], Awaitable[None]]) -> None:
        """Let a site ask something of its hosts, by the checked way, as Curbcut."""
        agent = user_agent(self.plan.tabs.installed.version, self.plan.tabs.visitor)
        async with self._client(site) as client:
            await ask(client, agent)

    async def _until_stopped(self, doing: Coroutine[Any, Any, None]) -> bool:
        """Whether the run goes on after something was waited for; when it is stopped, that is given up."""
        task = asyncio.create_task(doing)
        try:
            while not self.stopping and not task.done():
                await asyncio.wait([task], timeout=IDLE_S)
        finally:
            task.cancel()
        await asyncio.wait([task])
        if not task.cancelled():
            task.result()
        return not self.stopping

    async def _work_through(self, pool: TabPool) -> None:
        """Take pages one after the other until there are none, in one tab for each site in turn."""
        tab: Tab | None = None
        owner: SiteCrawl | None = None
        try:
            while not self.stopping and (chosen := await self._next()) is not None:
                site, item = chosen
                if tab is not None and owner is not site:
                    await pool.give_back(tab)
                    tab = None
                owner = site
                tab = await self._one(pool, tab, site, item)
        finally:
            if tab is not None:
                await pool.give_back(tab)

    async def _next(self) -> tuple[SiteCrawl, QueueItem] | None:
        """The next page of the first site that has one and may be asked; waits while others may still bring links."""
        while not self.stopping:
            open_sites = [site for site in self.sites if not site.finished]
            for site in open_sites:
                if item := self._take(site):
                    return site, item
                if site.queue.is_finished():
                    site.finished = True
                    finish_site(self.store, self.plan.scan, site, self.rules)
            if all(site.finished for site in self.sites):
                return None
            await asyncio.sleep(IDLE_S)
        return None

    async def _one(self, pool: TabPool, tab: Tab | None, site: SiteCrawl, item: QueueItem) -> Tab | None:
        """Look at one page, commit it, and give the tab back for the next."""
        if site.is_new_host(item.url):
            await self._until_stopped(self._ask(site, partial(site.meet, item.url)))
        refused = self._refused(site, item)
        if refused is not None:
            self._paces.drop(site, item)
            self._commit(site, item, Work(refused))
            return tab
        done, tab = await self._attempts.visit(pool, tab, site, item)
        if self.stopping and done.retry:
            # Whoever ended the scan may have ended the browser as well: that says nothing of the page.
            site.queue.give_back(item)
            return tab
        if self._ended(site, item, done, waited_s=tab.waited_s if tab else 0.0):
            site.queue.give_back(item, put_off=True)
            return tab
        done = replace(done, result=put_off(done.result))
        if self.listener.evidence is not None and done.page is not None:
            self.listener.evidence(site, item, done.page)
        self._commit(site, item, done)
        return tab

    def _take(self, site: SiteCrawl) -> QueueItem | None:
        """The next page of a site, begun; None where there is none or its host is to be left alone for now."""
        if site.follows and not self._paces.is_free(site):
            return None
        item = site.queue.take()
        if item is None or self._refused(site, item) is not None:
            return item
        if not self._paces.is_free(site, item):
            site.queue.give_back(item)
            return None
        self._paces.begin(site, item)
        return item

    def _refused(self, site: SiteCrawl, item: QueueItem) -> PageResult | None:
        return site.refused(item) or worn_out(item) or self._paces.refused(site, item)

    def _ended(self, site: SiteCrawl, item: QueueItem, done: Work, *, waited_s: float) -> bool:
        """Note how a page ended; whether its server asks to come again for it later."""
        result = done.result
        silent = result.state in (PageState.UNREACHABLE, PageState.TIMEOUT) and not result.status
        if not silent and not result.status:
            self._paces.drop(site, item)
            return False
        rest_s = self._paces.rest_of(done.retry_after)
        answer = Answer(0 if silent else result.status, waited_s, rest_s, done.requests)
        return self._paces.end(site, item, answer) and not self.stopping

    async def _turn(self, site: SiteCrawl) -> None:
        """Wait until the site may be asked for something beside its pages, or the run is stopped."""
        await self._until_stopped(self._paces.turn(site))

    def _commit(self, site: SiteCrawl, item: QueueItem, done: Work) -> None:
        links = site.admitted(item, done.result, done.digest, done.links)
        site.queue.commit_page(item, done.result, digest=done.digest, links=links, assets=done.assets)
        self.listener.page(site, done.result)


def _telling(group: ExceptionGroup[Exception]) -> Exception:
    """The one error of several that a person can do something about; the first, where there is none such."""
    leaves = list(_leaves(group))
    return next((error for error in leaves if isinstance(error, CurbcutError)), leaves[0])


def _leaves(group: ExceptionGroup[Exception]) -> Iterator[Exception]:
    for error in group.exceptions:
        if isinstance(error, ExceptionGroup):
            yield from _leaves(error)
        else:
            yield error
