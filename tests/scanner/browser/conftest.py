"""Browsers of both kinds: open, guarded as a scan has them, and guarded with a process for each site."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack

import pytest
import pytest_asyncio
from playwright.async_api import async_playwright
from running import PATHS, Running

from scanner.browser.guard import Guards
from scanner.browser.launch import launch
from scanner.browser.proxies import Proxy, proxy_switches


@pytest.fixture(scope="module", params=sorted(PATHS))
def kind(request: pytest.FixtureRequest) -> str:
    if not PATHS[request.param].exists():
        pytest.skip(f"no {request.param} at {PATHS[request.param]}")
    return str(request.param)


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def open_browser(kind: str) -> AsyncIterator[Running]:
    """A browser as Playwright starts it, without guard or switches."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=PATHS[kind])
        yield Running(browser, None, kind)
        await browser.close()


@pytest_asyncio.fixture(scope="module", loop_scope="session", params=["as launched", "frames in own processes"])
async def guarded(kind: str, request: pytest.FixtureRequest) -> AsyncIterator[Running]:
    """A guarded browser, once as Curbcut starts it and once with a process for each site."""
    async with AsyncExitStack() as stack:
        playwright = await stack.enter_async_context(async_playwright())
        if request.param == "as launched":
            browser = await launch(playwright, PATHS[kind], kind)  # type: ignore[arg-type]
        else:
            switches = [*proxy_switches(Proxy()), "--site-per-process", "--disable-blink-features=SharedWorker"]
            browser = await playwright.chromium.launch(executable_path=PATHS[kind], args=switches)
        guards = await stack.enter_async_context(Guards.on(browser))
        yield Running(browser, guards, kind)
        await browser.close()


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def launched(kind: str) -> AsyncIterator[Running]:
    """A guarded browser as Curbcut starts it."""
    async with async_playwright() as playwright:
        browser = await launch(playwright, PATHS[kind], kind)  # type: ignore[arg-type]
        async with Guards.on(browser) as guards:
            yield Running(browser, guards, kind)
        await browser.close()
