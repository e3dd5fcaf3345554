"""What a tab is opened with for the pages of one service."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from scanner.browser.requests import RequestPattern
from scanner.net.addresses import HostPattern, Reach


@dataclass(frozen=True, slots=True)
class Terms:
    """On what terms pages are met: calls that only read although they are not GET, and what may be reached."""

    allow: tuple[RequestPattern, ...] = ()
    reach: Reach = Reach()

    @classmethod
    def of(cls, url: str, *, allow: tuple[RequestPattern, ...] = (), hosts: tuple[HostPattern, ...] = ()) -> Terms:
        """The terms of a service, or of a page named alone, at this address; `hosts` may be reached as well."""
        return cls(allow, Reach((urlsplit(url).hostname or "").rstrip("."), hosts))
