"""A service's score at both ends of a period, and what of the change is the service's own.

The service is compared on the same pages by the same rules. What is left of the difference is told apart: what other
rules make of it, and the rest, which other pages make.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from reports.model import PageResult, Scan
from reports.reviews import answered
from reports.score import Headline, SiteChange, score_change, score_scan
from rules.model import RuleInfo


@dataclass(frozen=True, slots=True)
class Ends:
    """The headline at both ends, None with a `reason` where there is none, and the paired `change`.

    `by_rules` is how many points other rules, or other versions of rules, take or give; 0.0 where they are the same.
    """

    before: Headline | None
    after: Headline | None
    reason: str = ""
    change: SiteChange | None = None
    by_rules: float = 0.0


def score_ends(before: Scan | None, after: Scan) -> Ends:
    """The scores of a single service in one or two scans; what people answered decides."""
    now = answered(after)
    score, reason = _headline(now)
    if before is None:
        return Ends(None, score, reason or "There is no earlier scan to compare with.")
    then = answered(before)
    old, _ = _headline(then)
    seed = now.settings.get("seed", 0)
    [change] = score_change(then, now, seed=seed if isinstance(seed, int) else 0)
    return Ends(old, score, reason, change, _by_rules(then, now, old, score))


def _headline(scan: Scan) -> tuple[Headline | None, str]:
    [site] = score_scan(scan).sites
    return site.headline, site.reason


def _by_rules(then: Scan, now: Scan, old: Headline | None, new: Headline | None) -> float:
    """How far the difference of two scores shrinks or grows when only rules judge that both scans had."""
    versions = {info.id: info.version for info in then.rules}
    shared = tuple(info for info in now.rules if versions.get(info.id) == info.version)
    if old is None or new is None or len(shared) == len(now.rules) == len(then.rules):
        return 0.0
    ours = {info.id for info in shared}
    words = all(info.id in ours for info in (*then.rules, *now.rules) if info.kind == "document")
    alike = [_headline(_only(scan, shared, words=words))[0] for scan in (then, now)]
    if alike[0] is None or alike[1] is None:
        return 0.0
    return round((new.high - old.high) - (alike[1].high - alike[0].high), 1)


def _only(scan: Scan, shared: tuple[RuleInfo, ...], *, words: bool) -> Scan:
    ids = {info.id for info in shared}

    def kept(page: PageResult) -> PageResult:
        outcomes = tuple(outcome for outcome in page.outcomes if outcome.rule in ids)
        return replace(page, outcomes=outcomes, wording=page.wording if words else None)

    sites = tuple(
        replace(
            site,
            pages=tuple(map(kept, site.pages)),
            site_outcomes=tuple(concern for concern in site.site_outcomes if concern.rule in ids),
        )
        for site in scan.sites
    )
    return replace(scan, rules=shared, sites=sites)
