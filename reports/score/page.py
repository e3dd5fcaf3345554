"""The score of one page, for each group of people."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping

from reports.model import PageResult
from reports.score.barriers import Tally, factors, product, require_known, tallies
from reports.score.formula import FORMULA, stored
from reports.score.plan import Plan, make_plan, numbered
from reports.score.scores import GroupScore, Headline, PageScore
from rules.model import RuleInfo, SiteOutcome, Verdict
from rules.plain.wording import Wording
from rules.standards.abilities import DEFAULT_MAP, GROUPS, HEADLINE

_CERTAIN = frozenset({Verdict.FAILED})
_POSSIBLE = frozenset({Verdict.FAILED, Verdict.CANT_TELL})
_NOT_RUN = frozenset({Verdict.UNTESTED, Verdict.ERROR})


def score_page(
    page: PageResult,
    catalogue: tuple[RuleInfo, ...],
    *,
    map: str = DEFAULT_MAP,
    extra: tuple[SiteOutcome, ...] | None = None,
) -> PageScore:
    """The score of one page alone; which groups get a number follows from this page's coverage.

    `extra` are the outcomes of site rules (those that do not concern the page are ignored); None says
    that no site rule ran, so that none of them counts as tested.
    """
    return page_score(make_plan(catalogue, map=map), page, extra=extra)


def page_score(
    plan: Plan, page: PageResult, *, extra: tuple[SiteOutcome, ...] | None, decisive: Mapping[str, float] | None = None
) -> PageScore:
    """The score of one page under a plan; `decisive` is the coverage that decides which groups get a number."""
    if not page.tested:
        return PageScore(page.url, plan.map)
    concerns = extra or ()
    require_known(plan, [*(outcome.rule for outcome in page.outcomes), *(concern.rule for concern in concerns)])
    coverage = page_coverage(plan, page, extra=extra)
    decisive = coverage if decisive is None else decisive
    certain, possible = tallies(page, concerns, _CERTAIN), tallies(page, concerns, _POSSIBLE)
    groups = {
        group.id: _group(
            plan,
            group.id,
            certain,
            possible,
            wording=page.wording,
            coverage=coverage[group.id],
            reason=why_no_number(group.id, decisive),
        )
        for group in GROUPS
    }
    high, low = values(groups, "high"), values(groups, "low")
    return PageScore(
        page.url,
        plan.map,
        groups,
        Headline(headline(high.values()), headline(low.values())) if len(high) == len(HEADLINE) else None,
        lowest(high),
    )


def page_coverage(plan: Plan, page: PageResult, *, extra: tuple[SiteOutcome, ...] | None) -> dict[str, float]:
    """K of every group on one page: what rules that ran to the end on it have tested."""
    silent = {outcome.rule for outcome in page.outcomes if outcome.verdict in _NOT_RUN}
    silent |= {
        concern.rule
        for concern in extra or ()
        if concern.verdict in _NOT_RUN and (not concern.pages or page.url in concern.pages)
    }
    kinds = {"page"} if extra is None else {"page", "site"}
    ran = frozenset(rule for rule in plan.rules if rule not in silent and plan.info(rule).kind in kinds)
    return {group.id: plan.coverage(group.id, ran, worded=page.wording is not None) for group in GROUPS}


def values(groups: Mapping[str, GroupScore], end: str) -> dict[str, float]:
    """The numbers that exist, `high` or `low`, by headline group."""
    found = {name: getattr(groups[name], end) for name in HEADLINE if name in groups}
    return {name: value for name, value in found.items() if value is not None}


def headline(five: Iterable[float]) -> float:
    """Half the mean of the groups, half the lowest: good for most does not hide bad for some."""
    numbers = list(five)
    mean = math.fsum(numbers) / len(numbers)
    return stored(FORMULA.headline_mean * mean + FORMULA.headline_lowest * min(numbers))


def lowest(points: Mapping[str, float], ranges: Mapping[str, tuple[float, float]] | None = None) -> tuple[str, ...]:
    """The groups that may be the lowest: that with the lowest number and all whose range overlaps its range.

    One name only when nothing overlaps it; none when no group lost anything. Without ranges the numbers
    are exact and only equal ones tie.
    """
    if not points or min(points.values()) >= 100:
        return ()
    spans = ranges or {name: (value, value) for name, value in points.items()}
    bottom = spans[min(points, key=lambda name: (points[name], name))]
    return tuple(name for name, span in spans.items() if span[0] <= bottom[1])


def why_no_number(group: str, coverage: Mapping[str, float]) -> str:
    """Why a group has no number at this coverage; "" when it has one."""
    if group not in HEADLINE:
        return "This group appears with its problems and never with a number: too few criteria serve it."
    if group in numbered(coverage):
        return ""
    return (
        f"The rules that ran test {coverage[group]:.0%} of what serves this group; "
        f"a number needs {FORMULA.coverage:.0%}."
    )


def _group(
    plan: Plan,
    group: str,
    certain: Mapping[str, Tally],
    possible: Mapping[str, Tally],
    *,
    wording: Wording | None,
    coverage: float,
    reason: str,
) -> GroupScore:
    high, low = factors(plan, group, certain, wording), factors(plan, group, possible, wording)
    problems = sum(len(tally.occurrences) for rule, tally in certain.items() if plan.serves(rule, group))
    both = sum(len(tally.occurrences) for rule, tally in possible.items() if plan.serves(rule, group))
    return GroupScore(
        group,
        None if reason else stored(product(high)),
        None if reason else stored(product(low)),
        coverage,
        high,
        low,
        problems,
        both - problems,
        reason,
    )
