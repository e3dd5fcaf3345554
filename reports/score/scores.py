"""What scores look like: frozen, with one decimal, and as plain data for results."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from reports.score.barriers import Factor
from reports.score.formula import FORMULA


@dataclass(frozen=True, slots=True)
class GroupScore:
    """How a page does for one group: `high` when no open question fails, `low` when all of them do.

    Both are None without a number, and then `reason` says why. `factors` multiply to `high`,
    `factors_low` to `low`; they exist without a number too. `coverage` is K of this page. `problems` and
    `questions` count distinct fingerprints that concern the group; `blocked` marks a proven blocker.
    """

    group: str
    high: float | None
    low: float | None
    coverage: float
    factors: tuple[Factor, ...] = ()
    factors_low: tuple[Factor, ...] = ()
    problems: int = 0
    questions: int = 0
    reason: str = ""

    @property
    def blocked(self) -> bool:
        """Whether nobody of the group gets past something on the page."""
        return any(factor.blocks for factor in self.factors)

    def as_json(self) -> dict[str, object]:
        """Plain data for results; the factors are those of `high`."""
        return {
            "high": self.high,
            "low": self.low,
            "coverage": round(self.coverage, 4),
            "factors": [factor.as_json() for factor in self.factors],
            "problems": self.problems,
            "questions": self.questions,
            "blocked": self.blocked,
            "reason": self.reason,
        }


@dataclass(frozen=True, slots=True)
class Headline:
    """One number over the five groups: half their mean, half the lowest; `range` only where pages were drawn."""

    high: float
    low: float
    range: tuple[float, float] | None = None

    def as_json(self) -> dict[str, object]:
        """Plain data for results."""
        return {"high": self.high, "low": self.low, "range": list(self.range) if self.range else None}


@dataclass(frozen=True, slots=True)
class PageScore:
    """The score of one page; no groups and no headline when the page was not tested.

    `headline` needs a number for all five groups. `lowest` are the groups at the bottom, several when
    they are equal, none when no failure was found.
    """

    url: str
    map: str
    groups: Mapping[str, GroupScore] = field(default_factory=dict)
    headline: Headline | None = None
    lowest: tuple[str, ...] = ()
    formula: str = FORMULA.version

    def as_json(self) -> dict[str, object]:
        """Plain data for results."""
        return {
            "formula": self.formula,
            "map": self.map,
            "headline": self.headline.as_json() if self.headline else None,
            "lowest": list(self.lowest),
            "groups": {name: group.as_json() for name, group in self.groups.items()},
        }


@dataclass(frozen=True, slots=True)
class SiteFactor:
    """What one barrier costs a group over the whole site.

    `points` is its part of what the mean of the kinds of page (M) lost, `pages` how many of the pages
    looked at have it.
    """

    criterion: str
    rule: str
    points: float
    pages: int

    def as_json(self) -> dict[str, object]:
        """Plain data for results."""
        return {"criterion": self.criterion, "rule": self.rule, "points": round(self.points, 1), "pages": self.pages}


@dataclass(frozen=True, slots=True)
class SiteGroupScore:
    """How a site does for one group: `high` and `low` as on a page, `range` where pages were drawn.

    All three are None without a number, and then `reason` says why. `factors` are the barriers from the
    costliest, `problems` and `questions` distinct fingerprints, `blocked_pages` pages with a proven blocker.
    """

    group: str
    high: float | None = None
    low: float | None = None
    range: tuple[float, float] | None = None
    coverage: float = 0.0
    factors: tuple[SiteFactor, ...] = ()
    problems: int = 0
    questions: int = 0
    blocked_pages: int = 0
    reason: str = ""

    def as_json(self) -> dict[str, object]:
        """Plain data for results."""
        return {
            "high": self.high,
            "low": self.low,
            "range": list(self.range) if self.range else None,
            "coverage": round(self.coverage, 4),
            "factors": [factor.as_json() for factor in self.factors],
            "problems": self.problems,
            "questions": self.questions,
            "blocked_pages": self.blocked_pages,
            "reason": self.reason,
        }


@dataclass(frozen=True, slots=True)
class SiteScore:
    """The score of one site, with those of its pages in the site's order.

    `exact` says that the whole site was looked at; else `drawn` pages chosen by lot carry the number.
    `kinds` of page are in the number; `kinds_unseen` are known but had no page that could be tested, so
    the number says nothing about them. `reason` is a sentence where the site has no number at all.
    `lowest` are the groups at the bottom, several when their ranges overlap.
    """

    url: str
    map: str
    headline: Headline | None = None
    groups: Mapping[str, SiteGroupScore] = field(default_factory=dict)
    lowest: tuple[str, ...] = ()
    exact: bool = False
    drawn: int = 0
    tested: int = 0
    known: int = 0
    kinds: int = 0
    kinds_unseen: int = 0
    reason: str = ""
    pages: tuple[PageScore, ...] = ()
    formula: str = FORMULA.version

    def as_json(self) -> dict[str, object]:
        """Plain data for results."""
        return {
            "formula": self.formula,
            "map": self.map,
            "headline": self.headline.as_json() if self.headline else None,
            "lowest": list(self.lowest),
            "groups": {name: group.as_json() for name, group in self.groups.items()},
            "exact": self.exact,
            "drawn": self.drawn,
            "tested": self.tested,
            "known": self.known,
            "kinds": self.kinds,
            "kinds_unseen": self.kinds_unseen,
            "reason": self.reason,
            "pages": [page.as_json() for page in self.pages],
        }


@dataclass(frozen=True, slots=True)
class ScanScores:
    """The scores of every site of a scan, in the scan's order.

    `coverage` is K of each group over all pages of the scan, `numbered` the groups that get a number by it.
    """

    map: str
    seed: int
    coverage: Mapping[str, float]
    numbered: tuple[str, ...]
    sites: tuple[SiteScore, ...]
    formula: str = FORMULA.version

    def as_json(self) -> dict[str, object]:
        """Plain data for results."""
        return {
            "formula": self.formula,
            "map": self.map,
            "seed": self.seed,
            "coverage": {name: round(value, 4) for name, value in self.coverage.items()},
            "numbered": list(self.numbered),
            "sites": [site.as_json() for site in self.sites],
        }
