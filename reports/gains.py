"""What each problem costs its service: the headline scored again as if this one problem were gone.

Nothing is estimated. A problem stands on some pages and concerns some groups; only these are worked out anew, and the
result equals that of scoring a scan without it.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import NamedTuple

from reports.model import PageResult, Scan, SiteResult
from reports.problems import Problem
from reports.score import ScanScores, SiteScore
from reports.score.barriers import Factor, Tally, alone, left_by, measured, tallies
from reports.score.formula import stored
from reports.score.page import headline, values
from reports.score.plan import Plan, make_plan
from reports.score.value import Frame, combine, make_frame
from rules.model import Verdict
from rules.standards.abilities import HEADLINE

MOST = 200_000
"""Pages worked out anew for one report, which takes a minute or so: 10,000 pages with 20 problems each."""

_CERTAIN = frozenset({Verdict.FAILED})

_Values = Mapping[str, float]
_Checks = Mapping[str, Mapping[str, tuple[Factor, ...]]]


class Gain(NamedTuple):
    """The headline `before` a problem is gone and `after`; both None where there is no number to gain.

    Where the service as a whole has no number they are the means of the pages that were looked at, and `whole` is
    false.
    """

    before: float | None = None
    after: float | None = None
    whole: bool = False

    @property
    def points(self) -> float:
        """How much is gained, in points with one decimal; 0 where there is no number, or none changes."""
        return 0.0 if self.before is None or self.after is None else round(self.after - self.before, 1)

    @property
    def exact(self) -> float:
        """The same without rounding, for an order among many small gains."""
        return 0.0 if self.before is None or self.after is None else self.after - self.before


def gains(scan: Scan, scores: ScanScores | None, found: Iterable[Problem], *, most: int = MOST) -> tuple[Gain, ...]:
    """The gain of each of these problems, in their order; without scores there is none.

    Pages are worked out anew up to `most` times; problems after that have no number.
    """
    problems = tuple(found)
    if scores is None:
        return (Gain(),) * len(problems)
    plan = make_plan(scan.rules, map=scores.map)
    sites = [_Scored(plan, site, scored) for site, scored in zip(scan.sites, scores.sites, strict=True)]
    told, pages = [], 0
    for problem in problems:
        pages += len(problem.hits)
        told.append(sites[problem.site].without(problem) if pages <= most else Gain())
    return tuple(told)


def by_gain(scan: Scan, scores: ScanScores | None, found: Iterable[Problem]) -> tuple[tuple[Problem, Gain], ...]:
    """Problems with their gains, those that give most first, each with its new number.

    What the profile requires still comes before what goes beyond it, and that before advice. Equal gains leave the
    order as it was, in which the gravest and the most frequent come first.
    """
    problems = tuple(found)
    standings = ("required", "beyond", "advice")
    ranked = sorted(
        zip(problems, gains(scan, scores, problems), strict=True),
        key=lambda pair: (standings.index(pair[0].standing), -round(pair[1].exact, 6)),
    )
    return tuple((replace(problem, number=at), gain) for at, (problem, gain) in enumerate(ranked, start=1))


@dataclass(frozen=True)
class _Scored:
    """A service with its scores, read once for all of its problems."""

    plan: Plan
    site: SiteResult
    score: SiteScore

    def without(self, problem: Problem) -> Gain:
        """The gain of one of its problems."""
        changed = {hit.page: self._page(hit.page, problem) for hit in problem.hits if self.site.pages[hit.page].tested}
        if self.score.headline is not None:
            return self._of_service(changed)
        return self._of_pages(changed)

    def _of_service(self, changed: Mapping[int, _Values]) -> Gain:
        before = {name: high for name in HEADLINE if (high := self.score.groups[name].high) is not None}
        after = dict(before)
        for name in HEADLINE:
            if any(now[name] != self._before[page][name] for page, now in changed.items()):
                numbers = [changed.get(page, self._before[page])[name] for page in self._frame.pages]
                after[name] = stored(combine(numbers, self._frame.kinds))
        return Gain(headline(before.values()), headline(after.values()), whole=True)

    def _of_pages(self, changed: Mapping[int, _Values]) -> Gain:
        heads = {at: page.headline.high for at, page in enumerate(self.score.pages) if page.headline is not None}
        if not heads:
            return Gain()
        gained = math.fsum(headline(now.values()) - heads[page] for page, now in changed.items() if page in heads)
        before = math.fsum(heads.values()) / len(heads)
        return Gain(before, before + gained / len(heads))

    def _page(self, at: int, problem: Problem) -> _Values:
        """The numbers of a page without the problem."""
        page, rule = self.site.pages[at], problem.rule.id
        left = self._only(at, rule, without=problem.fingerprint)
        numbers = dict(self._before[at])
        for name in numbers:
            if self.plan.serves(rule, name):
                others = (one for own, ones in self._checks(at)[name].items() if own != rule for one in ones)
                again = alone(self.plan, name, rule, left) if left is not None else ()
                numbers[name] = stored(left_by((*others, *again, *measured(self.plan, name, page.wording))))
        return numbers

    def _only(self, at: int, rule: str, *, without: str) -> Tally | None:
        """What a rule yields on a page beside the problem with that fingerprint; None where that is all."""
        page = self.site.pages[at]
        own = tuple(one for one in page.outcomes if one.rule == rule and one.fingerprint != without)
        extra = tuple(one for one in self.site.site_outcomes if one.rule == rule and one.fingerprint != without)
        if not own and not extra:
            return None
        return tallies(PageResult(page.url, outcomes=own), extra, _CERTAIN).get(rule)

    def _checks(self, at: int) -> _Checks:
        """What every check is by itself on a page, by group and rule: the part that no problem's absence changes."""
        known = self._known.get(at)
        if known is None:
            found = tallies(self.site.pages[at], self.site.site_outcomes, _CERTAIN)
            known = self._known[at] = {
                name: {rule: alone(self.plan, name, rule, tally) for rule, tally in found.items()} for name in HEADLINE
            }
        return known

    @cached_property
    def _known(self) -> dict[int, _Checks]:
        return {}

    @cached_property
    def _frame(self) -> Frame:
        return make_frame(self.site)

    @cached_property
    def _before(self) -> tuple[_Values, ...]:
        return tuple(values(page.groups, "high") for page in self.score.pages)
