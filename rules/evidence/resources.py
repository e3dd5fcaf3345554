"""What the page asked the network for, and what it was refused."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Request:
    """One request of the page: `kind` is what asked for it (img, link, script, css …; XHR and Fetch for data).

    `status` is 0 where the browser does not tell or no answer came; `failure` is then its reason, where
    known. `refused` is true where Curbcut's network guard stopped it.
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
    """All requests of one page in the order of their URLs, its cookies by name (never values).

    `lost_styles` are the style sheets that the page links for this presentation and that are not there.
    """

    requests: tuple[Request, ...] = ()
    cookies: tuple[str, ...] = ()
    lost_styles: tuple[str, ...] = ()

    def refused(self) -> tuple[Request, ...]:
        """The requests that the network guard stopped."""
        return tuple(request for request in self.requests if request.refused)
