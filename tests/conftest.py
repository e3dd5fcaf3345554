"""What many tests share: one real browser for the whole run, tabs in it, and folders served on loopback."""

from __future__ import annotations

import functools
import http.server
import threading
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path

import pytest
import pytest_asyncio
from hypothesis import settings
from playwright.async_api import Browser, async_playwright

from scanner.browser.discover import Browser as Installed
from scanner.browser.discover import ensure
from scanner.browser.guard import Guards
from scanner.browser.launch import launch
from scanner.browser.tab import Tab
from scanner.probes.axe import AxeScript

settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")  # how long an example takes tells of the machine, and of what it read before


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests of a file that share something that took long go to one process, where it is made once."""
    for item in items:
        uses_demo = "demo_scan" in item.fixturenames  # type: ignore[attr-defined]
        if uses_demo or _shares(item):
            item.add_marker(pytest.mark.xdist_group("demo" if uses_demo else item.nodeid.partition("::")[0]))


def _shares(item: pytest.Item) -> bool:
    """Whether a test uses something that is made once for its file."""
    known = item._fixtureinfo.name2fixturedefs.values()  # type: ignore[attr-defined]
    return any(definition[-1].scope == "module" for definition in known)


@pytest.fixture(scope="session")
def installed() -> Installed:
    """The browser that Curbcut finds on this machine."""
    return ensure(None, say=print)


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser(installed: Installed) -> AsyncIterator[Browser]:
    """One browser, started as a scan starts it."""
    async with async_playwright() as playwright:
        started = await launch(playwright, installed.path, installed.kind)
        yield started
        await started.close()


@pytest.fixture(scope="session")
def axe_script() -> AxeScript:
    """axe-core as packaged, with our driver."""
    return AxeScript.read()


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def watched_browser(installed: Installed) -> AsyncIterator[Browser]:
    """One more, for the network guard: it lets documents load only in the tabs that it knows."""
    async with async_playwright() as playwright:
        started = await launch(playwright, installed.path, installed.kind)
        yield started
        await started.close()


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def guards(watched_browser: Browser) -> AsyncIterator[Guards]:
    """The network guard of the browser in which tabs are opened."""
    async with Guards.on(watched_browser) as watching:
        yield watching


@pytest_asyncio.fixture(loop_scope="session")
async def tab(watched_browser: Browser, guards: Guards, axe_script: AxeScript) -> AsyncIterator[Tab]:
    """A fresh tab as a scan opens it."""
    opened = await Tab.open(watched_browser, guards, axe_script)
    yield opened
    await opened.close()


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def end_headers(self) -> None:
        # A file that changed within a second looks unchanged to a browser that kept the old one.
        self.send_header("Cache-Control", "no-store")
        super().end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Nothing: a test's output is its own."""


@pytest.fixture
def serve() -> Iterator[Callable[[Path], str]]:
    """A function that serves a folder on loopback and gives its address without a slash at the end."""
    servers: list[http.server.ThreadingHTTPServer] = []

    def start(folder: Path) -> str:
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Quiet, directory=str(folder)))
        threading.Thread(target=server.serve_forever, daemon=True).start()
        servers.append(server)
        return f"http://127.0.0.1:{server.server_port}"

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()
