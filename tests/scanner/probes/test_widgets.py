"""Controls are operated one of each kind, nothing is asked of any server meanwhile, and a page that hangs ends it."""

from __future__ import annotations

import http.server
import threading
from collections.abc import Awaitable, Callable, Iterator

import pytest

from rules.evidence.widgets import Widgets
from rules.page import Page
from scanner.browser.tab import Tab
from scanner.operating import EVERY
from scanner.visit import VisitPlan, visit

Look = Callable[[str], Awaitable[Page]]


class _Counting(http.server.BaseHTTPRequestHandler):
    asked: list[str]
    html: str

    def do_GET(self) -> None:
        self.asked.append(self.path)
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(self.html.encode())

    def log_message(self, format: str, *args: object) -> None:
        """Nothing: a test's output is its own."""


class Server:
    """A server of one page that notes what it is asked for."""

    def __init__(self) -> None:
        self.handler = type("Handler", (_Counting,), {"asked": [], "html": ""})
        self.http = http.server.ThreadingHTTPServer(("127.0.0.1", 0), self.handler)
        threading.Thread(target=self.http.serve_forever, daemon=True).start()


@pytest.fixture
def server() -> Iterator[Server]:
    """A server of one page, asked by the browser alone."""
    made = Server()
    yield made
    made.http.shutdown()
    made.http.server_close()


@pytest.fixture
def look(tab: Tab, server: Server) -> Look:
    """A function that operates a page of this HTML."""

    async def operated(html: str) -> Page:
        server.handler.html = f"<!doctype html><html lang=en><title>Page</title>{html}"
        return await visit(tab, f"http://127.0.0.1:{server.http.server_port}/page", VisitPlan(operate=EVERY))

    return operated


def names(page: Page) -> list[str]:
    assert page.widgets is not None, [probe for probe in page.probes if not probe.ran]
    controls = [page.dom.at(one.node) for one in page.widgets.operated]
    return [control.get("id") for control in controls if control is not None]


async def test_nothing_leaves_the_browser_and_the_page_stays(look: Look, server: Server) -> None:
    page = await look(
        "<button id=asks class=a aria-haspopup=true onclick=\"fetch('/data'); new Image().alt = 'x'\">Ask</button>"
        "<button id=leaves class=b aria-haspopup=true onclick=\"location = '/away'\">Go on</button>"
        "<button id=last class=c aria-expanded=false onclick=\"document.title = 'Operated'\">Last</button>"
    )
    assert names(page) == ["asks", "leaves", "last"]
    assert set(server.handler.asked) <= {"/page", "/favicon.ico"}


async def test_what_is_named_like_an_end_or_an_order_is_left_alone(look: Look) -> None:
    page = await look(
        "<button class=a aria-haspopup=true>Delete account</button>"
        "<button class=b aria-expanded=false>Abmelden</button>"
        "<form><button class=c aria-expanded=false>Details</button></form>"
        "<a class=d role=button href=/other>Elsewhere</a>"
        "<a class=e role=button aria-expanded=false href=#>Cerrar sesión</a>"
        "<button id=operated class=f aria-expanded=false>Help</button>"
    )
    assert names(page) == ["operated"]


async def test_one_of_each_kind_is_operated(look: Look) -> None:
    page = await look(
        "".join(f"<p><button id=n{n} class=more aria-expanded=false>Part {n}</button>" for n in range(30))
    )
    assert names(page) == ["n0"]


async def test_a_page_that_hangs_keeps_what_was_known(look: Look) -> None:
    page = await look(
        "<button id=first class=a aria-expanded=false>First</button>"
        "<button id=hangs class=b aria-expanded=false onclick='for (;;);'>Hangs</button>"
    )
    assert isinstance(page.widgets, Widgets)
    assert not page.widgets.complete
    assert names(page) == ["first"]
