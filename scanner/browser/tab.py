"""One tab: its context, sessions and watchers, used for many pages of one site and then renewed."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from playwright.async_api import Browser, BrowserContext, CDPSession, Dialog, Error, Page

from scanner.browser.guard import Guard, Guards
from scanner.browser.launch import Visitor, context_options
from scanner.browser.requests import RequestPattern
from scanner.browser.settle import STILL_SCRIPT
from scanner.probes.axe import WORLD, AxeScript

PATIENCE_S = 3.0


@dataclass
class Tab:
    """A page with everything that watches it. `broken` says why it cannot be used any more, empty while it can.

    `crash` is the sentence for a page whose renderer went away; `claim` asks who took it.

    A context of its own for each tab: pages in different contexts never share a renderer, so a page that
    hangs or crashes cannot touch the page in the other tab.
    """

    context: BrowserContext
    page: Page
    session: CDPSession
    guard: Guard
    script: AxeScript
    visits: int = 0
    broken: str = ""
    crash: str = ""
    claim: Callable[[], str] = lambda: ""
    dialogs: list[str] = field(default_factory=list)

    @classmethod
    async def open(
        cls,
        browser: Browser,
        guards: Guards,
        script: AxeScript,
        *,
        visitor: Visitor | None = None,
        allow: tuple[RequestPattern, ...] = (),
        claim: Callable[[], str] = lambda: "",
    ) -> Tab:
        """A fresh tab with the network guard on, motion off and axe-core ready in a world of its own."""
        context = await browser.new_context(**context_options(browser.version, visitor))
        page = await context.new_page()
        session = await context.new_cdp_session(page)
        await session.send("Page.enable")
        guard = await guards.watch(page, session, allow=allow)
        for source in (STILL_SCRIPT, script.source):
            await session.send("Page.addScriptToEvaluateOnNewDocument", {"source": source, "worldName": WORLD})
        tab = cls(context, page, session, guard, script, claim=claim)
        page.on("crash", tab._crashed)
        page.on("dialog", tab._dialog)
        return tab

    def begin(self) -> None:
        """Forget what the page before did."""
        self.guard.begin()
        self.dialogs.clear()
        self.visits += 1

    async def evaluate(self, expression: str) -> Any:
        """The value of an expression in our own world of the top frame; promises are waited for."""
        frame = (await self.session.send("Page.getFrameTree"))["frameTree"]["frame"]["id"]
        world = await self.session.send("Page.createIsolatedWorld", {"frameId": frame, "worldName": WORLD})
        answer = await self.session.send(
            "Runtime.evaluate",
            {
                "expression": expression,
                "contextId": world["executionContextId"],
                "awaitPromise": True,
                "returnByValue": True,
            },
        )
        if "exceptionDetails" in answer:
            raise Error(answer["exceptionDetails"].get("text", "script error"))
        return answer["result"].get("value")

    async def leave(self) -> None:
        """Take away what the page stored, so that the next page of the site is met like the first."""
        try:
            async with asyncio.timeout(PATIENCE_S):
                await self.evaluate("try { sessionStorage.clear(); localStorage.clear(); } catch { }")
                await self.context.clear_cookies()
        except (Error, TimeoutError):
            self.broken = self.broken or "the tab did not answer"

    async def close(self) -> bool:
        """Whether the tab could be closed; one that does not answer needs its browser ended."""
        try:
            async with asyncio.timeout(PATIENCE_S):
                await self.context.close()
        except (Error, TimeoutError):
            return False
        return True

    def _crashed(self, _: Page) -> None:
        self.broken = "the renderer crashed"
        self.crash = self.claim() or "The browser's renderer crashed on this page."

    async def _dialog(self, dialog: Dialog) -> None:
        self.dialogs.append(dialog.type)
        try:
            # Leaving a page is our own wish; everything else that a page asks is answered with no.
            await (dialog.accept() if dialog.type == "beforeunload" else dialog.dismiss())
        except Error:
            return  # the page went away with its question
