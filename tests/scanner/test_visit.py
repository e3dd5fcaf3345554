"""Whatever a server or a page does, a visit ends in a named state within its budget and the next page is unaffected."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from playwright.async_api import Browser, Error

from rules.page import Page, PageState
from scanner.browser.guard import Guards
from scanner.browser.tab import Tab
from scanner.probes.axe import AxeScript
from scanner.visit import VisitPlan, visit

QUICK = VisitPlan(load_s=2.5, probe_s=4.0)
IMPATIENT = VisitPlan(load_s=1.5, probe_s=1.0)
HEAD = "<!doctype html><html lang=en><title>Page</title><main><h1>Page</h1>"

SPIN = "while (true) {}"
DIALOGS = """
alert(1); confirm(2); prompt(3); print();
addEventListener("beforeunload", (event) => { event.preventDefault(); event.returnValue = "stay"; });
"""


def html(body: str = "", *, script: str = "") -> tuple[int, str, str]:
    """A page that the server answers with 200."""
    return 200, "text/html", f"{HEAD}{body}" + (f"<script>{script}</script>" if script else "")


PAGES: dict[str, tuple[int, str, str]] = {
    "/good": html("<p>Good."),
    "/missing": (404, "text/html", f"{HEAD}<p>Not here."),
    "/broken": (500, "text/html", f"{HEAD}<p>Broken."),
    "/refused": (403, "text/html", f"{HEAD}<p>No."),
    "/login": (401, "text/html", f"{HEAD}<p>Who are you?"),
    "/storm": (429, "text/html", f"{HEAD}<p>Too many."),
    "/data": (200, "application/json", '{"a": 1}'),
    "/text": (200, "text/plain", "just text"),
    "/spin": html(script=SPIN),
    "/spin-later": html(script=f"addEventListener('load', () => setTimeout(() => {{ {SPIN} }}, 50))"),
    "/bare": html("<link rel=stylesheet href=/gone.css><p>Bare."),
    "/gone.css": (404, "text/css", ""),
    "/starved": html("<p>Loading", script="fetch('/api', {method: 'POST', body: '1'}).catch(() => 0)"),
    "/fed-badly": html("<p>Loading", script="fetch('/broken')"),
    "/dialogs": html(script=DIALOGS),
    "/crowded": html("<ul hidden>", script="document.querySelector('ul').innerHTML = '<li>'.repeat(200_001)"),
    "/stuffed": html("<p>", script="document.querySelector('p').dataset.x = 'x'.repeat(50_000_001)"),
    "/onward": html("<meta http-equiv=refresh content='0;url=http://127.0.0.1:1/'>"),
    "/loop": html("<meta http-equiv=refresh content='0;url=/loop'>"),
}


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        if self.path == "/endless":
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            with contextlib.suppress(OSError):
                for _ in range(200):
                    self.wfile.write(b"<p>more")
                    self.wfile.flush()
                    time.sleep(0.05)
            return
        if self.path in ("/redirect-loop", "/download"):
            self.send_response(302 if self.path == "/redirect-loop" else 200)
            self.send_header("Location", self.path)
            self.send_header("Content-Type", "application/octet-stream")
            self.send_header("Content-Disposition", "attachment; filename=x.bin")
            self.end_headers()
            self.wfile.write(b"x")
            return
        status, mime, body = PAGES.get(self.path, (404, "text/html", f"{HEAD}<p>Nothing."))
        self.send_response(status)
        self.send_header("Content-Type", f"{mime}; charset=utf-8")
        self.end_headers()
        with contextlib.suppress(OSError):
            self.wfile.write(body.encode())

    def log_message(self, format: str, *args: object) -> None:
        """Nothing: a test's output is its own."""


@pytest.fixture(scope="module")
def base() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize(
    ("path", "state"),
    [
        ("/good", PageState.TESTED),
        ("/missing", PageState.ERROR_PAGE),
        ("/broken", PageState.ERROR_PAGE),
        ("/refused", PageState.BLOCKED),
        ("/login", PageState.LOGIN),
        ("/storm", PageState.BLOCKED),
        ("/data", PageState.NOT_HTML),
        ("/text", PageState.NOT_HTML),
        ("/download", PageState.NOT_HTML),
        ("/redirect-loop", PageState.UNREACHABLE),
        ("/endless", PageState.TIMEOUT),
        ("/bare", PageState.UNSTYLED),
        ("/starved", PageState.INCOMPLETE_DATA),
        ("/fed-badly", PageState.INCOMPLETE_DATA),
        ("/dialogs", PageState.TESTED),
        ("/onward", PageState.UNREACHABLE),
        ("/crowded", PageState.TIMEOUT),
        ("/stuffed", PageState.TIMEOUT),
    ],
)
async def test_each_case_has_its_state_and_leaves_the_tab_usable(
    tab: Tab, base: str, path: str, state: PageState
) -> None:
    page = await visit(tab, base + path, QUICK)
    assert (page.state, bool(page.reason)) == (state, state is not PageState.TESTED), page.reason
    after = await visit(tab, f"{base}/good", QUICK)
    assert after.state is PageState.TESTED, after.reason


@pytest.mark.parametrize("url", ["http://no-such-host.invalid/", "http://127.0.0.1:1/", "nonsense", "http://%%%/"])
async def test_addresses_that_lead_nowhere(tab: Tab, base: str, url: str) -> None:
    page = await visit(tab, url, QUICK)
    assert page.state is PageState.UNREACHABLE
    assert "could not open" in page.reason
    assert (await visit(tab, f"{base}/good", QUICK)).state is PageState.TESTED


async def test_a_server_that_never_answers(tab: Tab) -> None:
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        page = await visit(tab, f"http://127.0.0.1:{silent.getsockname()[1]}/", QUICK)
    assert page.state is PageState.TIMEOUT


@pytest.mark.parametrize("path", ["/spin", "/spin-later"])
async def test_script_that_never_yields_costs_its_budget_and_its_tab_alone(
    watched_browser: Browser, guards: Guards, axe_script: AxeScript, base: str, path: str
) -> None:
    stuck = await Tab.open(watched_browser, guards, axe_script)
    started = time.monotonic()
    page = await visit(stuck, base + path, IMPATIENT)
    assert page.state is PageState.TIMEOUT, page.reason
    assert time.monotonic() - started < IMPATIENT.load_s + 3 * IMPATIENT.probe_s + 10
    assert stuck.broken
    await stuck.close()
    other = await Tab.open(watched_browser, guards, axe_script)
    assert (await visit(other, f"{base}/good", QUICK)).state is PageState.TESTED
    await other.close()


async def test_a_renderer_that_crashes_is_named(
    watched_browser: Browser, guards: Guards, axe_script: AxeScript, base: str
) -> None:
    tab = await Tab.open(watched_browser, guards, axe_script)

    async def crash_soon() -> None:
        await asyncio.sleep(0.5)
        with contextlib.suppress(Error):
            await tab.session.send("Page.crash")  # the answer never comes

    crashing = asyncio.create_task(crash_soon())
    page = await visit(tab, f"{base}/endless", QUICK)
    crashing.cancel()
    assert page.state is PageState.CRASHED, page.reason
    assert tab.broken
    await tab.close()


async def test_an_endless_refresh_is_looked_at_or_named(tab: Tab, base: str) -> None:
    page: Page = await visit(tab, f"{base}/loop", QUICK)
    assert page.state in (PageState.TESTED, PageState.CRASHED, PageState.TIMEOUT), page.reason
