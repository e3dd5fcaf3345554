"""Tabs in good order: opened when needed, renewed before they age, replaced with their browser when it fails."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager, nullcontext, suppress
from dataclasses import dataclass, field

from playwright.async_api import Browser, Error

from scanner.browser.access import Access
from scanner.browser.discover import Browser as Installed
from scanner.browser.driver import driver
from scanner.browser.guard import Guards
from scanner.browser.launch import Visitor, launch
from scanner.browser.memory import MemoryWatch
from scanner.browser.proxies import Proxy
from scanner.browser.tab import Tab
from scanner.browser.terms import Terms
from scanner.browser.trust import believing
from scanner.net.dial import Dialler
from scanner.net.forward import Forward
from scanner.net.running import forwarding
from scanner.probes.axe import AxeScript
from scanner.probes.reading import Reader

TAB_VISITS = 50
BROWSER_TABS = 12
CLOSE_S = 10.0
OPEN_S = 60.0
PAGE_MEMORY_MB = 1_500


@dataclass(frozen=True, slots=True)
class TabPlan:
    """What every tab of a run is opened with, and how hosts are reached; a page over `memory_mb` is ended.

    `access` is all that lets in anywhere, a tab is given what its service may use. When `quiet`, collectors of usage
    reports are asked for nothing.
    """

    installed: Installed
    script: AxeScript
    visitor: Visitor = Visitor()
    dialler: Dialler = Dialler()
    access: tuple[Access, ...] = ()
    quiet: bool = True
    memory_mb: int = PAGE_MEMORY_MB
    reader: Reader = field(default_factory=Reader)

    def guards(self, browser: Browser, proxy: Proxy) -> AbstractAsyncContextManager[Guards]:
        """The network guard of a browser of this run."""
        origins = sorted({access.origin for access in self.access if access.headers})
        return Guards.on(browser, proxy=proxy, quiet=self.quiet, origins=origins)


class _Process:
    """One browser process with its guard and a Playwright of its own; `tabs` counts those open, `opened` all ever.

    Playwright speaks to a browser through a process that one page can bring down (an answer too long for it). Then
    nothing but this browser is lost.
    """

    def __init__(self, browser: Browser, guards: Guards, memory: MemoryWatch, stack: AsyncExitStack) -> None:
        self.browser = browser
        self.guards = guards
        self.memory = memory
        self.tabs = 0
        self.opened = 0
        self.retired = False
        self._stack = stack

    @classmethod
    async def start(cls, plan: TabPlan, forward: Forward, environment: dict[str, str] | None) -> _Process:
        async with AsyncExitStack() as stack:
            playwright = await stack.enter_async_context(driver())
            proxy = forward.proxy()
            installed = plan.installed
            browser = await launch(playwright, installed.path, installed.kind, proxy=proxy, environment=environment)
            guards = await stack.enter_async_context(plan.guards(browser, proxy))
            memory = await stack.enter_async_context(MemoryWatch.over(browser, plan.memory_mb))
            return cls(browser, guards, memory, stack.pop_all())

    @property
    def is_usable(self) -> bool:
        """Whether it can serve another page."""
        return not self.retired and not self.memory.outgrown and self.browser.is_connected()

    async def end(self) -> None:
        """End the process; one that does not answer ends with its Playwright."""
        for close in (self.browser.close, self._stack.aclose):
            with suppress(Error, TimeoutError):
                async with asyncio.timeout(CLOSE_S):
                    await close()


class TabPool:
    """Hands out tabs. A tab serves one owner (a site) until it is old or broken; owners never share one.

    A browser process retires after a number of tabs, or when one of its tabs cannot be closed; it ends as
    soon as its last healthy tab is given back, so no page under way is lost.
    """

    def __init__(self, plan: TabPlan, forward: Forward, environment: dict[str, str] | None = None) -> None:
        self._plan = plan
        self._forward = forward
        self._environment = environment
        self._process: _Process | None = None
        self._starting = asyncio.Lock()
        self._homes: dict[int, _Process] = {}

    @classmethod
    @asynccontextmanager
    async def open(cls, plan: TabPlan, forward: Forward | None = None) -> AsyncIterator[TabPool]:
        """A pool for the time of a run; its browsers end with it. They go out by `forward`, else by one of its own."""
        own = forwarding(plan.dialler) if forward is None else nullcontext(forward)
        with own as way, believing(plan.dialler.bundle) as environment:
            pool = cls(plan, way, environment)
            try:
                yield pool
            finally:
                if pool._process is not None:
                    await pool._process.end()

    async def fresh(self, terms: Terms) -> Tab:
        """A new tab, in a new browser where the present one is retired or gone."""
        process = await self._running()
        process.tabs += 1
        process.opened += 1
        plan = self._plan
        passport = self._forward.admit(terms.reach)
        try:
            async with asyncio.timeout(OPEN_S):
                claim = process.memory.claim
                tab = await Tab.open(
                    process.browser,
                    process.guards,
                    plan.script,
                    reader=plan.reader,
                    visitor=plan.visitor,
                    terms=terms,
                    passport=passport,
                    claim=claim,
                )
        except (Error, TimeoutError) as error:
            self._forward.dismiss(passport)
            await self._leave(process, healthy=False)
            raise Error(str(error) or f"The browser opened no tab within {OPEN_S:.0f} seconds.") from error
        self._homes[id(tab)] = process
        return tab

    async def usable(self, tab: Tab | None, terms: Terms) -> Tab:
        """The tab itself while it is good for another page on these terms, else a fresh one in its place."""
        if tab is not None:
            home = self._homes[id(tab)]
            if not tab.broken and tab.terms == terms and tab.visits < TAB_VISITS and home.is_usable:
                return tab
            await self.give_back(tab)
        return await self.fresh(terms)

    async def give_back(self, tab: Tab) -> None:
        """Close a tab; a browser in which that fails is retired."""
        process = self._homes.pop(id(tab))
        if tab.passport is not None:
            self._forward.dismiss(tab.passport)
        await self._leave(process, healthy=await tab.close())

    async def _leave(self, process: _Process, *, healthy: bool) -> None:
        process.tabs -= 1
        process.retired = not (process.is_usable and healthy and process.opened < BROWSER_TABS)
        if process.retired and process.tabs == 0:
            if self._process is process:
                self._process = None
            await process.end()

    async def _running(self) -> _Process:
        async with self._starting:
            current = self._process
            if current is None or not current.is_usable:
                current = self._process = await _Process.start(self._plan, self._forward, self._environment)
            return current
