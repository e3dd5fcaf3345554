"""Limits on scores: the same pages compared, because a number alone says more of the sample than of the work."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from reports.gate.policy import Action, Policy
from reports.model import Sample, Scan, SiteResult
from reports.score import Change, GroupChange, score_change, score_scan
from reports.score.scores import GroupScore, Headline, SiteGroupScore
from reports.text import short_address


def score_troubles(scan: Scan, before: Scan | None, policy: Policy) -> Iterator[tuple[Action, str]]:
    """What a limit on scores says, and whether it may fail: only where the same pages are clearly worse than before.

    Without earlier results nothing is known about a change, so the sentence is a warning.
    """
    judged = replace(scan, sites=tuple(_site(site, policy) for site in scan.sites))
    scores = score_scan(judged)
    for site, scored in zip(judged.sites, scores.sites, strict=True):
        if policy.of == "page":
            for page, found in zip(site.pages, scored.pages, strict=True):
                one = replace(site, pages=(page,), sample=Sample(1, 1))
                yield from _told(_number(found.groups, found.headline, policy), one, before, policy, scan)
        else:
            yield from _told(_number(scored.groups, scored.headline, policy), site, before, policy, scan)


def _told(
    number: float | None, site: SiteResult, before: Scan | None, policy: Policy, scan: Scan
) -> Iterator[tuple[Action, str]]:
    low = policy.limit == "min-score" and number is not None and number < policy.value
    if policy.limit == "min-score" and not low:
        return
    change = _change(site, before, policy, scan)
    worse = change is not None and change.verdict is Change.WORSE
    if not low and not worse:
        return
    where = short_address(site.pages[0].url, 80) if policy.of == "page" and site.pages else site.url
    whose = f" for {policy.selection.groups[0]}" if policy.selection.groups else ""
    limit = f", at least {policy.value:g} is asked for" if low else ""
    known = f"{change.points:+g} points on the same pages: {change.verdict}" if change else "nothing to compare it with"
    shown = "no score" if number is None else f"score {number:g}"
    yield (Action.FAIL if worse else Action.WARN), f"{where}: {shown}{whose}{limit} ({known})."


def _change(site: SiteResult, before: Scan | None, policy: Policy, scan: Scan) -> GroupChange | None:
    earlier = next((one for one in before.sites if one.url == site.url), None) if before else None
    if before is None or earlier is None:
        return None
    kept = _narrowed(earlier, {page.url for page in site.pages})
    if policy.of == "page":
        kept = replace(kept, sample=Sample(1, 1))
    seed = scan.settings.get("seed", 0)
    found = score_change(
        replace(before, sites=(kept,)), replace(scan, sites=(site,)), seed=seed if isinstance(seed, int) else 0
    )
    if not found:
        return None
    groups = policy.selection.groups
    return found[0].groups.get(groups[0]) if groups else found[0].headline


def _site(site: SiteResult, policy: Policy) -> SiteResult:
    return _narrowed(site, {page.url for page in policy.selection.pages_of(site)})


def _narrowed(site: SiteResult, urls: set[str]) -> SiteResult:
    """The site with some of its pages; the same where that is all of them."""
    pages = tuple(page for page in site.pages if page.url in urls)
    if len(pages) == len(site.pages):
        return site
    sample = replace(site.sample, known=len(pages), looked_at=len(pages)) if site.sample.whole else site.sample
    return replace(site, pages=pages, sample=sample)


def _number(
    groups: Mapping[str, GroupScore] | Mapping[str, SiteGroupScore], headline: Headline | None, policy: Policy
) -> float | None:
    if not policy.selection.groups:
        return headline.high if headline else None
    found = groups.get(policy.selection.groups[0])
    return found.high if found else None
