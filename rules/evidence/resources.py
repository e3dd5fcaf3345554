"""What the page asked the network for, and what it was refused."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Request:
    """One request of the page: `kind` is the browser's resource type (Stylesheet, Image, XHR …).

    `status` is 0 where no answer came; `failure` is then the browser's reason, `refused` true where
    Curbcut's network guard was it.
    """

    url: str
    method: str
    kind: str
    status: int = 0
    size: int = 0
    failure: str = ""
    refused: bool = False


@dataclass(frozen=True, slots=True)
class Resources:
    """All requests of one page in the order of their URLs, and its cookies by name (never values)."""

    requests: tuple[Request, ...] = ()
    cookies: tuple[str, ...] = ()

    def refused(self) -> tuple[Request, ...]:
        """The requests that the network guard stopped."""
        return tuple(request for request in self.requests if request.refused)
