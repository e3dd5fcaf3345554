"""What breaks off on its way is not taken for whole: documents and style sheets over connections that are cut."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import struct
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from reports.model import Tool
from reports.store import open_store
from rules.page import PageState
from rules.registry import load_rules
from scanner.browser.discover import Browser as Installed
from scanner.browser.pool import TabPlan, TabPool
from scanner.browser.tab import Tab
from scanner.browser.terms import Terms
from scanner.net.dial import Dialler
from scanner.order import Order, begin, perform
from scanner.probes.axe import AxeScript
from scanner.run import Listener
from scanner.settings_sources import load_settings
from scanner.sites import Target
from scanner.visit import VisitPlan, visit
from scanner.worker import work

QUICK = VisitPlan(load_s=10.0, probe_s=4.0)
TEXT = "<!doctype html><html lang=en><title>Fares</title><main><h1>Fares</h1><p>" + "The ferry to the island. " * 400
RESET = struct.pack("ii", 1, 0)

CUT_DOCUMENTS = {
    "a length, then the end": ("Content-Length: 99999\r\n", "end", "ERR_CONTENT_LENGTH_MISMATCH", True),
    "a length, then a reset": ("Content-Length: 99999\r\n", "reset", "ERR_", True),
    "no length, then a reset": ("", "reset", "ERR_CONNECTION_RESET", True),
    "chunks, then the end": ("Transfer-Encoding: chunked\r\n", "end", "ERR_INCOMPLETE_CHUNKED_ENCODING", True),
    "packed, but it is not": ("Content-Encoding: gzip\r\n", "end", "ERR_CONTENT_DECODING_FAILED", False),
}

STYLES = {
    "/none": ("<style>p { color: red }</style>", PageState.TESTED),
    "/whole": ("<link rel=stylesheet href=/whole.css>", PageState.TESTED),
    "/reset": ("<link rel=stylesheet href=/reset.css>", PageState.UNSTYLED),
    "/half": ("<link rel=stylesheet href=/half.css>", PageState.UNSTYLED),
    "/nobody": ("<link rel=stylesheet href=http://127.0.0.1:1/x.css>", PageState.UNSTYLED),
    "/imported": ("<link rel=stylesheet href=/imports.css>", PageState.UNSTYLED),
    "/imported-inside": ("<style>@import '/reset.css'; p { color: red }</style>", PageState.UNSTYLED),
    "/moved": ("<link rel=stylesheet href=/moved.css>", PageState.UNSTYLED),
    "/preloaded": ("<link rel=preload as=style href=/reset.css onload=\"this.rel='stylesheet'\">", PageState.UNSTYLED),
    "/in-shadow": ("<div><template shadowrootmode=open><link rel=stylesheet href=/reset.css></template></div>",
                   PageState.UNSTYLED),
    "/print": ("<link rel=stylesheet media=print href=/reset.css>", PageState.TESTED),
    "/alternate": ("<link rel='alternate stylesheet' title=x href=/reset.css>", PageState.TESTED),
    "/mended": ("<link rel=stylesheet href=/reset.css onerror=\"this.href='/whole.css'\">", PageState.TESTED),
    "/taken-away": ("<link rel=stylesheet href=/reset.css onerror=this.remove()>", PageState.TESTED),
}  # fmt: skip
"""What stands in a page's head or body, and how the page ends."""

SHEETS = {
    "/whole.css": ("Content-Length: 14\r\n", "p {color: red}", "end"),
    "/imports.css": ("", "@import '/reset.css'; p { color: red }", "end"),
    "/half.css": ("", "p { color: red }", "reset"),
}


class Site:
    """A server that ends each answer as it is told; `asked` counts requests by path."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.document = ("", "end")
        self.mended_after = 0
        self.base = ""

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError, asyncio.IncompleteReadError):
            path = (await reader.readuntil(b"\r\n\r\n")).split(b" ")[1].decode()
            self.asked.append(path)
            head, body, end = self.answer(path)
            if head is not None:
                writer.write(f"HTTP/1.1 {head}Connection: close\r\n\r\n{body}".encode())
                await writer.drain()
            if end == "reset":
                await asyncio.sleep(0.1)  # so that what was sent arrives first
                writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
                writer.transport.abort()
        writer.close()

    def answer(self, path: str) -> tuple[str | None, str, str]:
        """The head of the answer, its body, and how the connection ends."""
        html = "200 OK\r\nContent-Type: text/html\r\n"
        if path == "/cut" and self.asked.count(path) <= self.mended_after:
            headers, end = self.document
            return f"{html}{headers}", f"2000\r\n{TEXT}" if "chunked" in headers else TEXT, end
        if path == "/reset.css":
            return None, "", "reset"
        if path == "/moved.css":
            return "302 Found\r\nLocation: /reset.css\r\n", "", "end"
        if path in SHEETS:
            headers, body, end = SHEETS[path]
            return f"200 OK\r\nContent-Type: text/css\r\n{headers}", body, end
        return html, TEXT + STYLES.get(path, ("", None))[0], "end"


@pytest_asyncio.fixture(loop_scope="session")
async def site() -> AsyncIterator[Site]:
    site = Site()
    server = await asyncio.start_server(site.serve, "127.0.0.1", 0)
    site.base = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    yield site
    server.close()


@pytest_asyncio.fixture(loop_scope="session", params=["straight", "by the proxy"])
async def way(
    request: pytest.FixtureRequest, tab: Tab, installed: Installed, axe_script: AxeScript
) -> AsyncIterator[Tab]:
    """A tab that reaches the site itself, and one as a scan has it, whose proxy must not mend what is broken."""
    if request.param == "straight":
        yield tab
        return
    async with TabPool.open(TabPlan(installed, axe_script)) as pool:
        own = await pool.fresh(Terms.of("http://127.0.0.1/"))
        yield own
        await pool.give_back(own)


@pytest.mark.parametrize("how", CUT_DOCUMENTS)
async def test_a_document_that_breaks_off_is_unreachable(way: Tab, site: Site, how: str) -> None:
    headers, end, word, passes = CUT_DOCUMENTS[how]
    site.document, site.mended_after = (headers, end), 9
    done = await work(way, f"{site.base}/cut", QUICK, ())
    assert (done.result.state, done.result.status) == (PageState.UNREACHABLE, 200), done.result.reason
    assert done.result.reason.startswith(f"The answer broke off before its end (net::{word}")
    assert done.retry is passes
    assert (await visit(way, f"{site.base}/none", QUICK)).state is PageState.TESTED


@pytest.mark.parametrize(
    ("fault", "passes"),
    [
        (ConnectionResetError(), True),
        (TimeoutError(), True),
        (socket.gaierror(socket.EAI_AGAIN, "Temporary failure"), True),
        (socket.gaierror(socket.EAI_NONAME, "Not known"), False),
        (ConnectionRefusedError(), False),
    ],
    ids=repr,
)
async def test_a_fault_of_the_moment_is_told_from_one_that_stays(
    installed: Installed, axe_script: AxeScript, fault: OSError, passes: bool
) -> None:
    async def connect(address: str, port: int) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        raise fault

    async with TabPool.open(TabPlan(installed, axe_script, dialler=Dialler(connect=connect))) as pool:
        tab = await pool.fresh(Terms.of("http://127.0.0.1/"))
        for url in ("http://127.0.0.1/", "https://127.0.0.1/"):
            done = await work(tab, url, QUICK, ())
            assert done.result.state is PageState.UNREACHABLE
            assert done.result.reason.startswith("The page could not be opened: "), done.result.reason
            assert done.retry is passes
        await pool.give_back(tab)


async def test_a_scan_asks_once_more_for_what_broke_off(site: Site, installed: Installed, tmp_path: Path) -> None:
    settings = load_settings(None, {"concurrency": 1}, cwd=tmp_path)
    rules = load_rules()
    for times, state in ((1, PageState.TESTED), (2, PageState.UNREACHABLE)):
        site.document, site.mended_after = ("Content-Length: 99999\r\n", "reset"), times
        site.asked.clear()
        order = Order(settings, (Target(url=site.base),), pages=(f"{site.base}/cut",))
        with open_store(tmp_path / f"{times}.db") as store:
            number = begin(order, store, rules, tool=Tool("0"), started="")
            found = await perform(order, store, number, rules, browser=installed, listener=Listener(), clock=lambda: "")
        [page] = found.sites[0].pages
        assert (page.state, site.asked.count("/cut")) == (state, 2), page.reason


@pytest.mark.parametrize("path", STYLES)
async def test_a_style_sheet_that_breaks_off_is_missed(way: Tab, site: Site, path: str) -> None:
    _, state = STYLES[path]
    page = await visit(way, site.base + path, QUICK)
    assert page.state is state, (page.reason, page.resources.lost_styles if page.resources else ())
    after = await visit(way, f"{site.base}/whole", QUICK)
    assert after.state is PageState.TESTED, after.reason
