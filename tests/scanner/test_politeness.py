"""A run asks a busy server again later, leaves a dead or refusing one alone, and never asks faster than it may."""

from __future__ import annotations

import asyncio
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from reports.model import PageResult
from reports.store import Store, open_store
from rules.page import PageState
from rules.registry import RuleSet, load_rules
from scanner.browser.discover import Browser as Installed
from scanner.look import is_elsewhere
from scanner.order import Order, begin, prepare, tool_of
from scanner.run import Listener
from scanner.settings import Settings
from scanner.sites import Target

HEAD = "<!doctype html><html lang=en><title>Page</title><main><h1>Page</h1><p>Some words of a page."
PATIENCE_S = 120


class Site(ThreadingHTTPServer):
    """A site whose pages answer with the statuses listed for them, one after the other, the last one for ever."""

    daemon_threads = True

    def __init__(self, pages: dict[str, list[int]]) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.pages = pages
        self.asked: Counter[str] = Counter()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/"

    def handle_error(self, request: object, client_address: object) -> None:
        """Nothing: browsers leave in the middle of answers."""


class _Handler(BaseHTTPRequestHandler):
    server: Site

    def do_GET(self) -> None:
        self.server.asked[self.path] += 1
        answers = self.server.pages.get(self.path, [404])
        status = answers[min(self.server.asked[self.path], len(answers)) - 1]
        if status == 0:
            self.close_connection = True
            return
        self.send_response(status)
        self.send_header("Content-Type", "text/html")
        self.send_header("Retry-After", "1")
        self.end_headers()
        links = "".join(f"<a href={path}>{path}</a>" for path in self.server.pages) if self.path == "/" else ""
        self.wfile.write(f"{HEAD}<p>This is what {self.path * 20} says.{links}".encode())

    def log_message(self, format: str, *args: object) -> None:
        """Nothing: a test's output is its own."""


@contextmanager
def serving(pages: dict[str, list[int]]) -> Iterator[Site]:
    site = Site(pages)
    threading.Thread(target=site.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    try:
        yield site
    finally:
        site.shutdown()
        site.server_close()


@pytest.fixture(scope="module")
def rules() -> RuleSet:
    return load_rules()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path / "store.db") as opened:
        yield opened


async def scanned(
    store: Store, rules: RuleSet, installed: Installed, site: Site, settings: Settings
) -> dict[str, PageResult]:
    order = Order(settings, (Target(url=site.url, name="Site"),))
    number = begin(order, store, rules, tool=tool_of(rules, installed, "4"), started="")
    run = prepare(order, store, number, rules, browser=installed, listener=Listener())
    async with asyncio.timeout(PATIENCE_S):
        assert await run.go()
    return {page.url.removeprefix(site.url): page for page in store.load_scan(number).sites[0].pages}


async def test_a_page_that_is_put_off_is_asked_for_again_and_at_last_recorded(
    store: Store, rules: RuleSet, installed: Installed
) -> None:
    with serving({"/": [200], "/busy": [503, 200], "/full": [429]}) as site:
        pages = await scanned(store, rules, installed, site, Settings(concurrency=2))
        assert site.asked["/busy"] == 2
        assert site.asked["/full"] == 3
    assert {path: page.state for path, page in pages.items()} == {
        "": PageState.TESTED,
        "busy": PageState.TESTED,
        "full": PageState.BLOCKED,
    }
    assert "also when it was asked again later" in pages["full"].reason


async def test_a_page_that_was_put_off_before_a_kill_is_not_asked_for_without_end(
    store: Store, rules: RuleSet, installed: Installed
) -> None:
    with serving({"/full": [503]}) as site:
        order = Order(Settings(concurrency=1), (Target(url=site.url, name="Site"),), pages=(f"{site.url}full",))
        number = begin(order, store, rules, tool=tool_of(rules, installed, "4"), started="")
        run = prepare(order, store, number, rules, browser=installed, listener=Listener())
        for _ in range(2):
            item = run.sites[0].queue.take()
            assert item is not None
            run.sites[0].queue.give_back(item, put_off=True)
        async with asyncio.timeout(PATIENCE_S):
            assert await run.go()
        assert site.asked["/full"] == 1
    [page] = store.load_scan(number).sites[0].pages
    assert (page.state, "asked again later" in page.reason) == (PageState.BLOCKED, True)


async def test_a_server_that_goes_away_is_left_alone_and_every_page_is_recorded(
    store: Store, rules: RuleSet, installed: Installed
) -> None:
    gone = {f"/{number}": [0] for number in range(20)}
    with serving({"/": [200], **gone}) as site:
        pages = await scanned(store, rules, installed, site, Settings(concurrency=1))
        asked = sum(path in gone for path in site.asked)
    assert len(pages) == 21
    assert asked == 5
    assert {page.state for path, page in pages.items() if path} == {PageState.UNREACHABLE}
    assert sum("5 pages in a row" in page.reason for page in pages.values()) == 15


async def test_a_budget_of_requests_leaves_the_rest(store: Store, rules: RuleSet, installed: Installed) -> None:
    with serving({"/": [200], **{f"/{number}": [200] for number in range(9)}}) as site:
        pages = await scanned(store, rules, installed, site, Settings(concurrency=1, max_requests=4))
    states = Counter(page.state for page in pages.values())
    assert states.keys() == {PageState.TESTED, PageState.BLOCKED}
    assert 2 <= states[PageState.TESTED] <= 4
    assert all("max-requests" in page.reason for page in pages.values() if not page.tested)


async def test_a_delay_is_kept_though_many_tabs_are_free(store: Store, rules: RuleSet, installed: Installed) -> None:
    """The delay is so long that the run must be stopped in it."""
    with serving({"/": [200], **{f"/{number}": [200] for number in range(3)}}) as site:
        order = Order(Settings(concurrency=3, delay_s=600.0), (Target(url=site.url, name="Site"),))
        number = begin(order, store, rules, tool=tool_of(rules, installed, "4"), started="")
        run = prepare(order, store, number, rules, browser=installed, listener=Listener())
        run.listener.page = lambda *_: asyncio.get_running_loop().call_later(0.5, run.stop) and None
        async with asyncio.timeout(PATIENCE_S):
            assert not await run.go()
        assert {path: site.asked[path] for path in site.pages} == {"/": 1, "/0": 0, "/1": 0, "/2": 0}


@pytest.mark.parametrize(
    ("page", "elsewhere"),
    [
        ("https://www.example.gov/", True),
        ("http://93.184.216.34/", True),
        ("http://localhost:8000/", False),
        ("http://127.0.0.1/", False),
        ("http://10.0.0.1/", False),
        ("page.html", False),
    ],
)
def test_a_contact_is_missed_where_a_host_may_be_somebody_elses(page: str, elsewhere: bool) -> None:
    assert is_elsewhere(page) is elsewhere
