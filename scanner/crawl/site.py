"""One service under way: its queue, what its robots.txt allows, which links belong to it, and its pace."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import httpx

from reports.model import PageResult
from rules.page import PageState
from scanner.crawl.no_go import is_file, no_go
from scanner.crawl.queue import QueueItem, SiteQueue
from scanner.crawl.robots import RobotsPolicy, fetch_robots
from scanner.crawl.urls import normalise, same_host
from scanner.sites import Target


@dataclass
class SiteCrawl:
    """A service with its queue; `number` is its place in the scan.

    `follows` is false where exactly the named pages are wanted. `served` gives, for files of this machine,
    the loopback address under which each is visited; results speak of the file as it was named.
    """

    number: int
    target: Target
    queue: SiteQueue
    follows: bool = True
    robots: RobotsPolicy | None = None
    finished: bool = False
    served: Mapping[str, str] = field(default_factory=dict)
    _pace: asyncio.Lock = field(default_factory=asyncio.Lock)
    _next_s: float = 0.0

    async def prepare(self, client: httpx.AsyncClient, user_agent: str) -> None:
        """Read robots.txt once; pages that a person named are looked at whatever it says."""
        if self.robots is not None:
            return
        if not self.follows:
            self.robots = RobotsPolicy()
        elif self.target.robots == "own-site":
            self.robots = RobotsPolicy(set_aside="A person said that this is their own site.")
        else:
            self.robots = await fetch_robots(client, self.target.url, user_agent=user_agent)

    def refused(self, item: QueueItem) -> PageResult | None:
        """The result of an address that robots.txt keeps Curbcut from; None where it may be visited."""
        reason = self.robots.refusal(item.url) if self.robots else ""
        return PageResult(url=item.url, state=PageState.ROBOTS, reason=reason) if reason else None

    async def wait_turn(self) -> None:
        """Return when the site's own Crawl-delay allows the next page."""
        delay = self.robots.crawl_delay_s if self.robots else 0.0
        if not delay:
            return
        loop = asyncio.get_running_loop()
        async with self._pace:
            await asyncio.sleep(max(0.0, self._next_s - loop.time()))
            self._next_s = loop.time() + delay

    def admitted(self, links: Iterable[str]) -> list[tuple[str, str]]:
        """Keys and addresses of the links that lead on within this service, in their order."""
        if not self.follows:
            return []
        found: dict[str, str] = {}
        for link in links:
            key = normalise(link)
            if key and key not in found and self._in_scope(key):
                found[key] = key
        return list(found.items())

    def address(self, url: str) -> str:
        """Where the browser goes for an address of the queue."""
        return self.served.get(url, url)

    def _in_scope(self, url: str) -> bool:
        inside = same_host(url, self.target.url) and not is_file(url) and not no_go(url)
        return inside and (self.robots is None or self.robots.allowed(url))
