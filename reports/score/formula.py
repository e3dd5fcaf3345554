"""The constants of the score, all in one table, and the one place where a score is rounded.

`docs/scoring.md` explains the formula and shows this table; a test keeps the two equal. Whoever changes
a constant or the formula raises `version`, because numbers of two versions must not be compared.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TypeVar

from rules.model import Impact

T = TypeVar("T")


def _constant(value: T, meaning: str) -> T:
    chosen: T = field(default=value, metadata={"meaning": meaning})
    return chosen


@dataclass(frozen=True, slots=True)
class Formula:
    """Every constant of the score; `meaning` in each field's metadata says what it does."""

    version: str = _constant("2", "version of the formula, stored beside every number")
    critical: float = _constant(1.0, "weight w of a problem that stops people")
    serious: float = _constant(0.7, "weight w of a problem that makes it hard")
    moderate: float = _constant(0.35, "weight w of a problem that slows")
    minor: float = _constant(0.1, "weight w of a small problem")
    primary: float = _constant(1.0, "relation m of a criterion that the map gives the group as primary")
    secondary: float = _constant(0.4, "relation m of a criterion that the map gives the group as secondary")
    extent_one: float = _constant(0.2, "extent b of a problem with f = 1")
    extent_slope: float = _constant(0.3, "what each tenfold of f adds to the extent b, up to 1")
    extent_page: float = _constant(0.5, "extent b of a problem of the page as a whole")
    extent_blocker: float = _constant(1.0, "extent b of a proven blocker")
    wording_easy: float = _constant(0.21, "barrier of a page's prose up to which it takes nothing from a score")
    share: float = _constant(0.9, "largest share of the score that one barrier can take")
    damping: float = _constant(0.7, "exponent of each further barrier, relative to the one before")
    partly: float = _constant(0.5, "how far a criterion counts as tested that our rules cover only in part")
    coverage: float = _constant(0.15, "least coverage K at which a group gets a number")
    site_mean: float = _constant(0.6, "share of the mean M of all kinds of page in a site's number")
    site_worst: float = _constant(0.4, "share of the mean Q of the worst kinds of page in a site's number")
    worst_part: int = _constant(4, "Q takes one kind of page in this many, rounded down, at least one")
    kind_slope: float = _constant(0.4, "what each tenfold of known pages adds to the weight 1 of a kind of page")
    headline_mean: float = _constant(0.5, "share of the mean of the five groups in the headline")
    headline_lowest: float = _constant(0.5, "share of the lowest group in the headline")
    random_pages: int = _constant(10, "fewest pages drawn at random for a site's number, unless the site is whole")
    untested: float = _constant(0.1, "largest share of pages that could not be tested in a site that counts as whole")
    draws: int = _constant(500, "number of bootstrap draws")
    level: float = _constant(0.95, "share of the draws inside the likely range")
    change: float = _constant(1.0, "smallest change, in points, that is called better or worse")


FORMULA = Formula()

WEIGHTS: Mapping[Impact, float] = MappingProxyType(
    {
        "critical": FORMULA.critical,
        "serious": FORMULA.serious,
        "moderate": FORMULA.moderate,
        "minor": FORMULA.minor,
    }
)


def stored(value: float) -> float:
    """A score with one decimal, as it is stored and shown; 100 only where nothing at all was lost.

    One problem on one page of thousands must not read "100": it reads 99.9. Never raises the order of
    two scores. What is computed from scores is computed from these, so that readers can follow.
    """
    if value > 100 - 1e-9:
        return 100.0
    return min(round(value, 1), 99.9)
