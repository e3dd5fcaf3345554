"""The demo served once for all tests here, and a plain browser of its own: no guard, no probes, motion on."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, async_playwright

from scanner.browser.discover import Browser as Installed
from scanner.browser.launch import launch
from scanner.demo.serve import serve


@pytest.fixture(scope="session")
def demo() -> Iterator[str]:
    """The address of the demo, with a slash at the end."""
    with serve() as base:
        yield base


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def plain_browser(installed: Installed) -> AsyncIterator[Browser]:
    """A browser that nobody watches."""
    async with async_playwright() as playwright:
        started = await launch(playwright, installed.path, installed.kind)
        yield started
        await started.close()


@pytest_asyncio.fixture(loop_scope="session")
async def page(plain_browser: Browser) -> AsyncIterator[Page]:
    """A desktop page."""
    context = await plain_browser.new_context(viewport={"width": 1280, "height": 800})
    yield await context.new_page()
    await context.close()
