"""Which pages a site's own sitemaps name: those of robots.txt and at the usual places, indexes and all."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from urllib.parse import urljoin

import httpx

from scanner.crawl.body import ACCEPTED, BodyTooLarge, UnreadableBody, pieces
from scanner.crawl.sitemap_text import Found, NotASitemap, SitemapText
from scanner.crawl.urls import is_http, normalise, site

USUAL_PLACES = ("sitemap.xml", "sitemap_index.xml", "sitemap-index.xml", "sitemap.txt", "wp-sitemap.xml")
"""Where sitemaps lie that nobody names, below the top of a host."""
MOST_TOLD = 3


@dataclass(frozen=True, slots=True)
class SitemapLimits:
    """How much of a site's sitemaps is read: sitemaps, addresses, bytes of each (unpacked), redirects, seconds.

    The protocol allows 50,000 addresses and 50 MiB a file; many sites have more in one.
    """

    files: int = 500
    addresses: int = 200_000
    bytes: int = 200 * 1024 * 1024
    redirects: int = 5
    file_s: float = 60.0
    total_s: float = 180.0


@dataclass
class SitemapReader:
    """Reads the sitemaps of one site and hands the addresses in them to `take`, in pieces, as they arrive.

    `trusted` says which addresses may be asked: hosts of the service and those that its robots.txt names, also
    behind redirects. `client` is configured by the caller (access, proxies, certificates); `pause_s` is waited
    between requests. Whatever a server sends, the outcome is a note: `notes` has one sentence for each thing
    that a reader of the report must know.
    """

    client: httpx.AsyncClient
    user_agent: str
    take: Callable[[list[str]], None]
    trusted: Callable[[str], bool]
    pause_s: float = 0.0
    limits: SitemapLimits = field(default_factory=SitemapLimits)
    notes: list[str] = field(default_factory=list)
    named: int = 0
    _waiting: deque[str] = field(default_factory=deque)
    _known: set[str] = field(default_factory=set)
    _read: int = 0
    _strange: list[str] = field(default_factory=list)
    _failed: list[str] = field(default_factory=list)

    async def read(self, top: str, *, listed: Iterable[str] = (), allowed: Callable[[str], bool] = is_http) -> None:
        """Read the sitemaps `listed` in robots.txt and those at the usual places below `top` that are `allowed`."""
        try:
            async with asyncio.timeout(self.limits.total_s):
                for url in listed:
                    self._add(urljoin(top, url))
                await self._all()
                for place in USUAL_PLACES[: 1 if self._read else None]:
                    url = urljoin(top, place)
                    if allowed(url) and await self._is_there(url):
                        await self._all()
                        break
        except TimeoutError:
            self.notes.append(f"The sitemaps were read for {self.limits.total_s:g} seconds, and not to their end.")
        self._tell()

    async def _all(self) -> None:
        """Read what waits, and the sitemaps named in it."""
        while self._waiting and not self._is_full():
            url = self._waiting.popleft()
            try:
                await self._one(url)
            except _Unread as error:
                self._failed.append(f"{url} ({error})")

    async def _is_there(self, url: str) -> bool:
        """Whether a usual place holds a sitemap, now read; nobody named it, so it is no fault when it does not."""
        if not self._is_new(url):
            return False
        try:
            await self._one(url)
        except _Unread:
            return False
        return True

    def _is_full(self) -> bool:
        if self.named >= self.limits.addresses:
            self._note(f"The sitemaps name more than {self.limits.addresses:,} addresses; the others were not read.")
        elif self._read + len(self._failed) >= self.limits.files:
            self._note(f"The site has more than {self.limits.files:,} sitemaps; the others were not read.")
        else:
            return False
        self._waiting.clear()
        return True

    def _note(self, text: str) -> None:
        if text not in self.notes:
            self.notes.append(text)

    def _is_new(self, url: str) -> bool:
        key = normalise(url) or url
        new = key not in self._known
        self._known.add(key)
        return new

    def _add(self, url: str) -> None:
        if not self._is_new(url):
            return
        if self.trusted(url):
            self._waiting.append(url)
        else:
            self._strange.append(url)

    async def _one(self, url: str) -> None:
        """Read one sitemap; raises _Unread."""
        text = SitemapText()
        try:
            async with asyncio.timeout(self.limits.file_s):
                await self._follow(url, text)
        except TimeoutError as error:
            raise _Unread(f"no complete answer within {self.limits.file_s:g} s") from error
        except BodyTooLarge:
            self.notes.append(f"The sitemap {url} was read up to {self.limits.bytes // 1024**2:,} MiB.")
        except (UnreadableBody, NotASitemap) as error:
            raise _Unread(str(error)) from error
        except httpx.ConnectError as error:
            raise _Unread(f"the server cannot be reached: {error}"[:200]) from error
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise _Unread("the answer broke off") from error
        self._read += 1
        if text.broken:
            self.notes.append(f"The sitemap {url} has mistakes ({text.broken}); it was read as far as it goes.")

    async def _follow(self, url: str, text: SitemapText) -> None:
        headers = {"User-Agent": self.user_agent, "Accept": "application/xml, text/xml, text/plain, */*;q=0.1"}
        request = self.client.build_request("GET", url, headers={**headers, "Accept-Encoding": ACCEPTED})
        for _ in range(self.limits.redirects + 1):
            if not self.trusted(str(request.url)):
                raise _Unread(f"it leads to another site, {request.url.host}")
            await asyncio.sleep(self.pause_s)
            response = await self.client.send(request, stream=True, follow_redirects=False)
            try:
                if response.next_request is None:
                    await self._text(response, text)
                    return
                request = response.next_request
            finally:
                await response.aclose()
        raise _Unread(f"it leads on more than {self.limits.redirects} times")

    async def _text(self, response: httpx.Response, text: SitemapText) -> None:
        if response.status_code != httpx.codes.OK:
            raise _Unread(f"HTTP {response.status_code}")
        async for piece in pieces(response, most=self.limits.bytes):
            self._found(text.feed(piece))
            if self.named >= self.limits.addresses and self._is_full():
                return
        self._found(text.close())

    def _found(self, found: Found) -> None:
        pages = found.pages[: self.limits.addresses - self.named]
        self.named += len(pages)
        if pages:
            self.take(pages)
        for url in found.sitemaps:
            if len(self._known) <= 2 * self.limits.files:
                self._add(url)

    def _tell(self) -> None:
        if self._failed:
            self.notes.append(f"Sitemaps that could not be read, or not to their end: {_some(self._failed)}.")
        if self._strange:
            self.notes.append(f"Sitemaps on other sites, which were not read: {_some(self._strange)}.")


class _Unread(Exception):
    """A sitemap that could not be read, and why."""


def named_hosts(listed: Iterable[str]) -> frozenset[str]:
    """The sites of the sitemaps that a robots.txt lists, which may be asked for them."""
    return frozenset(name for name in map(site, listed) if name)


def _some(texts: list[str]) -> str:
    shown = ", ".join(text if len(text) <= 300 else f"{text[:299]}…" for text in texts[:MOST_TOLD])
    more = len(texts) - MOST_TOLD
    return f"{shown} and {more:,} more" if more > 0 else shown
