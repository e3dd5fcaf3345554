"""Nothing but GET and HEAD arrives at a counting server, whatever a page tries; an open browser shows that it tries."""

from __future__ import annotations

import pytest
from attempts import ATTEMPTS, SOCKETS, Attempt
from counting_server import CountingServer
from playwright.async_api import Page
from running import Running, until

SOCKET_COUNT = 5


async def carry_out(attempt: Attempt, page: Page, server: CountingServer) -> None:
    # A form that submits itself stops the parser: such a page never fires its load event.
    await page.goto(f"{server.here}/", wait_until="commit" if attempt.halts else "load")
    if attempt.click:
        await page.click(attempt.click, no_wait_after=True)
    if attempt.leave:
        await page.goto(f"{server.here}/next")


def silent(running: Running) -> set[str]:
    """What a guarded browser of this kind does not even try: full Chromium knows the switch against pings."""
    return {"/ping"} if running.kind == "chromium" else set()


@pytest.mark.parametrize("attempt", ATTEMPTS, ids=lambda attempt: attempt.name)
async def test_open_browser_sends_it(open_browser: Running, attempt: Attempt) -> None:
    """Without this the tests below would prove nothing."""
    with CountingServer(attempt.pages) as server:
        page, _ = await open_browser.tab()
        await carry_out(attempt, page, server)
        await until(lambda: {one.path for one in server.unsafe()} >= attempt.sends, server.unsafe)
        await page.context.close()


@pytest.mark.parametrize("attempt", ATTEMPTS, ids=lambda attempt: attempt.name)
async def test_guarded_browser_sends_nothing(guarded: Running, attempt: Attempt) -> None:
    with CountingServer(attempt.pages) as server:
        page, guard = await guarded.watched_tab()
        await carry_out(attempt, page, server)
        expected = attempt.sends - silent(guarded)
        await until(lambda: guarded.tried(guard, server) >= expected, lambda: expected - guarded.tried(guard, server))
        await page.context.close()
        assert server.unsafe() == []
        assert "/" in server.paths()


def closed(server: CountingServer) -> list[str]:
    return [one.path for one in server.arrived if one.path.startswith("/closed")]


async def test_open_browser_opens_sockets(open_browser: Running) -> None:
    with CountingServer(SOCKETS) as server:
        page, _ = await open_browser.tab()
        await page.goto(server.here)
        await until(lambda: len(server.unsafe()) >= SOCKET_COUNT, server.unsafe)
        assert {one.upgrade for one in server.unsafe()} == {"websocket"}
        await page.context.close()


async def test_guarded_browser_opens_no_socket(guarded: Running) -> None:
    with CountingServer(SOCKETS) as server:
        page, _ = await guarded.watched_tab()
        await page.goto(server.here)
        await until(lambda: len(closed(server)) >= SOCKET_COUNT, lambda: closed(server))
        assert server.unsafe() == []
        await page.context.close()
