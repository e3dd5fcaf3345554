"""The score of a site, and of every site of a scan, for each group of people."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace

from reports.model import Scan, SiteResult
from reports.sampling import draws, likely_range
from reports.score.formula import FORMULA, stored
from reports.score.page import headline, lowest, page_coverage, page_score, values, why_no_number
from reports.score.plan import Plan, make_plan, numbered
from reports.score.scores import Headline, PageScore, ScanScores, SiteFactor, SiteGroupScore, SiteScore
from reports.score.value import Frame, combine, kind_weight, make_frame
from rules.model import RuleInfo, Verdict
from rules.standards.abilities import DEFAULT_MAP, GROUPS, HEADLINE


def score_scan(scan: Scan, *, map: str = DEFAULT_MAP, seed: int | None = None) -> ScanScores:
    """The scores of a scan; which groups get a number is decided once, for the scan as a whole.

    `seed` is where the draws of the likely range start; without one it is the scan's own setting.
    """
    if seed is None:
        own = scan.settings.get("seed", 0)
        seed = own if isinstance(own, int) else 0
    plan = make_plan(scan.rules, map=map)
    coverage = _coverage(plan, scan.sites)
    return ScanScores(
        map,
        seed,
        coverage,
        tuple(name for name in HEADLINE if name in numbered(coverage)),
        tuple(_score(plan, site, decisive=coverage, seed=seed) for site in scan.sites),
    )


def score_site(
    site: SiteResult, catalogue: tuple[RuleInfo, ...], *, map: str = DEFAULT_MAP, seed: int = 0
) -> SiteScore:
    """The score of one site alone; which groups get a number follows from this site's coverage."""
    plan = make_plan(catalogue, map=map)
    return _score(plan, site, decisive=_coverage(plan, (site,)), seed=seed)


def _coverage(plan: Plan, sites: Sequence[SiteResult]) -> dict[str, float]:
    """K of every group: the mean over all tested pages, so that a probe that often failed shows."""
    found = [
        page_coverage(plan, page, extra=site.site_outcomes) for site in sites for page in site.pages if page.tested
    ]
    return {group.id: math.fsum(page[group.id] for page in found) / max(1, len(found)) for group in GROUPS}


def _score(plan: Plan, site: SiteResult, *, decisive: Mapping[str, float], seed: int) -> SiteScore:
    pages = tuple(page_score(plan, page, extra=site.site_outcomes, decisive=decisive) for page in site.pages)
    frame = make_frame(site)
    framed = [pages[position] for position in frame.pages]
    high, low = _numbers(frame, framed, "high"), _numbers(frame, framed, "low")
    ranges, of_headline = _ranges(frame, framed, high, seed=seed)
    groups = {group.id: _group(plan, site, frame, framed, group.id) for group in GROUPS}
    five = len(high) == len(HEADLINE)
    return SiteScore(
        url=site.url,
        map=plan.map,
        headline=Headline(headline(high.values()), headline(low.values()), of_headline) if five else None,
        groups={
            name: replace(
                group,
                high=high.get(name),
                low=low.get(name),
                range=ranges.get(name),
                reason=_why(name, decisive, frame),
            )
            for name, group in groups.items()
        },
        lowest=lowest(high, ranges),
        exact=frame.exact and not frame.reason,
        drawn=frame.drawn,
        tested=len(framed),
        known=site.known,
        kinds=len(frame.kinds),
        kinds_unseen=_unseen(site, frame),
        reason=frame.reason,
        pages=pages,
    )


def _unseen(site: SiteResult, frame: Frame) -> int:
    seen = {kind.template for kind in frame.kinds}
    return sum(kind.template not in seen for kind in site.sample.kinds)


def _group(plan: Plan, site: SiteResult, frame: Frame, pages: Sequence[PageScore], group: str) -> SiteGroupScore:
    """What is known of a group without a number."""
    problems, questions = _distinct(plan, site, group)
    return SiteGroupScore(
        group,
        coverage=math.fsum(page.groups[group].coverage for page in pages) / max(1, len(pages)),
        factors=_factors(frame, pages, group),
        problems=problems,
        questions=questions,
        blocked_pages=sum(page.groups[group].blocked for page in pages),
    )


def _numbers(frame: Frame, pages: Sequence[PageScore], end: str) -> dict[str, float]:
    if frame.reason:
        return {}
    found = [values(page.groups, end) for page in pages]
    return {name: stored(combine([page[name] for page in found], frame.kinds)) for name in HEADLINE if name in found[0]}


def _ranges(
    frame: Frame, pages: Sequence[PageScore], points: Mapping[str, float], *, seed: int
) -> tuple[dict[str, tuple[float, float]], tuple[float, float] | None]:
    """The likely range of every group and of the headline; none where nothing was left to chance."""
    if frame.exact or not points:
        return {}, None
    scores = {name: [values(page.groups, "high")[name] for page in pages] for name in points}
    drawn: dict[str, list[float]] = {name: [] for name in points}
    for weights in draws(frame.strata, pages=len(pages), count=FORMULA.draws, seed=seed):
        for name, numbers in scores.items():
            drawn[name].append(stored(combine(numbers, frame.kinds, weights)))
    ranges = {name: likely_range(drawn[name], points[name], level=FORMULA.level) for name in points}
    if len(points) < len(HEADLINE):
        return ranges, None
    heads = [headline(five) for five in zip(*drawn.values(), strict=True)]
    return ranges, likely_range(heads, headline(points.values()), level=FORMULA.level)


def _factors(frame: Frame, pages: Sequence[PageScore], group: str) -> tuple[SiteFactor, ...]:
    whole = math.fsum(kind_weight(kind.known) for kind in frame.kinds)
    parts: dict[tuple[str, str], list[float]] = {}
    for kind in frame.kinds:
        share = kind_weight(kind.known) / whole / len(kind.pages)
        for page in kind.pages:
            for factor in pages[page].groups[group].factors:
                parts.setdefault((factor.criterion, factor.rule), []).append(factor.points * share)
    found = [SiteFactor(criterion, rule, math.fsum(points), len(points)) for (criterion, rule), points in parts.items()]
    return tuple(sorted(found, key=lambda factor: (-factor.points, factor.criterion, factor.rule)))


def _distinct(plan: Plan, site: SiteResult, group: str) -> tuple[int, int]:
    """How many distinct problems, and questions beside them, concern a group on the whole site."""
    on_pages = [(o.verdict, o.rule, o.fingerprint) for page in site.pages if page.tested for o in page.outcomes]
    on_site = [(o.verdict, o.rule, o.fingerprint) for o in site.site_outcomes]
    found: dict[Verdict, set[tuple[str, str]]] = {Verdict.FAILED: set(), Verdict.CANT_TELL: set()}
    for verdict, rule, fingerprint in on_pages + on_site:
        if verdict in found and plan.serves(rule, group):
            found[verdict].add((rule, fingerprint))
    problems, questions = found[Verdict.FAILED], found[Verdict.CANT_TELL]
    return len(problems), len(questions - problems)


def _why(group: str, decisive: Mapping[str, float], frame: Frame) -> str:
    """Why a group has no number; for a headline group a site that cannot have one is the first reason."""
    return (frame.reason if group in HEADLINE else "") or why_no_number(group, decisive)
