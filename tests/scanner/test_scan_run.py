"""A run survives what happens to browsers and services, and hands back what it was stopped before."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from reports.model import Scan
from reports.store import Store, open_store
from rules.page import PageState
from rules.registry import RuleSet, load_rules
from scanner.browser.discover import Browser as Installed
from scanner.order import Order, begin, prepare, tool_of
from scanner.run import Listener, Run
from scanner.settings import Settings
from scanner.sites import Target

HEAD = "<!doctype html><html lang=en><title>Page</title><main><h1>Page</h1>"
PATIENCE_S = 90


class Site(ThreadingHTTPServer):
    """A small site whose pages are given by path; `hooks` are called while a page is half sent."""

    daemon_threads = True

    def __init__(self, pages: dict[str, str]) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.pages = pages
        self.hooks: dict[str, Callable[[], None]] = {}
        self.asked: Counter[str] = Counter()

    @property
    def url(self) -> str:
        """The address of its first page."""
        return f"http://127.0.0.1:{self.server_port}/"

    def handle_error(self, request: object, client_address: object) -> None:
        """Nothing: browsers leave in the middle of answers."""


class _Handler(BaseHTTPRequestHandler):
    server: Site

    def do_GET(self) -> None:
        self.server.asked[self.path] += 1
        body = self.server.pages.get(self.path)
        self.send_response(200 if body is not None else 404)
        self.send_header("Content-Type", "text/plain" if self.path == "/robots.txt" else "text/html")
        self.end_headers()
        if hook := self.server.hooks.get(self.path):
            self.wfile.write((HEAD + "<p>more" * 500).encode())
            self.wfile.flush()
            time.sleep(0.5)
            hook()
            time.sleep(0.5)
        self.wfile.write((body or HEAD).encode())

    def log_message(self, format: str, *args: object) -> None:
        """Nothing: a test's output is its own."""


@contextmanager
def serving(pages: dict[str, str]) -> Iterator[Site]:
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


def a_run(
    store: Store, rules: RuleSet, installed: Installed, *urls: str, listener: Listener | None = None, tabs: int = 1
) -> Run:
    """A run over services with these addresses, ready to go."""
    settings = Settings(concurrency=tabs, page_timeout_s=10.0)
    order = Order(settings, tuple(Target(url=url, name=url) for url in urls))
    number = begin(order, store, rules, tool=tool_of(rules, installed, "4"), started="")
    return prepare(order, store, number, rules, browser=installed, listener=listener or Listener())


def states(scan: Scan) -> list[PageState]:
    return [page.state for site in scan.sites for page in site.pages]


def renderers() -> set[int]:
    """The processes below this one that show pages, on Linux."""
    parents: dict[int, int] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            parents[int(stat.parent.name)] = int(stat.read_text("utf-8", "replace").rpartition(")")[2].split()[1])
    return {pid for pid in parents if os.getpid() in _above(pid, parents) and "--type=renderer" in _command_line(pid)}


def _above(pid: int, parents: dict[int, int]) -> Iterator[int]:
    while pid in parents:
        pid = parents[pid]
        yield pid


def _command_line(pid: int) -> str:
    with suppress(OSError):
        return Path(f"/proc/{pid}/cmdline").read_text("utf-8", "replace")
    return ""


def kill(pids: set[int]) -> None:
    """Kill processes, gone ones aside."""
    for pid in pids:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)


@pytest.mark.skipif(sys.platform != "linux", reason="finds the browser's processes in /proc")
@pytest.mark.parametrize(("times", "state"), [(1, "tested"), (2, "crashed")])
async def test_a_renderer_that_crashes_costs_one_more_try_and_never_the_pages_beside(
    store: Store, rules: RuleSet, installed: Installed, times: int, state: str
) -> None:
    others = renderers()
    left = Counter(kills=times)

    def fail() -> None:
        if left["kills"]:
            left["kills"] -= 1
            kill(renderers() - others)

    with serving({"/": f"{HEAD}<a href=/fail>1</a><a href=/good>2</a>", "/fail": HEAD, "/good": HEAD}) as site:
        site.hooks["/fail"] = fail
        run = a_run(store, rules, installed, site.url)
        async with asyncio.timeout(PATIENCE_S):
            assert await run.go()
        assert states(store.load_scan(run.plan.scan)) == ["tested", state, "tested"]
        assert site.asked["/fail"] == 2
        assert site.asked["/good"] == 1


async def test_a_stopped_run_finishes_the_page_under_way_and_hands_back_the_rest(
    store: Store, rules: RuleSet, installed: Installed
) -> None:
    links = "".join(f"<a href=/{number}>{number}</a>" for number in range(5))
    with serving({"/": HEAD + links, **{f"/{number}": HEAD for number in range(5)}}) as site:
        listener = Listener()
        run = a_run(store, rules, installed, site.url, listener=listener)
        seen: list[str] = []

        def page(_: object, result: object) -> None:
            seen.append(str(result))
            if len(seen) == 2:
                run.stop()

        listener.page = page
        async with asyncio.timeout(PATIENCE_S):
            assert not await run.go()
    queue = run.sites[0].queue.state()
    assert (queue.done, queue.running, queue.waiting) == (2, 0, 4)
    scan = store.load_scan(run.plan.scan)
    assert states(scan) == ["tested", "tested"]
    assert scan.sites[0].state == "not-judged"
    assert "stopped" in scan.sites[0].reason


async def test_a_run_is_stopped_while_it_waits_for_its_turn(store: Store, rules: RuleSet, installed: Installed) -> None:
    robots = "User-agent: *\nCrawl-delay: 600\n"
    with serving({"/": f"{HEAD}<a href=/next>Next</a>", "/next": HEAD, "/robots.txt": robots}) as site:
        listener = Listener()
        run = a_run(store, rules, installed, site.url, listener=listener)
        listener.page = lambda *_: asyncio.get_running_loop().call_later(0.3, run.stop) and None
        async with asyncio.timeout(PATIENCE_S):
            assert not await run.go()
        assert site.asked["/next"] == 0
    queue = run.sites[0].queue.state()
    assert (queue.done, queue.running, queue.waiting) == (1, 0, 1)


async def test_a_service_that_cannot_be_reached_leaves_the_others_alone(
    store: Store, rules: RuleSet, installed: Installed
) -> None:
    with serving({"/": HEAD}) as gone:
        nowhere = gone.url
    with serving({"/": HEAD}) as site:
        run = a_run(store, rules, installed, nowhere, site.url, tabs=2)
        async with asyncio.timeout(PATIENCE_S):
            assert await run.go()
    first, second = store.load_scan(run.plan.scan).sites
    assert (first.state, [page.state for page in first.pages]) == ("not-judged", [PageState.UNREACHABLE])
    assert (second.state, [page.state for page in second.pages]) == ("judged", [PageState.TESTED])


async def test_robots_are_obeyed_and_what_they_forbid_is_told(
    store: Store, rules: RuleSet, installed: Installed
) -> None:
    home = f"{HEAD}<a href=/open>1</a><a href=/secret/page>2</a>"
    robots = "User-agent: *\nDisallow: /secret/\n"
    with serving({"/": home, "/open": HEAD, "/secret/page": HEAD, "/robots.txt": robots}) as site:
        run = a_run(store, rules, installed, site.url)
        async with asyncio.timeout(PATIENCE_S):
            assert await run.go()
        assert site.asked["/secret/page"] == 0
        assert [page.url.removeprefix(site.url) for page in store.load_scan(run.plan.scan).sites[0].pages] == [
            "",
            "open",
        ]
