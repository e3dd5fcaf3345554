"""What one tab asked for, what it was refused, and what it may send where."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Final

from scanner.browser.access import Access
from scanner.browser.data_log import DataLog
from scanner.browser.requests import Place, RefusedRequest, RequestPattern

RECORDED: Final = 500
"""How many requests of one page are kept; a hostile page makes them without end."""


class Guard:
    """What one tab asked for and was refused since `begin`; made by `Guards.watch`.

    `document` is the address that its own document was last asked of, after redirects. `known` is the user and the
    password by which the proxy knows the tab. While `sealed`, no document and no data leave it, of whatever method.
    """

    def __init__(
        self, allow: Sequence[RequestPattern], known: tuple[str, str] = ("", ""), access: Sequence[Access] = ()
    ) -> None:
        self.allow = tuple(allow)
        self.known = known
        self.data = DataLog()
        self.document = ""
        self.sealed = False
        self._access = tuple(access)
        self._refused: list[RefusedRequest] = []
        self._admitted: list[RefusedRequest] = []

    def begin(self) -> None:
        """Forget what the page before did."""
        self.data.begin()
        self.document = ""
        self.sealed = False
        self._refused.clear()
        self._admitted.clear()

    @contextmanager
    def seal(self) -> Iterator[None]:
        """Refuses every document and all data while controls are operated, without a record: nothing is missing then.

        A page stays where it is when the document that it asks for is refused.
        """
        self.sealed = True
        try:
            yield
        finally:
            self.sealed = False

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
        return request.place is not Place.POPUP and any(
            pattern.matches(request.method, request.url) for pattern in self.allow
        )

    def note(self, request: RefusedRequest, *, admitted: bool) -> None:
        """Record what was decided."""
        notes = self._admitted if admitted else self._refused
        if len(notes) < RECORDED:
            notes.append(request)

    def headers_for(self, url: str) -> dict[str, str]:
        """The headers that let the tab in where this address lies; none anywhere else."""
        return {name: value for access in self._access if access.fits(url) for name, value in access.headers}
