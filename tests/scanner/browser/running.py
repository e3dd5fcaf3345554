"""Browsers under test, their tabs, and what their guards refused."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from counting_server import CountingServer
from playwright.async_api import Browser, Page

from scanner.browser.guard import Guard, Guards
from scanner.browser.launch import context_options
from scanner.browser.requests import RequestPattern

PATHS = {"headless-shell": Path("/usr/bin/chromium-headless-shell"), "chromium": Path("/usr/bin/chromium")}
PATIENCE_S = 20.0
STEP_S = 0.02


@dataclass(frozen=True)
class Running:
    """A browser and, unless it is the open one for comparison, its guard."""

    browser: Browser
    guards: Guards | None
    kind: str

    async def tab(self, *allow: RequestPattern) -> tuple[Page, Guard | None]:
        """A new tab, watched when the browser is."""
        context = await self.browser.new_context(**context_options(self.browser.version))
        page = await context.new_page()
        if self.guards is None:
            return page, None
        return page, await self.guards.watch(page, await context.new_cdp_session(page), allow=allow)

    async def watched_tab(self, *allow: RequestPattern) -> tuple[Page, Guard]:
        """A new tab and its guard."""
        page, guard = await self.tab(*allow)
        assert guard is not None
        return page, guard

    def tried(self, guard: Guard, server: CountingServer) -> set[str]:
        """The paths on this server that were refused, whichever tab they were put down to."""
        assert self.guards is not None
        refused = (*guard.refused, *self.guards.unplaced)
        return {
            one.url.partition(f":{server.port}")[2]
            for one in refused
            if one.url.startswith((server.here, server.there))
        }


async def until(true: Callable[[], bool], what: Callable[[], object]) -> None:
    """Wait until something holds; fail with what is known when it never does."""
    for _ in range(int(PATIENCE_S / STEP_S)):
        if true():
            return
        await asyncio.sleep(STEP_S)
    pytest.fail(f"waited in vain: {what()}")
