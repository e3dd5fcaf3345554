"""How far rules test a success criterion: the same for the document on coverage and for a report."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from rules.model import RuleInfo

Extent = Literal["fully", "partly", "by a person"]


def extent(criterion: str, rules: Iterable[RuleInfo]) -> Extent:
    """How far these rules test a criterion; one rule that sees every failure is enough for all of it."""
    covers = {info.covers for info in rules if criterion in info.wcag}
    if not covers:
        return "by a person"
    return "fully" if "fully" in covers else "partly"
