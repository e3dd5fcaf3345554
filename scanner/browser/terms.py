"""What a tab is opened with for the pages of one service."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from scanner.browser.access import Access
from scanner.browser.requests import RequestPattern
from scanner.net.addresses import HostPattern, Reach
from scanner.secrets import spellings


@dataclass(frozen=True, slots=True)
class Terms:
    """On what terms pages are met: calls that only read though they are not GET, what is reached, what lets in."""

    allow: tuple[RequestPattern, ...] = ()
    reach: Reach = Reach()
    access: tuple[Access, ...] = ()

    def secrets(self) -> tuple[str, ...]:
        """What lets in, in every spelling in which a page may show it."""
        return spellings(value for access in self.access for value in access.values())

    @classmethod
    def of(
        cls,
        url: str,
        *,
        allow: tuple[RequestPattern, ...] = (),
        hosts: tuple[HostPattern, ...] = (),
        access: tuple[Access, ...] = (),
    ) -> Terms:
        """The terms of a service, or of a page named alone, at this address; `hosts` may be reached as well."""
        reach = Reach((urlsplit(url).hostname or "").rstrip("."), hosts)
        return cls(allow, reach, tuple(one for one in access if one.is_for(url)))
