"""What the guard does in a tab: which one it blames, what it admits, pop-ups, service workers, sockets of no HTTP."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from attempts import SEND, html, script
from counting_server import Answer, CountingServer
from playwright.async_api import Error, async_playwright
from running import PATHS, Running, until

from scanner.browser.launch import launch
from scanner.browser.requests import Place, RequestPattern

OPEN_TO_ALL = tuple((f"Access-Control-Allow-{name}", "*") for name in ("Origin", "Methods", "Headers"))


async def test_service_worker_sends_nothing_even_where_it_is_allowed(launched: Running) -> None:
    assert launched.guards is not None
    pages = {
        "/": html("<script>navigator.serviceWorker.register('/worker.js')</script>"),
        "/worker.js": script("oninstall = () => fetch('/from-service-worker', {method: 'POST'}).catch(() => 0)"),
    }
    with CountingServer(pages) as server:
        context = await launched.browser.new_context(service_workers="allow")
        page = await context.new_page()
        guard = await launched.guards.watch(page, await context.new_cdp_session(page))
        await page.goto(server.there)
        await until(lambda: "/from-service-worker" in launched.tried(guard, server), server.paths)
        await context.close()
        assert server.unsafe() == []


async def popups(launched: Running) -> tuple[set[str], set[str]]:
    """The pop-ups that open and those that close from now on, as sets that fill."""
    session = await launched.browser.new_browser_cdp_session()
    opened: set[str] = set()
    closed: set[str] = set()

    def created(event: dict[str, Any]) -> None:
        if "openerId" in event["targetInfo"]:
            opened.add(event["targetInfo"]["targetId"])

    session.on("Target.targetCreated", created)
    session.on("Target.targetDestroyed", lambda event: closed.add(event["targetId"]))
    await session.send("Target.setDiscoverTargets", {"discover": True})
    return opened, closed


@pytest.mark.parametrize("way", ["link", "link without opener", "script", "form", "empty window"])
async def test_click_opens_no_popup(launched: Running, way: str) -> None:
    pages = {
        "/": html(
            """<a id="link" href="/popup" target="_blank">1</a>
            <a id="link-without-opener" href="/popup" target="_blank" rel="noopener">2</a>
            <button id="script" onclick="window.open('/popup')">3</button>
            <form action="/popup" target="_blank" method="post"><button id="form">4</button></form>
            <button id="empty-window" onclick="const other = window.open('about:blank');
              if (other) other.fetch('/popup', {method: 'POST'}); else fetch('/none')">5</button>"""
        ),
        "/popup": html(SEND.format("/from-popup")),
    }
    with CountingServer(pages) as server:
        page, _ = await launched.watched_tab()
        await page.goto(server.here)
        opened, closed = await popups(launched)
        await page.click(f"#{way.replace(' ', '-')}", no_wait_after=True)
        await page.evaluate("fetch('/after')")
        # The shell opens none; in full Chromium the guard closes each.
        await until(lambda: bool(opened) or launched.kind == "headless-shell", server.paths)
        await until(lambda: opened <= closed, lambda: opened - closed)
        assert server.paths() & {"/popup", "/from-popup"} == set()
        assert server.unsafe() == []
        await page.context.close()


async def test_unwatched_tab_loads_no_document(launched: Running) -> None:
    with CountingServer({"/": html("page")}) as server:
        page, _ = await launched.watched_tab()
        other = await page.context.new_page()
        with pytest.raises(Error, match="ERR_ABORTED"):
            await other.goto(server.here)
        assert server.arrived == []
        await page.context.close()


async def test_each_tab_gets_its_own_and_begin_forgets(launched: Running) -> None:
    pages = {
        "/one": html(SEND.format("/by-one")),
        "/two": html('<iframe src="THERE/frame">'),
        "/frame": html(SEND.format("/by-frame")),
    }
    with CountingServer(pages) as server:
        (first, of_first), (second, of_second) = await launched.watched_tab(), await launched.watched_tab()
        await asyncio.gather(first.goto(f"{server.here}/one"), second.goto(f"{server.here}/two"))
        await until(lambda: bool(of_first.refused and of_second.refused), server.paths)
        assert [(one.method, one.url, one.place) for one in of_first.refused] == [
            ("POST", f"{server.here}/by-one", Place.MAIN)
        ]
        assert [(one.method, one.url, one.place) for one in of_second.refused] == [
            ("POST", f"{server.there}/by-frame", Place.FRAME)
        ]
        assert of_first.refused[0].kind in ("XHR", "Fetch")
        of_first.begin()
        assert (of_first.refused, len(of_second.refused)) == ((), 1)
        await first.context.close()
        await second.context.close()


async def test_refused_form_leaves_the_page_as_it_was(launched: Running) -> None:
    pages = {"/": html('<h1>Still here</h1><form method="post" action="/send"><button>Send</button></form>')}
    with CountingServer(pages) as server:
        page, guard = await launched.watched_tab()
        await page.goto(server.here)
        await page.click("button", no_wait_after=True)
        await until(lambda: bool(guard.refused), server.paths)
        assert [(one.kind, one.place) for one in guard.refused] == [("Document", Place.MAIN)]
        assert await page.text_content("h1") == "Still here"
        await page.context.close()


async def test_named_calls_go_out_and_no_others(launched: Running) -> None:
    pages = {
        "/": html(
            SEND.format("/graphql?q=1")
            + SEND.format("/graphql-admin")
            + """<script>
            fetch('THERE/search', {method: 'POST', headers: {'content-type': 'application/json'}}).catch(() => 0);
            fetch('THERE/list', {headers: {'x-key': '1'}}).catch(() => 0);
            fetch('THERE/other', {headers: {'x-key': '1'}}).catch(() => 0);
            fetch('/moved', {method: 'POST'}).catch(() => 0);
            </script>"""
        ),
        "/moved": Answer("", headers=(("Location", "/elsewhere"),), status=307),
        "/search": Answer("{}", "application/json", OPEN_TO_ALL),
        "/list": Answer("{}", "application/json", OPEN_TO_ALL),
    }
    with CountingServer(pages) as server:
        lines = (
            f"POST {server.here}/graphql?*",
            f"POST {server.there}/search",
            f"GET {server.there}/list",
            f"POST {server.here}/moved",
        )
        page, guard = await launched.watched_tab(*map(RequestPattern.parse, lines))
        await page.goto(server.here)
        refused = {"/graphql-admin", "/other", "/elsewhere"}
        came = {("POST", "/graphql?q=1"), ("OPTIONS", "/search"), ("POST", "/search"), ("OPTIONS", "/list")}
        came |= {("POST", "/moved")}
        await until(lambda: launched.tried(guard, server) >= refused, lambda: launched.tried(guard, server))
        await until(lambda: {one[:2] for one in server.unsafe()} >= came, server.unsafe)
        await until(lambda: ("GET", "/list", "") in server.arrived, server.paths)
        assert {one[:2] for one in server.unsafe()} == came
        assert {one.url.partition(str(server.port))[2] for one in guard.refused} == refused
        assert {(one.method, one.preflight) for one in guard.refused if one.url.endswith("/other")} == {("GET", True)}
        assert {(one.method, one.preflight) for one in guard.admitted if one.url.endswith("/list")} == {("GET", True)}
        await page.context.close()


async def test_page_has_no_webrtc_not_even_in_a_new_frame(launched: Running) -> None:
    pages = {"/": html("<iframe src=THERE/frame></iframe>"), "/frame": html("frame")}
    gone = "(w) => ['RTCPeerConnection', 'WebTransport'].some((name) => name in (w || window))"
    with CountingServer(pages) as server:
        page, _ = await launched.watched_tab()
        await page.goto(server.there)
        assert [await frame.evaluate(gone, None) for frame in page.frames] == [False, False]
        fresh = "document.body.append(Object.assign(document.createElement('iframe'), {id: 'fresh'}))"
        assert await page.evaluate(f"() => {{ {fresh}; return ({gone})(fresh.contentWindow); }}") is False
        await page.context.close()


@pytest.mark.parametrize("end", ["page", "context", "browser"])
async def test_request_that_nobody_answers_never_leaves(kind: str, end: str) -> None:
    """The guard fails closed: what is paused when its tab or browser closes is dropped, not let go."""
    body = SEND.format("/plain") + "<script>fetch('/kept', {method: 'POST', keepalive: true}).catch(() => 0)</script>"
    with CountingServer({"/": html(body)}) as server:
        async with async_playwright() as playwright:
            browser = await launch(playwright, PATHS[kind], kind)  # type: ignore[arg-type]
            session = await browser.new_browser_cdp_session()
            held: list[str] = []
            session.on("Fetch.requestPaused", lambda event: held.append(event["request"]["url"]))
            await session.send("Fetch.enable", {"patterns": [{"urlPattern": "*", "resourceType": "XHR"}]})
            page = await browser.new_page()
            await page.goto(server.here)
            await until(lambda: len(held) == 2, lambda: held)
            await {"page": page.close, "context": page.context.close, "browser": browser.close}[end]()
            await browser.close()
        assert server.unsafe() == []
