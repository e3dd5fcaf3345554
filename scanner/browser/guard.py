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
from collections.abc import AsyncIterator, Coroutine, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import Any, Final

from playwright.async_api import Browser, CDPSession, Error, Page

from scanner.browser.access import Access
from scanner.browser.data_log import DATA_KINDS
from scanner.browser.proxies import Proxy
from scanner.browser.record import RECORDED, Guard
from scanner.browser.requests import Place, RefusedRequest, RequestPattern, wanted_method
from scanner.browser.telemetry import TELEMETRY, is_telemetry

__all__ = ["Guard", "Guards", "RequestPattern"]

SAFE_METHODS: Final = frozenset({"GET", "HEAD"})

PAUSED_KINDS: Final = ("Document", "XHR", "Fetch", "EventSource", "Ping", "CSPViolationReport", "Other")
"""CDP's resource types that can have a method other than GET, and new documents. Preflights come as XHR or Fetch."""

_NO_SOCKETS: Final = (
    "for (const name of ['RTCPeerConnection', 'webkitRTCPeerConnection', 'WebTransport']) delete self[name];"
)
"""A second layer for what is no HTTP: the switches stop WebRTC over UDP, but neither TURN over TCP nor WebTransport."""

_LAST_ANSWERS_S: Final = 1.0
_NONE: Final[Mapping[str, str]] = {}


class Guards:
    """The watch over everything that a browser sends: one for each browser, on duty before its first page.

    Documents load only in tabs that are watched: a pop-up gets an empty page and is closed.
    """

    def __init__(self, session: CDPSession, proxy: Proxy, *, quiet: bool = False) -> None:
        self._session = session
        self._quiet = quiet
        self._proxy = proxy
        self._challenged: set[str] = set()
        self._tabs: dict[str, Guard] = {}
        self._parents: dict[str, str] = {}
        self._pages: set[str] = set()
        self._popups: set[str] = set()
        self._answers: set[asyncio.Task[None]] = set()
        self.unplaced: list[RefusedRequest] = []

    @classmethod
    @asynccontextmanager
    async def on(
        cls, browser: Browser, *, proxy: Proxy | None = None, quiet: bool = False, origins: Sequence[str] = ()
    ) -> AsyncIterator[Guards]:
        """Gives the guard of a browser, for as long as that browser is used; `proxy` only for its user and password.

        When `quiet`, collectors of usage reports are asked for nothing. All requests to `origins` pass by the guard,
        which adds what lets a tab in there.

        Its session stays when the block ends: a session that detaches lets go of the requests that it holds.
        """
        guards = cls(await browser.new_browser_cdp_session(), proxy or Proxy(), quiet=quiet)
        send, on = guards._session.send, guards._session.on
        on("Fetch.requestPaused", guards._paused)
        on("Fetch.authRequired", guards._challenge)
        on("Target.targetCreated", guards._target_created)
        on("Target.targetDestroyed", guards._target_destroyed)
        await send("Target.setDiscoverTargets", {"discover": True})
        patterns = [{"urlPattern": "*", "resourceType": kind} for kind in PAUSED_KINDS]
        patterns += [{"urlPattern": "*", "resourceType": kind, "requestStage": "Response"} for kind in DATA_KINDS]
        patterns += [{"urlPattern": f"{origin}/*"} for origin in origins]
        patterns += [{"urlPattern": pattern} for pattern in TELEMETRY if quiet]
        asked = bool(guards._proxy.username or guards._proxy.everything)
        await send("Fetch.enable", {"patterns": patterns, "handleAuthRequests": asked})
        try:
            yield guards
        finally:
            if guards._answers:
                await asyncio.wait(guards._answers, timeout=_LAST_ANSWERS_S)

    async def watch(
        self,
        page: Page,
        session: CDPSession,
        *,
        allow: Sequence[RequestPattern] = (),
        known: tuple[str, str] = ("", ""),
        access: Sequence[Access] = (),
    ) -> Guard:
        """Gives the record of one tab, whose own CDP session tells which frames it has.

        Until it is watched a tab loads no document. `allow` are the read-only calls that its target names, `known` the
        user and password by which the tab is known to the proxy, `access` what it may send to be let in somewhere.
        """
        tab = Guard(allow, known, access)
        session.on("Page.frameAttached", lambda event: self._parents.update({event["frameId"]: event["parentFrameId"]}))
        await session.send("Page.enable")
        await page.add_init_script(_NO_SOCKETS)
        main = (await session.send("Page.getFrameTree"))["frameTree"]["frame"]["id"]
        self._tabs[main] = tab
        page.on("close", lambda _: self._forget(main))
        # Not as soon as it is there, by `Target.closeTarget`: closing a window that Chromium still holds for its
        # debugger leaves the page that opened it hanging. Playwright reports a pop-up when it runs.
        page.on("popup", lambda popup: self._task(_close(popup)))
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
        if opener := target.get("openerId"):
            self._popups.add(target["targetId"])
            self._parents[target["targetId"]] = opener

    def _target_destroyed(self, event: dict[str, Any]) -> None:
        self._pages.discard(event["targetId"])
        self._popups.discard(event["targetId"])

    def _root(self, frame: str) -> str:
        seen = {frame}
        while (parent := self._parents.get(frame)) and parent not in seen:
            frame = parent
            seen.add(frame)
        return frame

    def _paused(self, event: dict[str, Any]) -> None:
        tab = self._tabs.get(self._root(event.get("frameId", "")))
        if "responseStatusCode" in event or "responseErrorReason" in event:
            if tab is not None:
                tab.data.ended(event)
            self._let_out(event)
            return
        request = self._request(event)
        if tab is not None and tab.sealed and request.kind in PAUSED_KINDS:
            self._refuse(event, request)
            return
        if tab is not None and request.kind == "Document" and request.place is Place.MAIN:
            tab.document = request.url
        harmless = request.method in SAFE_METHODS and not request.preflight and request.place is not Place.POPUP
        admitted = not harmless and tab is not None and tab.admits(request)
        if not harmless:
            self._note(tab, request, admitted=admitted)
        if not harmless and not admitted:
            self._refuse(event, request)
            return
        if self._quiet and not admitted and is_telemetry(request.url):
            self._note(tab, request, admitted=False)
            self._refuse(event, request)
            return
        if tab is not None and request.kind in DATA_KINDS:
            tab.data.started(event)
        self._let_out(event, tab.headers_for(request.url) if tab else {})

    def _request(self, event: dict[str, Any]) -> RefusedRequest:
        frame, kind = event.get("frameId", ""), event["resourceType"]
        method, preflight = wanted_method(event["request"])
        place = Place.MAIN if frame in self._tabs else Place.FRAME
        if kind == "Document" and frame in self._pages and frame not in self._tabs:
            place = Place.POPUP
        url, network_id = event["request"]["url"], event.get("networkId", "")
        return RefusedRequest(method, url, kind, place, preflight=preflight, network_id=network_id)

    def _note(self, tab: Guard | None, request: RefusedRequest, *, admitted: bool) -> None:
        if tab is not None:
            tab.note(request, admitted=admitted)
        elif len(self.unplaced) < RECORDED:
            self.unplaced.append(request)

    def _let_out(self, event: dict[str, Any], headers: Mapping[str, str] = _NONE) -> None:
        answer: dict[str, Any] = {"requestId": event["requestId"]}
        if headers:
            added = {name.lower() for name in headers}
            sent = {name: value for name, value in event["request"]["headers"].items() if name.lower() not in added}
            answer["headers"] = [{"name": name, "value": value} for name, value in {**sent, **headers}.items()]
        self._answer("Fetch.continueRequest", answer)

    def _refuse(self, event: dict[str, Any], request: RefusedRequest) -> None:
        if event.get("frameId") in self._popups and request.kind == "Document":
            # An empty page instead of a failure: Playwright reports a pop-up, to be closed, only once it shows a page.
            empty = {
                "responseCode": 200,
                "responseHeaders": [{"name": "Content-Type", "value": "text/html"}],
                "body": "",
            }
            self._answer("Fetch.fulfillRequest", {"requestId": event["requestId"], **empty})
            return
        # A document that fails as blocked is replaced by an error page; an aborted one leaves the page as it was.
        reason = "Aborted" if request.kind == "Document" else "BlockedByClient"
        self._answer("Fetch.failRequest", {"requestId": event["requestId"], "errorReason": reason})

    def _challenge(self, event: dict[str, Any]) -> None:
        answer = {"response": "Default"}
        if event["authChallenge"]["source"] == "Proxy":
            first = event["requestId"] not in self._challenged
            self._challenged.add(event["requestId"])
            tab = self._tabs.get(self._root(event.get("frameId", "")))
            username, password = tab.known if tab and tab.known[0] else (self._proxy.username, self._proxy.password)
            known = {"username": username, "password": password}
            answer = {"response": "ProvideCredentials", **known} if first else {"response": "CancelAuth"}
        self._answer("Fetch.continueWithAuth", {"requestId": event["requestId"], "authChallengeResponse": answer})

    def _answer(self, method: str, parameters: dict[str, Any]) -> None:
        self._task(self._send(method, parameters))

    def _task(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._answers.add(task)
        task.add_done_callback(self._answers.discard)

    async def _send(self, method: str, parameters: dict[str, Any]) -> None:
        try:
            await self._session.send(method, parameters)
        except Error:
            return  # the request or the browser is gone; what is still paused does not leave


async def _close(popup: Page) -> None:
    try:
        await popup.close()
    except Error:
        return  # it closed itself
