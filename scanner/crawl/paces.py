"""The hosts of a run with their paces: services on one host share one, so that a list never doubles its load."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from reports.model import PageResult
from rules.page import PageState
from scanner.crawl.pace import BUSY, TRIES, Answer, Limits, Pace, rest_of
from scanner.crawl.queue import QueueItem
from scanner.crawl.site import SiteCrawl
from scanner.crawl.urls import is_loopback, site

LOCAL = 64
"""How many pages at once a server on this machine may be asked for: it is the scanning person's own."""


@dataclass
class Paces:
    """What is known of every host of a run; `clock` gives seconds, `now` the time of day for dates in answers."""

    limits: Limits
    clock: Callable[[], float]
    now: Callable[[], datetime] = lambda: datetime.now(UTC)
    _hosts: dict[str, Pace] = field(default_factory=dict)
    _begun: set[tuple[int, int]] = field(default_factory=set)

    def is_free(self, crawl: SiteCrawl, item: QueueItem | None = None) -> bool:
        """Whether a page may be asked for now; a closed host is free too, as its pages are only recorded."""
        pace = self._pace(crawl, item)
        return bool(pace.closed) or pace.is_free(self.clock())

    def refused(self, crawl: SiteCrawl, item: QueueItem) -> PageResult | None:
        """The result of a page whose host is asked for nothing more; None where it may be visited."""
        pace = self._pace(crawl, item)
        if not pace.closed:
            return None
        state = PageState.UNREACHABLE if pace.unreachable else PageState.BLOCKED
        return PageResult(url=item.url, state=state, reason=f"Not asked for: {pace.closed}")

    def begin(self, crawl: SiteCrawl, item: QueueItem) -> None:
        """A page is being asked for."""
        self._begun.add((crawl.number, item.ordinal))
        self._keep(crawl, item, self._pace(crawl, item).begun(self.clock()))

    def drop(self, crawl: SiteCrawl, item: QueueItem) -> None:
        """A page, if it was begun, came to no end that says anything of its host."""
        if (crawl.number, item.ordinal) in self._begun:
            self._begun.remove((crawl.number, item.ordinal))
            self._keep(crawl, item, self._pace(crawl, item).dropped())

    def end(self, crawl: SiteCrawl, item: QueueItem, answer: Answer) -> bool:
        """Note how a page ended; whether it should be asked for again later because the server put it off."""
        self._begun.discard((crawl.number, item.ordinal))
        pace = self._pace(crawl, item).ended(self.clock(), answer)
        self._keep(crawl, item, pace)
        return answer.status in BUSY and item.put_off + 1 < TRIES and not pace.closed

    async def turn(self, crawl: SiteCrawl) -> None:
        """Return when one more request may be made beside the pages, which is then counted."""
        await asyncio.sleep(self._pace(crawl, None).wait_s(self.clock()))
        self._keep(crawl, None, self._pace(crawl, None).asked(self.clock()))

    def rest_of(self, header: str) -> float | None:
        """Seconds that a Retry-After header asks for."""
        return rest_of(header, self.now())

    def _pace(self, crawl: SiteCrawl, item: QueueItem | None) -> Pace:
        host = self._host(crawl, item)
        if host not in self._hosts:
            delay_s = max(self.limits.delay_s, crawl.robots.crawl_delay_s if crawl.robots else 0.0)
            at_once = LOCAL if is_loopback(f"http://{host}/") else self.limits.at_once
            self._hosts[host] = Pace.under(replace(self.limits, delay_s=delay_s, at_once=at_once))
        return self._hosts[host]

    def _keep(self, crawl: SiteCrawl, item: QueueItem | None, pace: Pace) -> None:
        self._hosts[self._host(crawl, item)] = pace

    def _host(self, crawl: SiteCrawl, item: QueueItem | None) -> str:
        url = item.url if item is not None and not crawl.follows else crawl.target.url
        return site(crawl.address(url)) or ""


def put_off(result: PageResult) -> PageResult:
    """The result of a page that its server put off to the end: blocked, as nothing was seen of it."""
    if result.status not in BUSY or result.state is PageState.TESTED:
        return result
    reason = f"The server answered with status {result.status}, also when it was asked again later."
    return replace(result, state=PageState.BLOCKED, reason=reason)
