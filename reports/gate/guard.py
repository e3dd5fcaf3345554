"""Why too little was looked at for a verdict, a sentence each: ignorance never goes through a gate."""

from __future__ import annotations

from collections.abc import Iterator

from reports.baseline import Baseline
from reports.gate.policy import GatePlan, Policy
from reports.looked import Looked, chosen, is_whole, looked_at, untested
from reports.model import Scan, SiteResult
from reports.words import counted

# 29 of 100 are not more than .29, although .29 · 100 is 28.999….
_ROUNDING = 1e-9
_NAMED = 5


def gaps(scan: Scan, plan: GatePlan, baseline: Baseline | None) -> Iterator[str]:
    """Why a scan is no ground for a verdict; nothing where it is one."""
    if not scan.complete:
        yield "The scan stopped before its end."
    if not scan.sites:
        yield "The scan has no sites."
    for site in scan.sites:
        yield from _of_site(site, plan.max_untested)
        yield from _fewer_pages(site, plan, baseline)
        yield from _lost_kinds(site, baseline)
    yield from _lost_rules(scan, looked_at(scan), baseline)


def too_many_untested(scan: Scan, policy: Policy) -> Iterator[str]:
    """Where more of the pages that a policy selects were not tested than it allows."""
    for site in scan.sites:
        pages = policy.selection.pages_of(site)
        asked = [page for page in chosen(site) if page in pages]
        lost = [page for page in asked if not is_whole(page)]
        if len(lost) > policy.value * len(asked) + _ROUNDING:
            yield _share(len(lost), len(asked), site, policy.value)


def _of_site(site: SiteResult, max_untested: float) -> Iterator[str]:
    asked, lost = chosen(site), untested(site)
    if site.state != "judged":
        yield f"{site.url} was not judged: {site.reason or site.state}"
    elif not any(is_whole(page) for page in site.pages):
        yield f"No page of {site.url} was tested."
    elif lost and lost[0] is site.pages[0]:
        first = lost[0]
        reason = first.reason or "; ".join(f"{probe.name} {probe.state}" for probe in first.probes if not probe.ran)
        yield f"The first page of {site.url} was not tested ({first.state}): {reason}".rstrip(": ")
    elif len(lost) > max_untested * len(asked) + _ROUNDING:
        yield _share(len(lost), len(asked), site, max_untested)


def _share(lost: int, asked: int, site: SiteResult, most: float) -> str:
    return f"{lost} of {counted(asked, 'chosen page')} of {site.url} were not tested; at most {most:.0%} may be."


def _fewer_pages(site: SiteResult, plan: GatePlan, baseline: Baseline | None) -> Iterator[str]:
    found = sum(map(is_whole, site.pages))
    before = baseline.sites.get(site.url, 0) if baseline else 0
    if plan.expected_pages is not None:
        if found < plan.expected_pages:
            yield f"{counted(found, 'page')} of {site.url} tested, and {plan.expected_pages:,} are expected."
    elif found < before * (1 - plan.max_untested) - _ROUNDING:
        yield f"{counted(found, 'page')} of {site.url} tested, and {before:,} when the baseline was made."


def _lost_kinds(site: SiteResult, baseline: Baseline | None) -> Iterator[str]:
    """A kind of page that has neither a page of its template nor one at such an address any more.

    Where no page was tested at all, that is said already, and no kind adds anything.
    """
    if not any(is_whole(page) for page in site.pages):
        return
    templates = {page.template for page in site.pages if is_whole(page)}
    patterns = {kind.pattern for kind in site.sample.kinds if kind.looked_at}
    # Without a pattern pages were named one by one; those that are missing are counted above.
    known = [kind for kind in (baseline.kinds if baseline else ()) if kind.site == site.url and kind.pattern]
    lost = {kind.pattern for kind in known if kind.template not in templates and kind.pattern not in patterns}
    for pattern in sorted(lost):
        yield f"No page like {pattern} of {site.url} was tested; the baseline knows that kind of page."


def _lost_rules(scan: Scan, looked: Looked, baseline: Baseline | None) -> Iterator[str]:
    """Rules that ran when the baseline was made and now ran nowhere; one that an upgrade took away is none."""
    known = [rule for rule in (baseline.rules if baseline else ()) if not looked.ran(rule)]
    lost = sorted(rule for rule in known if rule in looked.versions and looked.kinds[rule] != "site")
    if lost and looked.silent:
        yield f"Checks that ran for the baseline ran on no page: {named(lost)}."
    if scan.tool.broken_plugins and (gone := sorted(rule for rule in known if rule not in looked.versions)):
        yield f"Checks that the baseline knows are missing, and a plug-in could not be loaded: {named(gone)}."


def named(names: list[str]) -> str:
    """The first few of many names."""
    return ", ".join(names[:_NAMED]) + (f" and {len(names) - _NAMED} more" if len(names) > _NAMED else "")
