"""What a team asks of its gate: limits on selected problems, each off, a warning or a failure, from a day on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Literal, get_args

from reports.gate.tracking import Spot, Tracked
from reports.model import PageResult, SiteResult
from reports.patterns import Pattern, compared
from rules.errors import UsageError
from rules.model import IMPACTS, Impact
from rules.standards.wcag import Standing

Limit = Literal["max-new", "max-problems", "max-open-questions", "max-untested", "min-score", "score-not-worse"]
Of = Literal["site", "page"]

LIMITS: tuple[Limit, ...] = get_args(Limit)
SCORES: tuple[Limit, ...] = ("min-score", "score-not-worse")
MAX_UNTESTED = 0.10


class Action(StrEnum):
    """What happens where a limit is not kept."""

    OFF = "off"
    WARN = "warn"
    FAIL = "fail"


@dataclass(frozen=True)
class Selection:
    """Which problems and pages a policy is about; what is empty selects everything.

    `kinds` are templates, or patterns of kinds of page as the report names them. `impact` selects it and worse.
    """

    sites: tuple[str, ...] = ()
    pages: tuple[Pattern, ...] = ()
    not_pages: tuple[Pattern, ...] = ()
    kinds: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    criteria: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    impact: Impact = "minor"
    standings: tuple[Standing, ...] = ("required",)

    def within(self, found: Iterable[Tracked], sites: Iterable[SiteResult]) -> tuple[Tracked, ...]:
        """The problems that are selected, each with only those of its pages that are."""
        templates = {site.url: self._templates(site) for site in sites}
        narrowed = (
            replace(one, spots=tuple(spot for spot in one.spots if self._has(spot, templates.get(one.site))))
            for one in found
            if self._is_about(one)
        )
        return tuple(one for one in narrowed if one.spots)

    def pages_of(self, site: SiteResult) -> tuple[PageResult, ...]:
        """The pages of a site that are selected."""
        if self.sites and site.url not in self.sites:
            return ()
        templates = self._templates(site)
        return tuple(page for page in site.pages if self._has(Spot(page.url, template=page.template), templates))

    def _is_about(self, one: Tracked) -> bool:
        return (
            (not self.sites or one.site in self.sites)
            and (not self.groups or bool(set(self.groups) & set(one.groups)))
            and (not self.criteria or bool(set(self.criteria) & set(one.rule.wcag)))
            and (not self.rules or bool(set(self.rules) & {one.rule.id, *one.rule.aliases}))
            and IMPACTS.index(one.impact) <= IMPACTS.index(self.impact)
            and one.standing in self.standings
        )

    def _has(self, spot: Spot, templates: frozenset[str] | None) -> bool:
        if self.kinds and spot.template not in (templates or ()):
            return False
        address = compared(spot.page)
        if any(pattern.matches(address) for pattern in self.not_pages):
            return False
        return not self.pages or any(pattern.matches(address) for pattern in self.pages)

    def _templates(self, site: SiteResult) -> frozenset[str]:
        known = {kind.template for kind in site.sample.kinds if kind.pattern in self.kinds}
        return frozenset(known | set(self.kinds))


@dataclass(frozen=True)
class Policy:
    """One limit on what is selected.

    `value` is the limit's number, 0 means zero; `of` says whether a score is that of a site or of each page.
    Before the day `start` a failure is only a warning.
    """

    limit: Limit
    value: float = 0
    action: Action = Action.FAIL
    name: str = ""
    start: str = ""
    of: Of = "site"
    selection: Selection = Selection()

    def on(self, today: str) -> Action:
        """What happens on a day where the limit is not kept."""
        return Action.WARN if self.action is Action.FAIL and today < self.start else self.action


@dataclass(frozen=True)
class GatePlan:
    """All that a team decided about its gate.

    `action` and `start` are those of the rule that every gate has: no new problem at `fail_on` or worse that the
    profile requires. From the day `new_rules_from` on, what a rule detects that the baseline does not know is new;
    without it, it never is. `expected_pages` is how many pages of each site must be looked at, 0 for any
    number; where it is None a baseline decides. `today` is the day, as in 2026-11-23.
    """

    today: str = ""
    fail_on: Impact = "serious"
    action: Action = Action.FAIL
    start: str = ""
    policies: tuple[Policy, ...] = ()
    new_rules_from: str = ""
    max_untested: float = MAX_UNTESTED
    expected_pages: int | None = None

    def __post_init__(self) -> None:
        if self.fail_on not in IMPACTS:
            raise UsageError(f"{self.fail_on!r} is no impact.", do=f"Use one of: {', '.join(IMPACTS)}.")
        if not 0 <= self.max_untested <= 1:
            raise UsageError(f"The share of untested pages lies between 0 and 1, not at {self.max_untested}.")

    @property
    def every_policy(self) -> tuple[Policy, ...]:
        """The policy that every gate has, then the others."""
        no_new = Policy("max-new", action=self.action, start=self.start, selection=Selection(impact=self.fail_on))
        return (no_new, *self.policies)

    @property
    def counts_new_rules(self) -> bool:
        """Whether what a new rule detects is new today."""
        return bool(self.new_rules_from) and self.today >= self.new_rules_from
