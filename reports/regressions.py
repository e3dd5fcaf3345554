"""Which problems of a scan count and are new: those that a baseline lacks, or has fewer of on a page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from reports.baseline import Baseline, baseline_of, counts_on, identity
from reports.model import Scan, SiteResult
from reports.words import counted
from rules.errors import StoredDataError
from rules.model import IMPACTS, Impact, Verdict
from rules.standards.wcag import profile, standing


@dataclass(frozen=True, slots=True)
class NewProblem:
    """A problem that a gate does not let through, shown on the page where it occurs most often.

    `count` is how often it occurs on `page`, `allowed` how often the baseline has it on a page, `pages` on
    how many pages it occurs more often than that. `selector` is empty for a page as a whole.
    """

    fingerprint: str
    rule: str
    title: str
    impact: Impact
    site: str
    page: str
    selector: str
    message: str
    count: int
    allowed: int
    pages: int = 1

    @property
    def sentence(self) -> str:
        """One line that names the problem, the page, the place and how often it is there."""
        place = f"{self.page} at {self.selector}" if self.selector else self.page
        times = f", {self.count} times" if self.count > 1 else ""
        accepted = f" (the baseline has {self.allowed})" if self.allowed else ""
        pages = f", on {self.pages} pages" if self.pages > 1 else ""
        return f"{self.impact}, {self.rule}, “{self.title}”: not so on {place}{times}{accepted}{pages}."


def new_problems(scan: Scan, *, fail_on: Impact, baseline: Baseline) -> tuple[NewProblem, ...]:
    """One entry for each problem at `fail_on` or worse: what stops people first, then what is on most pages.

    Only what the profile of a site requires counts, so best practice and AAA never do. How many of a
    problem were mended elsewhere does not matter: each fingerprint and each page stands for itself.
    """
    worst: dict[str, NewProblem] = {}
    pages: dict[str, set[tuple[str, str]]] = {}
    for found in _failures(scan, baseline):
        if IMPACTS.index(found.impact) > IMPACTS.index(fail_on) or found.count <= found.allowed:
            continue
        pages.setdefault(found.fingerprint, set()).add((found.site, found.page))
        if found.count > worst.setdefault(found.fingerprint, found).count:
            worst[found.fingerprint] = found
    new = (replace(found, pages=len(pages[fingerprint])) for fingerprint, found in worst.items())
    return tuple(sorted(new, key=lambda one: (IMPACTS.index(one.impact), -one.pages, one.rule, one.fingerprint)))


def unseen_problems(scan: Scan, baseline: Baseline) -> str:
    """What a scan says of accepted problems that it did not meet, as a sentence; empty where it met all.

    A page that was not looked at mends nothing: only a scan that tested every known page may say that a
    problem was not there any more.
    """
    missing = len(set(baseline.accepted) - set(baseline_of(scan).accepted))
    if not missing:
        return ""
    known = sum(site.known for site in scan.sites)
    whole = (page.tested and all(probe.ran for probe in page.probes) for site in scan.sites for page in site.pages)
    left = known - sum(whole)
    problems = f"{counted(missing, 'problem')} of the baseline {'was' if missing == 1 else 'were'} not met"
    if scan.complete and left <= 0:
        return f"{problems} on any page of this scan."
    unknown = f"{left:,} of {counted(known, 'known page')} were not looked at"
    return f"{problems}; {unknown}, so nothing says that {'it is' if missing == 1 else 'they are'} gone."


def _failures(scan: Scan, baseline: Baseline) -> Iterator[NewProblem]:
    """Every required failure, page by page in the order of the scan."""
    titles = {info.id: info.title for info in scan.rules}
    for site in scan.sites:
        required = profile(site.profile)
        for page in site.pages:
            counts = counts_on(page)
            for outcome in page.with_verdict(Verdict.FAILED):
                if standing(outcome.wcag, required) == "required":
                    problem = identity(outcome)
                    yield NewProblem(
                        fingerprint=problem,
                        rule=outcome.rule,
                        title=titles.get(outcome.rule, outcome.rule),
                        impact=outcome.impact,
                        site=site.url,
                        page=page.url,
                        selector=outcome.target.selector if outcome.target else "",
                        message=outcome.message,
                        count=counts[problem],
                        allowed=baseline.allows(problem),
                    )
        yield from _site_failures(scan, site, baseline)


def _site_failures(scan: Scan, site: SiteResult, baseline: Baseline) -> Iterator[NewProblem]:
    for concern in site.site_outcomes:
        if concern.verdict is not Verdict.FAILED:
            continue
        info = scan.rule(concern.rule)
        if info is None:
            # Its criteria stand in the catalogue alone; leaving it out would let a failure through.
            raise StoredDataError(f"The catalogue of rules lacks {concern.rule!r}.", where=site.url)
        if standing(info.wcag, profile(site.profile)) == "required":
            for page in concern.pages or (site.url,):
                yield NewProblem(
                    fingerprint=identity(concern),
                    rule=info.id,
                    title=info.title,
                    impact=info.impact,
                    site=site.url,
                    page=page,
                    selector="",
                    message=concern.message,
                    count=1,
                    allowed=baseline.allows(identity(concern)),
                )
