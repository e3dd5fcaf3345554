"""Patterns of addresses as documents and the gate use them; whoever reads settings makes them."""

from __future__ import annotations

from typing import Protocol
from urllib.parse import urlsplit


class Pattern(Protocol):
    """A pattern of addresses."""

    @property
    def text(self) -> str:
        """As a person wrote it."""

    def matches(self, url: str) -> bool:
        """Whether an address fits."""


def compared(page: str) -> str:
    """What patterns are compared with: a file of this machine has no host, and its path stands for an address."""
    return page if urlsplit(page).netloc else f"/{page.removeprefix('./').lstrip('/')}"
