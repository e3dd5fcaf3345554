"""The leave of one tab to go out, and the account of what came of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from scanner.net.addresses import Reach

MOST_NOTES: Final = 200


@dataclass
class Traffic:
    """What went to and fro with one host: connections opened, plain HTTP requests, bytes on the wire."""

    connections: int = 0
    requests: int = 0
    sent: int = 0
    received: int = 0


@dataclass
class Pass:
    """The leave of one tab, and what came of it since `begin`: traffic by host, hosts that could not be reached.

    `passing` are those of the latter that the next try may reach.
    """

    name: str
    secret: str
    reach: Reach
    traffic: dict[str, Traffic] = field(default_factory=dict)
    refused: dict[str, str] = field(default_factory=dict)
    unreachable: dict[str, str] = field(default_factory=dict)
    passing: set[str] = field(default_factory=set)
    received: int = 0

    def begin(self) -> None:
        """Forget the page before."""
        self.traffic = {}
        self.refused = {}
        self.unreachable = {}
        self.passing = set()
        self.received = 0

    def trouble(self, host: str) -> str:
        """Why a host was not reached, as a sentence; empty where nothing is known of it."""
        return self.refused.get(host) or self.unreachable.get(host, "")

    def with_host(self, host: str) -> Traffic:
        """The account of one host; those beyond a number that no page needs share one."""
        return self.traffic.setdefault(host if len(self.traffic) < MOST_NOTES else "", Traffic())
