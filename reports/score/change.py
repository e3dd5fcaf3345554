"""Whether a site became better or worse between two scans: the same pages, compared one by one.

Only what both scans could see counts: pages tested in both, and rules of the same version that ran on a
page both times. Otherwise a new rule, a new page or a probe that failed would look like a change.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from reports.model import PageResult, Scan, SiteResult
from reports.sampling import draws, likely_range
from reports.score.formula import FORMULA, stored
from reports.score.page import headline, page_score, values
from reports.score.plan import Plan, make_plan
from reports.score.value import Frame, combine, make_frame
from rules.model import PageOutcome, SiteOutcome, Verdict
from rules.standards.abilities import DEFAULT_MAP, HEADLINE

_NOT_RUN = (Verdict.UNTESTED, Verdict.ERROR)


class Change(StrEnum):
    """How a number changed; between better and worse nothing is claimed."""

    BETTER = "better"
    UNCLEAR = "no clear change"
    WORSE = "worse"


@dataclass(frozen=True, slots=True)
class GroupChange:
    """The change of one number in points; `range` is its likely range where pages were drawn."""

    verdict: Change
    points: float
    range: tuple[float, float] | None = None

    def as_json(self) -> dict[str, object]:
        """Plain data."""
        return {"verdict": self.verdict, "points": self.points, "range": list(self.range) if self.range else None}


@dataclass(frozen=True, slots=True)
class SiteChange:
    """How a site changed on `pages` pages seen in both scans; `reason` says why nothing can be said.

    `ignored` names rules that only one of the scans had, or had in another version.
    """

    url: str
    pages: int
    headline: GroupChange | None = None
    groups: Mapping[str, GroupChange] = field(default_factory=dict)
    ignored: tuple[str, ...] = ()
    reason: str = ""

    def as_json(self) -> dict[str, object]:
        """Plain data."""
        return {
            "url": self.url,
            "pages": self.pages,
            "headline": self.headline.as_json() if self.headline else None,
            "groups": {name: group.as_json() for name, group in self.groups.items()},
            "ignored": list(self.ignored),
            "reason": self.reason,
        }


def score_change(before: Scan, after: Scan, *, map: str = DEFAULT_MAP, seed: int = 0) -> tuple[SiteChange, ...]:
    """How every site changed that both scans judged, in the order of `after`."""
    versions = {info.id: info.version for info in before.rules}
    shared = tuple(info for info in after.rules if versions.get(info.id) == info.version)
    ignored = tuple(sorted({info.id for info in (*before.rules, *after.rules)} - {info.id for info in shared}))
    plan = make_plan(shared, map=map)
    # Prose is measured by several rules together: with one more among them it is another measure.
    is_worded = not any(info.kind == "document" and info.id in ignored for info in (*before.rules, *after.rules))
    earlier = {site.url: site for site in before.sites}
    return tuple(
        replace(_compare(plan, earlier[site.url], site, seed=seed, is_worded=is_worded), ignored=ignored)
        for site in after.sites
        if site.url in earlier
    )


def _compare(plan: Plan, before: SiteResult, after: SiteResult, *, seed: int, is_worded: bool) -> SiteChange:
    then, now = _common(plan, before, after, is_worded=is_worded)
    exact = make_frame(before).exact and make_frame(after).exact
    frame = make_frame(now, exact=exact)
    drawn = sum(page.random for page in now.pages)
    if not now.pages or (frame.reason and not exact):
        reason = (
            f"The scans have {len(now.pages)} tested pages in common, {drawn} of them drawn at random both times; "
            f"a comparison needs {FORMULA.random_pages} drawn at random, or all pages both times."
        )
        return SiteChange(after.url, len(now.pages), reason=reason)
    old, new = _scores(plan, then, frame), _scores(plan, now, frame)
    differences = _differences(frame, old, new, seed=seed)
    point = {name: found[0] for name, found in differences.items()}
    changes = {name: _judge(point[name], [] if frame.exact else found[1:]) for name, found in differences.items()}
    whole = changes.pop("headline", None)
    return SiteChange(after.url, len(now.pages), headline=whole, groups=changes)


def _common(plan: Plan, before: SiteResult, after: SiteResult, *, is_worded: bool) -> tuple[SiteResult, SiteResult]:
    """Both sites with only the pages that both tested, and only what was judged both times, by URL."""
    then = {page.url: page for page in before.pages if page.tested}
    pairs = [(then[page.url], page) for page in after.pages if page.tested and page.url in then]
    pairs.sort(key=lambda pair: pair[1].url)
    silent = {concern.rule for site in (before, after) for concern in site.site_outcomes if concern.verdict in _NOT_RUN}
    old, new = [], []
    for one, other in pairs:
        skipped = {outcome.rule for page in (one, other) for outcome in page.outcomes if outcome.verdict in _NOT_RUN}
        random = one.random and other.random
        if not is_worded or one.wording is None or other.wording is None:
            one, other = replace(one, wording=None), replace(other, wording=None)
        old.append(_only(plan, one, skipped, template=other.template, random=random))
        new.append(_only(plan, other, skipped, template=other.template, random=random))
    return (
        replace(after, pages=tuple(old), site_outcomes=_concerns(plan, before.site_outcomes, silent)),
        replace(after, pages=tuple(new), site_outcomes=_concerns(plan, after.site_outcomes, silent)),
    )


def _only(plan: Plan, page: PageResult, skipped: set[str], *, template: str, random: bool) -> PageResult:
    kept = [outcome for outcome in page.outcomes if outcome.rule in plan.rules and outcome.rule not in skipped]
    gaps = [PageOutcome(rule, Verdict.UNTESTED) for rule in sorted(skipped & plan.rules)]
    return replace(page, outcomes=(*kept, *gaps), template=template, random=random)


def _concerns(plan: Plan, found: Sequence[SiteOutcome], silent: set[str]) -> tuple[SiteOutcome, ...]:
    kept = [concern for concern in found if concern.rule in plan.rules and concern.rule not in silent]
    return (*kept, *(SiteOutcome(Verdict.UNTESTED, rule=rule) for rule in sorted(silent & plan.rules)))


def _scores(plan: Plan, site: SiteResult, frame: Frame) -> dict[str, list[float]]:
    """The numbers of every group that has one on all pages, page by page."""
    found = [
        values(page_score(plan, site.pages[position], extra=site.site_outcomes).groups, "high")
        for position in frame.pages
    ]
    return {name: [page[name] for page in found] for name in HEADLINE if all(name in page for page in found)}


def _differences(
    frame: Frame, old: Mapping[str, list[float]], new: Mapping[str, list[float]], *, seed: int
) -> dict[str, list[float]]:
    """After less before: first as it is, then in every draw; by group, and `headline` when all five are there."""
    names = [name for name in HEADLINE if name in old and name in new]
    found: dict[str, list[float]] = {
        name: [] for name in [*names, *(["headline"] if len(names) == len(HEADLINE) else [])]
    }
    many = 0 if frame.exact else FORMULA.draws
    plain = [1.0] * len(frame.pages)
    for weights in [plain, *draws(frame.strata, pages=len(plain), count=many, seed=seed)]:
        then = [stored(combine(old[name], frame.kinds, weights)) for name in names]
        now = [stored(combine(new[name], frame.kinds, weights)) for name in names]
        for name, one, other in zip(names, then, now, strict=True):
            found[name].append(other - one)
        if "headline" in found:
            found["headline"].append(headline(now) - headline(then))
    return found


def _judge(points: float, drawn: Sequence[float]) -> GroupChange:
    low, high = likely_range(drawn, points, level=FORMULA.level) if drawn else (points, points)
    span = (round(low, 1), round(high, 1)) if drawn else None
    if low > 0 and points >= FORMULA.change:
        return GroupChange(Change.BETTER, round(points, 1), span)
    if high < 0 and points <= -FORMULA.change:
        return GroupChange(Change.WORSE, round(points, 1), span)
    return GroupChange(Change.UNCLEAR, round(points, 1), span)
