"""A preview in the place of a service: each address of the service, visited on another host, and back again."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from scanner.browser.requests import RequestPattern
from scanner.crawl.urls import normalise, same_host


@dataclass(frozen=True, slots=True)
class Preview:
    """Where the pages of a service are visited, such as `https://preview-12.example.dev/`.

    `base` stands for the top of the service's own host: `https://www.example.gov/apply?step=2` is visited at
    `https://preview-12.example.dev/apply?step=2`. Results, history and baseline keep the service's own
    addresses, so that they can be compared with those of the service itself.
    """

    home: str
    base: str

    @property
    def top(self) -> str:
        """The top of the service's own host."""
        return f"{_origin(self.home)}/"

    def there(self, url: str) -> str:
        """Where an address of the service is visited; an address of another host stays as it is."""
        if not same_host(url, self.home):
            return url
        parts = urlsplit(normalise(url) or url)
        return self.base + parts.path.removeprefix("/") + (f"?{parts.query}" if parts.query else "")

    def request(self, pattern: RequestPattern) -> RequestPattern:
        """A request that a person lets through to the service, as pages of the preview send it."""
        return RequestPattern(pattern.method, self.there(pattern.url))

    def back(self, url: str) -> str:
        """The service's own address of a page of the preview; any other address as it is."""
        address = normalise(url) or url
        top = self.base.removesuffix("/")
        if address != top and not address.startswith((f"{top}/", f"{top}?")):
            return url
        rest = address.removeprefix(top)
        return _origin(self.home) + (rest if rest.startswith("/") else f"/{rest}")


def _origin(url: str) -> str:
    parts = urlsplit(normalise(url) or url)
    return f"{parts.scheme}://{parts.netloc}"
