"""The verdict on a scan in one sentence, first in every document and in the terminal.

It says how many problems stop people and where, or that automated checks found none, or that nothing
could be judged. It never says that a page is good.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Protocol

from reports.model import Scan, SiteResult
from reports.problems import Problem, by_site
from reports.text import one_line
from reports.words import IMPACTS, NO_FAILURE, counted, listed, started
from rules.model import IMPACTS as FROM_GRAVEST
from rules.model import Impact
from rules.standards.wcag import Standing


def verdict(scan: Scan, found: Sequence[Problem]) -> str:
    """The verdict on a whole scan; `found` are its problems."""
    if not scan.sites:
        return "Nothing could be judged: the list of services is empty."
    if len(scan.sites) == 1:
        (site,) = scan.sites
        return f"{site_name(site)}: {service_verdict(site, found)}{_stopped(scan)}"
    return f"{_of_several(scan.sites, found)}{_stopped(scan)}"


def is_judged(site: SiteResult) -> bool:
    """Whether there is a verdict on a service: enough of it could be looked at, and at least one page."""
    return site.state == "judged" and any(page.tested for page in site.pages)


def service_verdict(site: SiteResult, found: Sequence[Problem]) -> str:
    """The verdict on one service without its name; one that was not judged says why, and what is known all the same."""
    if is_judged(site):
        return site_verdict(found)
    known = f" Even so, {site_verdict(found)}" if grades(found) else ""
    return f"not judged. {one_line(site.reason or 'No page could be tested.')}{known}"


class Graded(Protocol):
    """Something that has an impact and stands somehow towards a profile, as a problem does."""

    @property
    def impact(self) -> Impact:
        """How bad it is."""

    @property
    def standing(self) -> Standing:
        """Whether the profile asks for it."""


def site_verdict(found: Sequence[Graded]) -> str:
    """What was found in a service, as a sentence; `found` are its problems."""
    graded = grades(found)
    told = [impact for impact in FROM_GRAVEST if graded[impact]][:2]
    parts = [f"{graded[impact]:,} {_verb(impact, graded[impact])}" for impact in told[1:]]
    if not told:
        return f"{NO_FAILURE}."
    return f"{listed([_grade(told[0], graded[told[0]]), *parts])}."


def grades(found: Sequence[Graded]) -> Counter[Impact]:
    """How many problems there are of each impact, advice left out and proven blockers among the gravest."""
    return Counter(problem.impact for problem in found if problem.standing != "advice")


def worst_first(scan: Scan, found: Sequence[Problem]) -> list[int]:
    """The services' indices, those first where most problems stop people, then the next impact, and so on.

    Not by score: a service without a number must not slip to the end. Those not judged come last.
    """
    graded = [grades(own) for own in by_site(scan, found)]

    def rank(index: int) -> tuple[object, ...]:
        return (not is_judged(scan.sites[index]), *(-graded[index][impact] for impact in FROM_GRAVEST), index)

    return sorted(range(len(scan.sites)), key=rank)


def site_name(site: SiteResult) -> str:
    """The service's name in one line; its address where it has none."""
    return one_line(site.name or site.url, 80)


def looked_at(site: SiteResult) -> str:
    """How much of a service was looked at: "looked at 212 of 4,180 pages"."""
    tested = sum(page.tested for page in site.pages)
    return f"looked at {tested:,} of {counted(site.known, 'page')}"


def _of_several(sites: Sequence[SiteResult], found: Sequence[Problem]) -> str:
    judged = sum(is_judged(site) for site in sites)
    missing = f" {counted(len(sites) - judged, 'service')} could not be judged." if judged < len(sites) else ""
    for impact in FROM_GRAVEST:
        same = [p for p in found if p.standing != "advice" and p.impact == impact]
        if same:
            where = len({problem.site for problem in same})
            share = f"in {where} of" if where < len(sites) else "in all"
            return f"{_grade(impact, len(same))}, {share} {counted(len(sites), 'service')}.{missing}"
    if not judged:
        return f"None of {counted(len(sites), 'service')} could be judged."
    return f"{started(NO_FAILURE)} in {counted(judged, 'service')}.{missing}"


def _grade(impact: Impact, number: int) -> str:
    return f"{counted(number, 'problem')} {_verb(impact, number)}"


def _verb(impact: Impact, number: int) -> str:
    words = IMPACTS[impact]
    return words.verb_of_one if number == 1 else words.verb


def _stopped(scan: Scan) -> str:
    return "" if scan.complete else " The run ended early."
