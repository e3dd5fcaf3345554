"""Only GET and HEAD leave the browser during a crawl; every other request is refused and recorded.

One watch for the whole browser, not one for each page: CDP's `Fetch` domain on the *browser's* session pauses the
requests of every page, frame, worker and pop-up, in whatever process they run, from before their first script on and
until after their last beacon. A session of one page misses frames in other processes, and it lets go of paused
requests when the page closes. The decision lies outside the renderer, so no script of a page gets around it.

Only those kinds of request are paused that can carry another method than GET; pictures, styles, scripts and fonts cost
nothing. WebSockets are refused by the proxy rules of `proxies.py`, reports of the browser's own by switches of
`launch.py`. docs/guard.md says what was measured.

The guard fails closed: a request that nobody answers stays paused and never leaves.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any, Final

from playwright.async_api import Browser, CDPSession, Error, Page

from scanner.browser.data_log import DATA_KINDS, DataLog
from scanner.browser.proxies import Proxy
from scanner.browser.requests import Place, RefusedRequest, RequestPattern, wanted_method

__all__ = ["Guard", "Guards", "RequestPattern"]

SAFE_METHODS: Final = frozenset({"GET", "HEAD"})

PAUSED_KINDS: Final = ("Document", "XHR", "Fetch", "EventSource", "Ping", "CSPViolationReport", "Other")
"""CDP's resource types that can have a method other than GET, and new documents. Preflights come as XHR or Fetch."""

RECORDED: Final = 500
"""How many requests of one page are kept; a hostile page makes them without end."""

_NO_SOCKETS: Final = (
    "for (const name of ['RTCPeerConnection', 'webkitRTCPeerConnection', 'WebTransport']) delete self[name];"
)
"""A second layer for what is no HTTP: the switches stop WebRTC over UDP, but neither TURN over TCP nor WebTransport."""

_LAST_ANSWERS_S: Final = 1.0


class Guard:
    """What one tab asked for and was refused since `begin`; made by `Guards.watch`."""

    def __init__(self, allow: Sequence[RequestPattern]) -> None:
        self.allow = tuple(allow)
        self.data = DataLog()
        self._refused: list[RefusedRequest] = []
        self._admitted: list[RefusedRequest] = []

    def begin(self) -> None:
        """Forget what the page before did."""
        self.data.begin()
        self._refused.clear()
        self._admitted.clear()

    @property
    def refused(self) -> tuple[RefusedRequest, ...]:
        """The requests that were stopped, in the order in which they were made."""
        return tuple(self._refused)

    @property
    def admitted(self) -> tuple[RefusedRequest, ...]:
        """The requests other than GET and HEAD that went out because `allow` names them."""
        return tuple(self._admitted)

    def admits(self, request: RefusedRequest) -> bool:
        """True when a pattern of `allow` names this request, or the one that this preflight asks leave for."""
        return any(pattern.matches(request.method, request.url) for pattern in self.allow)

    def note(self, request: RefusedRequest, *, admitted: bool) -> None:
        """Record what was decided."""
        notes = self._admitted if admitted else self._refused
        if len(notes) < RECORDED:
            notes.append(request)


class Guards:
    """The watch over everything that a browser sends: one for each browser, on duty before its first page.

    Documents load only in tabs that are watched: a pop-up gets neither a document nor a second of life.
    """

    def __init__(self, session: CDPSession, proxy: Proxy) -> None:
        self._session = session
        self._proxy = proxy
        self._challenged: set[str] = set()
        self._tabs: dict[str, Guard] = {}
        self._parents: dict[str, str] = {}
        self._pages: set[str] = set()
        self._answers: set[asyncio.Task[None]] = set()
        self.unplaced: list[RefusedRequest] = []

    @classmethod
    @asynccontextmanager
    async def on(cls, browser: Browser, *, proxy: Proxy | None = None) -> AsyncIterator[Guards]:
        """Gives the guard of a browser, for as long as that browser is used; `proxy` only for its user and password.

        Its session stays when the block ends: a session that detaches lets go of the requests that it holds.
        """
        guards = cls(await browser.new_browser_cdp_session(), proxy or Proxy())
        send, on = guards._session.send, guards._session.on
        on("Fetch.requestPaused", guards._paused)
        on("Fetch.authRequired", guards._challenge)
        on("Target.targetCreated", guards._target_created)
        on("Target.targetDestroyed", guards._target_destroyed)
        await send("Target.setDiscoverTargets", {"discover": True})
        patterns = [{"urlPattern": "*", "resourceType": kind} for kind in PAUSED_KINDS]
        patterns += [{"urlPattern": "*", "resourceType": kind, "requestStage": "Response"} for kind in DATA_KINDS]
        await send("Fetch.enable", {"patterns": patterns, "handleAuthRequests": bool(guards._proxy.username)})
        try:
            yield guards
        finally:
            if guards._answers:
                await asyncio.wait(guards._answers, timeout=_LAST_ANSWERS_S)

    async def watch(self, page: Page, session: CDPSession, *, allow: Sequence[RequestPattern] = ()) -> Guard:
        """Gives the record of one tab, whose own CDP session tells which frames it has.

        Until it is watched a tab loads no document. `allow` are the read-only calls that its target names.
        """
        tab = Guard(allow)
        session.on("Page.frameAttached", lambda event: self._parents.update({event["frameId"]: event["parentFrameId"]}))
        await session.send("Page.enable")
        await page.add_init_script(_NO_SOCKETS)
        main = (await session.send("Page.getFrameTree"))["frameTree"]["frame"]["id"]
        self._tabs[main] = tab
        page.on("close", lambda _: self._forget(main))
        return tab

    def _forget(self, main: str) -> None:
        self._tabs.pop(main, None)
        self._parents = {frame: parent for frame, parent in self._parents.items() if self._root(frame) in self._tabs}

    def _target_created(self, event: dict[str, Any]) -> None:
        target = event["targetInfo"]
        if parent := target.get("parentFrameId"):
            self._parents[target["targetId"]] = parent
        if target["type"] == "page":
            self._pages.add(target["targetId"])
            if "openerId" in target:
                self._answer("Target.closeTarget", {"targetId": target["targetId"]})

    def _target_destroyed(self, event: dict[str, Any]) -> None:
        self._pages.discard(event["targetId"])

    def _root(self, frame: str) -> str:
        seen = {frame}
        while (parent := self._parents.get(frame)) and parent not in seen:
            frame = parent
            seen.add(frame)
        return frame

    def _paused(self, event: dict[str, Any]) -> None:
        frame = event.get("frameId", "")
        kind = event["resourceType"]
        if "responseStatusCode" in event or "responseErrorReason" in event:
            if tab := self._tabs.get(self._root(frame)):
                tab.data.ended(event)
            self._answer("Fetch.continueRequest", {"requestId": event["requestId"]})
            return
        method, preflight = wanted_method(event["request"])
        popup = kind == "Document" and frame in self._pages and frame not in self._tabs
        if method in SAFE_METHODS and not preflight and not popup:
            if kind in DATA_KINDS and (tab := self._tabs.get(self._root(frame))):
                tab.data.started(event)
            self._answer("Fetch.continueRequest", {"requestId": event["requestId"]})
            return
        root = self._root(frame)
        tab = self._tabs.get(root)
        place = Place.POPUP if popup else Place.MAIN if frame == root else Place.FRAME
        request = RefusedRequest(
            method, event["request"]["url"], kind, place, preflight=preflight, network_id=event.get("networkId", "")
        )
        admitted = tab is not None and tab.admits(request)
        if tab is not None:
            tab.note(request, admitted=admitted)
        elif len(self.unplaced) < RECORDED:
            self.unplaced.append(request)
        if admitted:
            if tab is not None and kind in DATA_KINDS:
                tab.data.started(event)
            self._answer("Fetch.continueRequest", {"requestId": event["requestId"]})
            return
        # A document that fails as blocked is replaced by an error page; an aborted one leaves the page as it was.
        reason = "Aborted" if kind == "Document" else "BlockedByClient"
        self._answer("Fetch.failRequest", {"requestId": event["requestId"], "errorReason": reason})

    def _challenge(self, event: dict[str, Any]) -> None:
        answer = {"response": "Default"}
        if event["authChallenge"]["source"] == "Proxy":
            first = event["requestId"] not in self._challenged
            self._challenged.add(event["requestId"])
            known = {"username": self._proxy.username, "password": self._proxy.password}
            answer = {"response": "ProvideCredentials", **known} if first else {"response": "CancelAuth"}
        self._answer("Fetch.continueWithAuth", {"requestId": event["requestId"], "authChallengeResponse": answer})

    def _answer(self, method: str, parameters: dict[str, Any]) -> None:
        task = asyncio.get_running_loop().create_task(self._send(method, parameters))
        self._answers.add(task)
        task.add_done_callback(self._answers.discard)

    async def _send(self, method: str, parameters: dict[str, Any]) -> None:
        try:
            await self._session.send(method, parameters)
        except Error:
            return  # the request or the browser is gone; what is still paused does not leave
