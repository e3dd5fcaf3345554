"""What a crawl lets in depends on the pages and on nothing else: not on who is done first, nor on kills."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from reports.model import PageResult, SiteResult, Tool
from reports.store import Store, open_store
from rules.digest import PageDigest
from rules.page import PageState
from scanner.crawl.discovery import Discovery
from scanner.crawl.queue import QueueItem, SiteQueue
from scanner.crawl.scope import Reach, scope_of
from scanner.crawl.told import discovery_notes

HOME = "https://www.example.gov/"
Links = Callable[[str], list[str]]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path / "store.db") as opened:
        yield opened


class Crawl:
    """A site of one scan, crawled without a browser: `links` says what stands on which page."""

    def __init__(
        self,
        store: Store,
        links: Links,
        *,
        scan: int = 0,
        finals: dict[str, str] | None = None,
        reach: Reach = "host",
        include: tuple[str, ...] = (),
        exclude: tuple[str, ...] = (),
        max_depth: int = 0,
        allowed: Callable[[str], bool] = bool,
    ) -> None:
        self.store = store
        self.links = links
        self.finals = finals or {}
        scope = scope_of(HOME, reach=reach, include=include, exclude=exclude, max_depth=max_depth)
        sites = [(SiteResult(HOME, "n"), {})]
        self.scan = scan or store.create_scan(started="", tool=Tool("1"), rules=(), sites=sites)
        self.discovery = Discovery(store, self.scan, 0, scope, allowed=allowed)
        self.discovery.restore()
        self.queue = SiteQueue(store, scan=self.scan, site=0, home=HOME, gate=self.discovery.gate)
        self.queue.add_seeds([(HOME, HOME)])
        self.queue.reset_running()

    def page(self, item: QueueItem) -> None:
        state = PageState.TESTED if item.url.startswith("https://www") else PageState.ERROR_PAGE
        result = PageResult(item.url, final_url=self.finals.get(item.url, ""), state=state)
        digest = PageDigest(item.url, content=item.url.rpartition("/")[2] or "home", words=99)
        self.discovery.note_page(item.ordinal, result, digest)
        links = self.discovery.candidates(self.links(item.url), depth=item.depth)
        self.queue.commit_page(item, result, digest=digest, links=links)

    def run(self, *, tabs: int = 1, seed: int = 0, most: int = 500) -> list[str]:
        """The addresses of the queue, after at most so many pages were visited by several at once."""
        chance = random.Random(seed)
        under_way: list[QueueItem] = []
        for _ in range(most):
            while len(under_way) < tabs and (item := self.queue.take()) is not None:
                under_way.append(item)
            if not under_way:
                break
            self.page(under_way.pop(chance.randrange(len(under_way))))
        return list(self.discovery.known())

    def notes(self) -> list[str]:
        home = self.store.load_scan(self.scan).sites[0].pages[0]
        return list(discovery_notes(self.discovery, home=home, preview=None))


def site(url: str) -> list[str]:
    """A site with a trap, links to other hosts, files and commands."""
    at = url.rstrip("/")
    if url == HOME:
        return [f"{HOME}{name}" for name in ("a", "b", "events?month=1&year=2026", "a.pdf", "logout", "search?q=1")] + [
            "https://beta.example.gov/x",
            "https://other.com/",
            "mailto:a@example.gov",
        ]
    if "/events" in url:
        year = int(url.rpartition("=")[2])
        return [f"{HOME}events?month={month}&year={year + 1}" for month in (1, 2)]
    return [f"{at}/deeper", f"{HOME}a", f"{HOME}b"] if url.count("/") < 6 else []


def test_neither_the_number_of_tabs_nor_their_order_changes_what_is_let_in(store: Store) -> None:
    one = Crawl(store, site)
    expected, notes = one.run(), one.notes()
    assert len(expected) > 100
    for seed in range(4):
        several = Crawl(store, site)
        assert several.run(tabs=5, seed=seed) == expected
        assert several.notes() == notes


@pytest.mark.parametrize("stops", [(1,), (3, 40, 90), (100, 105)])
def test_a_crawl_that_is_killed_and_goes_on_lets_in_the_same(store: Store, stops: tuple[int, ...]) -> None:
    whole = Crawl(store, site)
    expected, notes = whole.run(), whole.notes()
    killed = Crawl(store, site)
    for stop in stops:
        killed.run(tabs=3, seed=stop, most=stop)
        killed = Crawl(store, site, scan=killed.scan)
    assert killed.run(tabs=3) == expected
    assert killed.notes() == notes


def test_what_was_left_out_is_told_once_for_each_reason(store: Store) -> None:
    crawl = Crawl(store, site, allowed=lambda url: "search" not in url)
    known = crawl.run()
    assert [url for url in known if "search" in url or "pdf" in url or "logout" in url] == []
    calendar, loop, robots = crawl.notes()
    assert loop == (
        "2 addresses were left out, like /a/deeper/deeper/deeper, /b/deeper/deeper/deeper: "
        "the folders repeat themselves."
    )
    assert robots == (
        "1 address was left out, because robots.txt asks for it. "
        'If the site is your own, robots = "own-site" sets robots.txt aside.'
    )
    assert calendar.endswith(
        "left out, like /events?month&year: a calendar leads on to ever more dates and to nothing new."
    )


def test_another_host_of_the_domain_belongs_to_the_service_once_the_home_page_led_there(store: Store) -> None:
    assert "https://beta.example.gov/x" not in Crawl(store, site).run()
    led = Crawl(store, site, finals={HOME: "https://beta.example.gov/"})
    assert "https://beta.example.gov/x" in led.run(tabs=4)
    assert "The home page led to beta.example.gov, so pages there were looked at as well." in led.notes()
    again = Crawl(store, site, scan=led.scan)
    assert again.discovery.scope == led.discovery.scope
    astray = Crawl(store, site, finals={HOME: "https://other.com/start"})
    assert "https://other.com/" not in astray.run(tabs=4)
    assert any(note.startswith("The home page led to https://other.com/start, which is") for note in astray.notes())
    assert "https://beta.example.gov/x" in Crawl(store, site, reach="domain").run()


def test_depth_and_patterns_decide(store: Store) -> None:
    assert Crawl(store, site, max_depth=1).run() == [
        HOME,
        *(f"{HOME}{name}" for name in ("a", "b", "events?month=1&year=2026", "search?q=1")),
    ]
    some = Crawl(store, site, include=("/a*", "/nowhere/*"), exclude=("/*/deeper/*",))
    assert some.run() == [HOME, f"{HOME}a", f"{HOME}a/deeper"]
    assert some.notes() == [
        "Only addresses that match /a* or /nowhere/* were looked at.",
        "Addresses that match /*/deeper/* were left out.",
        "No address that became known matches the include pattern /nowhere/*.",
    ]


def test_seeds_are_those_of_a_sitemap_that_belong_to_the_service(store: Store) -> None:
    crawl = Crawl(store, site, exclude=("/b",), allowed=lambda url: "/private" not in url)
    named = [f"{HOME}{name}" for name in ("a", "a#x", "b", "private", "c.pdf")] + ["http://[", "https://other.com/"]
    assert crawl.discovery.seeds(named) == [(f"{HOME}a", f"{HOME}a")]


def test_sitemaps_are_read_once_for_each_scan(store: Store) -> None:
    crawl = Crawl(store, site)
    assert crawl.discovery.sitemap_notes() is None
    crawl.discovery.sitemaps_read(["A note."])
    again = Crawl(store, site, scan=crawl.scan)
    assert again.discovery.sitemap_notes() == ("A note.",)
    again.run(most=3)
    assert "A note." in again.notes()
