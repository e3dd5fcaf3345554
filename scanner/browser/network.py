"""What a tab asks the network for, watched through the browser's own events; nothing is paused for it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from playwright.async_api import CDPSession

from rules.evidence.resources import Request, Resources

IGNORED_SCHEMES = ("data:", "blob:", "about:", "chrome-error:")
URL_LIMIT = 2_000
REQUEST_LIMIT = 5_000


@dataclass(slots=True)
class _Seen:
    url: str
    method: str
    kind: str
    status: int = 0
    size: int = 0
    failure: str = ""
    done: bool = False


class NetworkLog:
    """The requests of the page that a tab shows; `begin` forgets those of the page before."""

    def __init__(self) -> None:
        self._requests: dict[str, _Seen] = {}

    @classmethod
    async def attach(cls, session: CDPSession) -> NetworkLog:
        """A log that listens on the tab's session from now on."""
        log = cls()
        session.on("Network.requestWillBeSent", log._sent)
        session.on("Network.responseReceived", log._answered)
        session.on("Network.loadingFinished", log._finished)
        session.on("Network.loadingFailed", log._failed)
        await session.send("Network.enable")
        return log

    def begin(self) -> None:
        """Forget everything; answers to older requests are ignored from here on."""
        self._requests.clear()

    @property
    def waiting(self) -> int:
        """How many requests have no answer yet."""
        return sum(not seen.done for seen in self._requests.values())

    def resources(self, cookies: tuple[str, ...], refused: tuple[Request, ...]) -> Resources:
        """Frozen evidence: each distinct request once, in the order of URLs; those refused by the guard marked."""
        stopped = {(request.method, request.url) for request in refused}
        found = {
            Request(
                seen.url,
                seen.method,
                seen.kind,
                seen.status,
                seen.size,
                seen.failure,
                (seen.method, seen.url) in stopped,
            )
            for seen in self._requests.values()
        }
        known = {(request.method, request.url) for request in found}
        found |= {request for request in refused if (request.method, request.url) not in known}
        return Resources(tuple(sorted(found, key=_order)), cookies)

    def _sent(self, event: dict[str, Any]) -> None:
        request = event["request"]
        if request["url"].startswith(IGNORED_SCHEMES) or len(self._requests) >= REQUEST_LIMIT:
            return
        kind = event.get("type", "Other")
        self._requests[event["requestId"]] = _Seen(request["url"][:URL_LIMIT], request["method"], kind)

    def _answered(self, event: dict[str, Any]) -> None:
        if seen := self._requests.get(event["requestId"]):
            seen.status = event["response"]["status"]
            seen.kind = event.get("type", seen.kind)

    def _finished(self, event: dict[str, Any]) -> None:
        if seen := self._requests.get(event["requestId"]):
            seen.size, seen.done = int(event["encodedDataLength"]), True

    def _failed(self, event: dict[str, Any]) -> None:
        if seen := self._requests.get(event["requestId"]):
            seen.failure = event.get("blockedReason") or event["errorText"] or "failed"
            seen.kind, seen.done = event.get("type", seen.kind), True


def _order(request: Request) -> tuple[str, str, str, int, int, str]:
    return (request.url, request.method, request.kind, request.status, request.size, request.failure)
