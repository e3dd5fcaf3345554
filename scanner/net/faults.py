"""Why there is no connection to a host."""

from __future__ import annotations


class Refused(Exception):
    """The host may not be reached, for the reason that this says."""


class Unreachable(Exception):
    """The host could not be reached, for the reason that this says; `passing` where the next try may reach it."""

    def __init__(self, reason: str, *, passing: bool = False) -> None:
        super().__init__(reason)
        self.passing = passing
