"""The data requests of a page, from their start to their answer; script waits for these, and a page may starve."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from rules.evidence.resources import Request

DATA_KINDS = ("XHR", "Fetch")
LIMIT = 1_000
URL_LIMIT = 2_000


@dataclass
class _Exchange:
    url: str
    method: str
    kind: str
    status: int = 0
    failure: str = ""
    done: bool = False


class DataLog:
    """What the script of one tab asked for since `begin`, as the guard sees it pass."""

    def __init__(self) -> None:
        self._exchanges: dict[str, _Exchange] = {}

    def begin(self) -> None:
        """Forget what the page before asked for; late answers to that are not counted."""
        self._exchanges.clear()

    @property
    def waiting(self) -> int:
        """How many data requests have no answer yet."""
        return sum(not exchange.done for exchange in self._exchanges.values())

    @property
    def requests(self) -> tuple[Request, ...]:
        """Each distinct data request with its answer, in the order of URLs."""
        found = {Request(e.url, e.method, e.kind, e.status, 0, e.failure) for e in self._exchanges.values()}
        return tuple(sorted(found, key=lambda request: (request.url, request.method, request.status, request.failure)))

    def started(self, event: dict[str, Any]) -> None:
        """Note a request that was let out; a redirected one starts again under its new address."""
        identity = event.get("networkId") or event["requestId"]
        request = event["request"]
        # A part of a file is what players ask for, our own look into a medium among them; no page starves without it.
        is_part = any(name.lower() == "range" for name in request.get("headers", ()))
        if len(self._exchanges) < LIMIT and not is_part:
            self._exchanges[identity] = _Exchange(request["url"][:URL_LIMIT], request["method"], event["resourceType"])

    def ended(self, event: dict[str, Any]) -> None:
        """Note that the head of an answer, or a failure, came."""
        exchange = self._exchanges.get(event.get("networkId") or event["requestId"])
        if exchange is not None:
            exchange.status = int(event.get("responseStatusCode", 0))
            exchange.failure = str(event.get("responseErrorReason", ""))
            exchange.done = True
