"""Which pages a scan would visit and why, without visiting any: robots.txt and sitemaps are read, nothing else.

What links on pages lead to is known only once they are visited, so this names what is sure and says what is not.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from reports.model import PageResult, Tool
from reports.store import open_store
from reports.words import counted
from rules.page import PageState
from rules.registry import load_rules
from scanner.browser.launch import Visitor, user_agent
from scanner.browser.proxies import proxy_of
from scanner.crawl.site import SiteCrawl
from scanner.net.certificates import trusted
from scanner.net.client import client_for
from scanner.net.dial import Dialler
from scanner.net.running import forwarding
from scanner.order import Order, begin, crawls, seeds

UNKNOWN_VERSION = "0"
"""Stands for the browser's version in the User-Agent, as no browser is looked for."""


@dataclass(frozen=True, slots=True)
class Foreseen:
    """One address of a service: whether it would be visited, and why, or why not."""

    url: str
    visited: bool
    why: str


@dataclass(frozen=True, slots=True)
class Forecast:
    """A service with the addresses that are known before its first page; `more` is how many more pages would fit.

    `more` is None where there is no limit. `notes` is what decides over its pages, as the report tells it.
    """

    url: str
    pages: tuple[Foreseen, ...]
    known: int
    more: int | None
    follows: bool
    notes: tuple[str, ...] = ()


async def forecasts(order: Order) -> list[Forecast]:
    """What a scan of this order would begin with; the store of the settings is not touched."""
    with tempfile.TemporaryDirectory() as folder, open_store(f"sqlite:///{Path(folder) / 'forecast.db'}") as store:
        rules = load_rules(pin=order.settings.rules, style=order.settings.style)
        number = begin(order, store, rules, tool=Tool("forecast"), started="")
        sites = crawls(order, store, number)
        for site in sites:
            site.queue.add_seeds(seeds(order, site.target))
        settings = order.settings
        dialler = Dialler(proxy_of(os.environ), bundle=settings.ca_bundle)
        agent = user_agent(UNKNOWN_VERSION, Visitor(contact=settings.contact))
        with forwarding(dialler) as forward:
            trust = trusted(dialler.bundle)
            for site in sites:
                async with client_for(forward, site.terms(site.target.url), trust) as client:
                    await site.prepare(client, agent)
        return [_foreseen(site) for site in sites]


def _foreseen(site: SiteCrawl) -> Forecast:
    pages: list[Foreseen] = []
    while (item := site.queue.take()) is not None:
        refused = site.refused(item)
        if refused is not None:
            pages.append(Foreseen(item.url, False, refused.reason))
        else:
            pages.append(Foreseen(item.url, True, _why(item.ordinal, item.random, follows=site.follows)))
        # An empty page: what its links would lead to is not known.
        site.queue.commit_page(item, PageResult(url=item.url, state=PageState.ROBOTS))
    known, most = site.queue.state().known, site.target.max_pages or 0
    more = None if site.follows and not most else max(0, most - len(pages)) if site.follows else 0
    notes = site.notes(None)
    return Forecast(site.target.url, tuple(pages), known, more, site.follows, notes)


def _why(ordinal: int, random: bool, *, follows: bool) -> str:
    if not follows:
        return "named"
    if ordinal == 0:
        return "the first page"
    return "in a sitemap, drawn at random" if random else "in a sitemap"


def told(found: Sequence[Forecast]) -> Iterator[str]:
    """The forecast in lines for people."""
    for one in found:
        visited = [page for page in one.pages if page.visited]
        yield f"{one.url}: {counted(len(visited), 'page')} of {counted(one.known, 'known address', 'known addresses')}"
        for page in one.pages:
            yield f"  {'visit' if page.visited else 'leave'}  {page.url}  ({page.why})"
        yield from (f"  {note}" for note in one.notes)
        if one.follows and one.more == 0:
            yield "  Pages that only links lead to may take the place of some: they are known once pages are visited."
        elif one.follows:
            most = "" if one.more is None else f", at most {one.more:,} more"
            yield f"  and what links lead to{most}: that is known only once pages are visited."
