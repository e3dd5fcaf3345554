"""Exceptions that a team has agreed on: this problem may stay until a day, for a reason that somebody answers for.

They change what a gate says and nothing else: no finding, no count of problems and no score.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Agreed:
    """One agreed exception: a rule with a fingerprint or a selector, both as reports show them.

    `expires` is the last day on which it holds, as in 2027-01-31.
    """

    rule: str
    reason: str
    owner: str
    expires: str
    fingerprint: str = ""
    selector: str = ""

    def covers(self, rule: str, fingerprint: str, selector: str) -> bool:
        """Whether a problem at a place is what was agreed on."""
        if rule != self.rule:
            return False
        return fingerprint == self.fingerprint if self.fingerprint else selector == self.selector

    def is_over(self, today: str) -> bool:
        """Whether it held until before a day."""
        return self.expires < today

    @property
    def subject(self) -> str:
        """What it is about."""
        return f"{self.rule} at {self.selector or self.fingerprint}"

    @property
    def told(self) -> str:
        """The whole of it in a few words."""
        return f"{self.subject}, agreed until {self.expires} ({self.owner}): {self.reason.rstrip('.')}"
