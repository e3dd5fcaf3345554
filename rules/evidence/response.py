"""What the server answered for the page's own document."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Response:
    """The document's response: `url` is the final one, `redirects` those before it in order.

    `headers` have lower-case names and come in alphabetical order; cookies and authorisation are left
    out. `body` is text as served with the values of form fields masked, cut at the settings' limit.
    """

    url: str
    status: int
    redirects: tuple[str, ...] = ()
    headers: tuple[tuple[str, str], ...] = ()
    body: str = ""
    mime: str = ""

    def header(self, name: str) -> str:
        """The value of a header, empty where the server sent none."""
        return next((value for key, value in self.headers if key == name.lower()), "")
