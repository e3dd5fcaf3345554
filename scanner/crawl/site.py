"""One service under way: its queue, what its robots.txt allows, which links belong to it, and its pace."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from urllib.parse import urljoin

import httpx

from reports.model import PageDigest, PageResult
from rules.page import PageState
from scanner.browser.access import Access
from scanner.browser.terms import Terms
from scanner.crawl.discovery import Discovery
from scanner.crawl.preview import Preview
from scanner.crawl.queue import QueueItem, SiteQueue
from scanner.crawl.robots import RobotsPolicy, fetch_robots
from scanner.crawl.sitemaps import SitemapReader, named_hosts
from scanner.crawl.told import discovery_notes, nothing_allowed
from scanner.crawl.twins import find_twins
from scanner.crawl.urls import normalise, same_host, site
from scanner.sites import Target

MOST_PAUSE_S = 1.0


@dataclass
class SiteCrawl:
    """A service with its queue; `number` is its place in the scan.

    `follows` is false where exactly the named pages are wanted; else `discovery` knows what its links lead to.
    `served` gives, for files of this machine, the loopback address under which each is visited; results speak of
    the file as it was named, as they do of the service's own addresses where a `preview` is visited in its place.
    """

    number: int
    target: Target
    queue: SiteQueue
    follows: bool = True
    robots: RobotsPolicy | None = None
    finished: bool = False
    served: Mapping[str, str] = field(default_factory=dict)
    access: tuple[Access, ...] = ()
    discovery: Discovery | None = None
    preview: Preview | None = None
    _others: dict[str | None, RobotsPolicy] = field(default_factory=dict)

    async def prepare(self, client: httpx.AsyncClient, user_agent: str) -> None:
        """Read robots.txt once; pages that a person named are looked at whatever it says."""
        if self.robots is not None:
            return
        if not self.follows:
            self.robots = RobotsPolicy()
            return
        read = await fetch_robots(client, self.address(self.target.url), user_agent=user_agent)
        is_own = self.target.robots == "own-site"
        self.robots = replace(read, set_aside="A person said that this is their own site." if is_own else "")
        if self.discovery is not None and not self.finished:
            self.discovery.allowed = self._allowed
            if self.preview is None:
                self.discovery.twins = await find_twins(client, self.target.url, user_agent=user_agent)
            self.discovery.restore()
            await self._read_sitemaps(client, user_agent, self.robots)

    def is_new_host(self, url: str) -> bool:
        """Whether an address lies on a host whose own robots.txt is not read yet."""
        return self.follows and not same_host(url, self.target.url) and site(url) not in self._others

    async def meet(self, url: str, client: httpx.AsyncClient, user_agent: str) -> None:
        """Read robots.txt of a host beside the service's first one."""
        read = await fetch_robots(client, url, user_agent=user_agent)
        self._others[site(url)] = replace(read, set_aside=self.robots.set_aside if self.robots else "")

    def refused(self, item: QueueItem) -> PageResult | None:
        """The result of an address that robots.txt keeps Curbcut from; None where it may be visited."""
        policy = self._others.get(site(item.url), self.robots)
        reason = policy.refusal(self.address(item.url)) if policy else ""
        return PageResult(url=item.url, state=PageState.ROBOTS, reason=reason) if reason else None

    def admitted(
        self, item: QueueItem, result: PageResult, digest: PageDigest | None, links: Iterable[str]
    ) -> list[tuple[str, str]]:
        """Keys and addresses of the links that may lead on within this service, in their order."""
        if self.discovery is None:
            return []
        self.discovery.note_page(item.ordinal, result, digest)
        return self.discovery.candidates(map(self.own_address, links), depth=item.depth)

    def notes(self, home: PageResult | None) -> tuple[str, ...]:
        """What the report must tell of how pages were found; `home` is the result of the first page."""
        if self.discovery is None:
            return (f"Visited at {self.preview.base} in the place of {self.preview.top}.",) if self.preview else ()
        return tuple(discovery_notes(self.discovery, home=home, preview=self.preview))

    def nothing_allowed(self) -> str:
        """Why robots.txt left nothing to look at, and what helps."""
        return nothing_allowed(self.target.url, self.robots.unread if self.robots else "")

    def terms(self, url: str) -> Terms:
        """On what terms a page of the queue is met: a service's own, or those of the one page that was named."""
        at = self.target.url if self.follows else url
        return Terms.of(
            self.address(at), allow=self.target.allow_requests, hosts=self.target.allow_hosts, access=self.access
        )

    def address(self, url: str) -> str:
        """Where the browser goes for an address of the queue."""
        return self.preview.there(url) if self.preview else self.served.get(url, url)

    def own_address(self, url: str) -> str:
        """The service's own address for one that the browser met."""
        return self.preview.back(url) if self.preview else url

    def _allowed(self, url: str) -> bool:
        """Whether robots.txt lets an address in, as far as it is known: it speaks for its own host."""
        if self.robots is None or not same_host(url, self.target.url):
            return True
        return self.robots.allowed(self.address(url))

    async def _read_sitemaps(self, client: httpx.AsyncClient, user_agent: str, robots: RobotsPolicy) -> None:
        """Let in what the sitemaps name; once for each scan, before its first page."""
        discovery = self.discovery
        if discovery is None or discovery.sitemap_notes() is not None:
            return
        hosts = named_hosts(robots.sitemaps)

        def trusted(url: str) -> bool:
            at = normalise(self.own_address(url)) or ""
            on_preview = self.preview is not None and same_host(url, self.preview.base)
            return discovery.scope.on_site(at) or on_preview or site(url) in hosts

        def take(addresses: list[str]) -> None:
            self.queue.add_seeds(discovery.seeds(map(self.own_address, addresses)))

        # The delay between pages is meant for crawls; a handful of sitemaps does not wait for minutes.
        pause_s = min(robots.crawl_delay_s, MOST_PAUSE_S)
        reader = SitemapReader(client, user_agent, take=take, trusted=trusted, pause_s=pause_s)
        own_top = urljoin(self.target.url, "/")
        await reader.read(
            self.preview.base if self.preview else own_top, listed=robots.sitemaps, allowed=robots.allowed
        )
        if self.preview is not None and not reader.named:
            # Few previews have sitemaps of their own; what the service itself has is expected there, too.
            own = await fetch_robots(client, own_top, user_agent=user_agent)
            await reader.read(own_top, listed=own.sitemaps, allowed=own.allowed)
        discovery.sitemaps_read(reader.notes)
