"""What the guard speaks about: requests that were refused, and patterns that admit named read-only calls."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any
from urllib.parse import urlsplit

from rules.errors import ConfigError

_METHOD = re.compile(r"[A-Z][A-Z-]*")


class Place(StrEnum):
    """Where in the tab a request came from; workers count as the frame that started them."""

    MAIN = "main"
    FRAME = "frame"
    POPUP = "pop-up"


@dataclass(frozen=True, slots=True)
class RefusedRequest:
    """One request that was stopped, or let out by a pattern.

    `kind` is the browser's resource type (XHR, Fetch, Document, Ping …). Before some requests to another origin the
    browser asks that server for leave (a CORS preflight); where that question was stopped `preflight` is true, and
    `method` is the one that was to follow. `network_id` is the `requestId` of CDP's `Network` events, "" where none.
    """

    method: str
    url: str
    kind: str
    place: Place
    preflight: bool = False
    network_id: str = ""


@dataclass(frozen=True, slots=True)
class RequestPattern:
    """A method and a URL, in which `*` stands for any characters, that a person declared to change nothing.

    As in `POST https://api.example.gov/graphql`. A `GET` pattern admits the CORS preflights of such requests.
    """

    method: str
    url: str
    _expression: re.Pattern[str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        parts = urlsplit(self.url)
        if not _METHOD.fullmatch(self.method) or self.method in ("CONNECT", "TRACE"):
            raise ConfigError(f"`{self.method}` is not a request method", do=_EXAMPLE)
        if parts.scheme not in ("http", "https") or not parts.hostname or "*" in parts.netloc:
            raise ConfigError(f"`{self.url}` does not name a server", do=_EXAMPLE)
        pieces = (re.escape(piece) for piece in self.url.split("*"))
        object.__setattr__(self, "_expression", re.compile(".*".join(pieces), re.DOTALL))

    @classmethod
    def parse(cls, text: str) -> RequestPattern:
        """Gives the pattern that a line such as `POST https://api.example.gov/graphql` states; raises ConfigError."""
        method, _, url = text.strip().partition(" ")
        return cls(method.upper(), url.strip())

    def matches(self, method: str, url: str) -> bool:
        """True when a request with this method and URL (without its fragment) is meant."""
        return method == self.method and self._expression.fullmatch(url.partition("#")[0]) is not None


_EXAMPLE = "Write a method and a URL, such as `POST https://api.example.gov/graphql`."


def wanted_method(request: dict[str, Any]) -> tuple[str, bool]:
    """Gives the method of a CDP request and whether this is its preflight: then the method that is to follow."""
    for name, value in request["headers"].items():
        if request["method"] == "OPTIONS" and name.lower() == "access-control-request-method":
            return str(value), True
    return str(request["method"]), False
