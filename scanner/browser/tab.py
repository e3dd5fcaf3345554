"""One tab: its context, sessions and watchers, used for many pages of one site and then renewed."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from playwright.async_api import Browser, BrowserContext, CDPSession, Dialog, Error, Page, Request, Response

from scanner.browser.guard import Guard, Guards
from scanner.browser.launch import Visitor, context_options
from scanner.browser.settle import STILL_SCRIPT
from scanner.browser.terms import Terms
from scanner.net.passes import Pass
from scanner.probes.axe import WORLD, AxeScript
from scanner.probes.reading import Reader

PATIENCE_S = 3.0
MOST_LOST = 200

ABORTED = "net::ERR_ABORTED"
"""How a request fails that the page itself gave up, by moving on or by taking the element away."""


@dataclass
class Tab:
    """A page with everything that watches it. `broken` says why it cannot be used any more, empty while it can.

    `crash` is the sentence for a page whose renderer went away; `claim` asks who took it. `patience` is how long the
    visit may last: it ends with the renderer, which answers nothing any more. `pressed_at` is how many
    requests had been refused when the page's question for consent was answered, None where it was not. `lost_styles`
    are the addresses of style sheets whose loading failed in the network.

    A context of its own for each tab: pages in different contexts never share a renderer, so a page that
    hangs or crashes cannot touch the page in the other tab.
    """

    context: BrowserContext
    page: Page
    session: CDPSession
    guard: Guard
    script: AxeScript
    reader: Reader
    terms: Terms = field(default_factory=Terms)
    passport: Pass | None = None
    visits: int = 0
    waited_s: float = 0.0
    broken: str = ""
    crash: str = ""
    patience: asyncio.Timeout | None = None
    pressed_at: int | None = None
    claim: Callable[[], str] = lambda: ""
    dialogs: list[str] = field(default_factory=list)
    lost_styles: list[str] = field(default_factory=list)

    @classmethod
    async def open(
        cls,
        browser: Browser,
        guards: Guards,
        script: AxeScript,
        *,
        reader: Reader | None = None,
        visitor: Visitor | None = None,
        terms: Terms | None = None,
        passport: Pass | None = None,
        claim: Callable[[], str] = lambda: "",
    ) -> Tab:
        """A fresh tab with the network guard on, motion off and axe-core ready in a world of its own.

        `passport` is what the proxy knows the tab by, where the browser has one; `reader` reads pictures and remembers
        what it has read.
        """
        terms = terms or Terms()
        options = context_options(browser.version, visitor)
        states = [json.loads(access.state) for access in terms.access if access.state]
        local = [one for state in states for one in state["origins"]]
        context = await browser.new_context(**options, storage_state={"cookies": [], "origins": local})
        await context.add_cookies([one for access in terms.access for one in access.cookies_to_set()])
        page = await context.new_page()
        session = await context.new_cdp_session(page)
        await session.send("Page.enable")
        known = (passport.name, passport.secret) if passport else ("", "")
        guard = await guards.watch(page, session, allow=terms.allow, known=known, access=terms.access)
        for source in (STILL_SCRIPT, script.source):
            await session.send("Page.addScriptToEvaluateOnNewDocument", {"source": source, "worldName": WORLD})
        tab = cls(context, page, session, guard, script, reader or Reader(), terms, passport, claim=claim)
        page.on("crash", tab._crashed)
        page.on("dialog", tab._dialog)
        page.on("requestfailed", tab._failed)
        return tab

    def begin(self) -> None:
        """Forget what the page before did."""
        self.guard.begin()
        if self.passport is not None:
            self.passport.begin()
        self.dialogs.clear()
        self.lost_styles.clear()
        self.pressed_at = None
        self.visits += 1
        self.waited_s = 0.0

    def answered(self, answer: Response | None) -> None:
        """Note how long the server took to begin its answer."""
        timing = answer.request.timing if answer is not None else None
        if timing is not None and 0 <= timing["requestStart"] <= timing["responseStart"]:
            self.waited_s = (timing["responseStart"] - timing["requestStart"]) / 1000

    def trouble(self) -> str:
        """Why the page's own document could not be reached, as a sentence; empty where nothing is known of it."""
        return self.passport.trouble(self._host()) if self.passport else ""

    def may_pass(self) -> bool:
        """Whether the next try may reach the page's own document where this one did not."""
        return self.passport is not None and self._host() in self.passport.passing

    def refusal(self) -> str:
        """A host that the page was not let reach, with the reason; empty where there was none."""
        refused = self.passport.refused if self.passport else {}
        return next((f"{host}: {reason}" for host, reason in sorted(refused.items())), "")

    async def frame_ids(self) -> list[str]:
        """The frames of the page as CDP knows them, the top one first, parents before their children."""
        found: list[str] = []
        trees = [(await self.session.send("Page.getFrameTree"))["frameTree"]]
        while trees:
            tree = trees.pop(0)
            found.append(tree["frame"]["id"])
            trees += tree.get("childFrames", ())
        return found

    async def evaluate(self, expression: str, *, frame: str = "") -> Any:
        """The value of an expression in our own world of a frame, the top one by default; promises are waited for."""
        frame = frame or (await self.frame_ids())[0]
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
        if any(access.state for access in self.terms.access):
            self.broken = self.broken or "a recorded session is not used twice"
            return
        try:
            async with asyncio.timeout(PATIENCE_S):
                await self.evaluate("try { sessionStorage.clear(); localStorage.clear(); } catch { }")
                await self.context.clear_cookies()
                await self.context.add_cookies([one for a in self.terms.access for one in a.cookies_to_set()])
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

    def _host(self) -> str:
        return (urlsplit(self.guard.document).hostname or "").rstrip(".")

    def _failed(self, request: Request) -> None:
        if request.resource_type != "stylesheet" or request.failure == ABORTED or len(self.lost_styles) >= MOST_LOST:
            return
        self.lost_styles.append(request.url)
        while request.redirected_from is not None:
            request = request.redirected_from
        self.lost_styles.append(request.url)

    def _crashed(self, _: Page) -> None:
        self.broken = "the renderer crashed"
        self.crash = self.claim() or "The browser's renderer crashed on this page."
        if self.patience is not None and not self.patience.expired():
            self.patience.reschedule(0)

    async def _dialog(self, dialog: Dialog) -> None:
        self.dialogs.append(dialog.type)
        try:
            # Leaving a page is our own wish; everything else that a page asks is answered with no.
            await (dialog.accept() if dialog.type == "beforeunload" else dialog.dismiss())
        except Error:
            return  # the page went away with its question
