"""One page of a queue to its result: a visit that failed for a moment is made once more in a fresh context."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace

from playwright.async_api import Error

from reports.model import PageResult
from rules.page import PageState
from rules.registry import RuleSet
from scanner.browser.pool import TabPool
from scanner.browser.tab import Tab
from scanner.browser.terms import Terms
from scanner.crawl.queue import QueueItem
from scanner.crawl.site import SiteCrawl
from scanner.missing import MissingPages
from scanner.operating import Operating
from scanner.visit import VisitPlan
from scanner.worker import Work, named, private, work

ATTEMPTS = 2
KILLS = 2


@dataclass
class Attempts:
    """How the pages of a run are visited. `turn` waits until a site may be asked for something beside its pages.

    `is_stopping` tells when no more attempts are to be made, `operating` which pages are operated; with `keep` the
    evidence stays with the result.
    """

    plan: VisitPlan
    rules: RuleSet
    turn: Callable[[SiteCrawl], Awaitable[None]]
    is_stopping: Callable[[], bool]
    operating: Operating
    keep: bool = False
    _missing_pages: dict[int, MissingPages] = field(default_factory=dict)

    async def visit(self, pool: TabPool, tab: Tab | None, site: SiteCrawl, item: QueueItem) -> tuple[Work, Tab | None]:
        """The result of a page and the tab for the next; a tab or browser that fails costs one more try."""
        terms = site.terms(item.url)
        plan = replace(self.plan, operate=self.operating.elements(site, item))
        done = Work(PageResult(url=item.url, state=PageState.CRASHED, reason="The browser could not be started."))
        for attempt in range(ATTEMPTS):
            if attempt and self.is_stopping():
                break
            try:
                tab = await (pool.usable(tab, terms) if attempt == 0 else _renewed(pool, tab, terms))
            except Error as error:
                reason = error.message.splitlines()[0]
                done = Work(PageResult(url=item.url, state=PageState.CRASHED, reason=reason), retry=True)
                tab = None
                continue
            done = await work(
                tab,
                site.address(item.url),
                plan,
                self.rules.page_rules,
                keep=self.keep,
                first=item.ordinal == 0,
                missing=self._missing(site),
            )
            if not done.retry:
                break
        done = private(done) if terms.access else done
        return named(done, item.url, own=site.own_address if site.preview else None), tab

    def _missing(self, site: SiteCrawl) -> MissingPages:
        """What is known of a site's missing pages; asking for one waits for the site's turn like any page."""

        async def may_ask(url: str) -> bool:
            await self.turn(site)  # also where the run is stopped: the page under way is finished as ever
            return site.robots is None or site.robots.allowed(url)

        return self._missing_pages.setdefault(site.number, MissingPages(may_ask))


async def _renewed(pool: TabPool, tab: Tab | None, terms: Terms) -> Tab:
    if tab is not None:
        await pool.give_back(tab)
    return await pool.fresh(terms)


def worn_out(item: QueueItem) -> PageResult | None:
    """The result of a page that has already cost whole runs their lives; None for every other."""
    if item.attempts <= KILLS:
        return None
    return PageResult(
        url=item.url, state=PageState.CRASHED, reason=f"The scan was ended {KILLS} times while it looked at this page."
    )
