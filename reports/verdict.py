"""The verdict on a scan in one sentence, first in every document and in the terminal.

It says how many problems stop people and where, or that automated checks found none, or that nothing
could be judged. It never says that a page is good.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from reports.model import Scan, SiteResult
from reports.problems import Problem, by_site
from reports.text import one_line
from reports.words import IMPACTS, NO_FAILURE, counted, listed, started
from rules.model import IMPACTS as FROM_GRAVEST
from rules.model import Impact

JUDGED = "judged"


def verdict(scan: Scan, found: Sequence[Problem]) -> str:
    """The verdict on a whole scan; `found` are its problems."""
    judged = [index for index, site in enumerate(scan.sites) if site.state == JUDGED]
    if not judged:
        why = f": {first_reason(scan)}" if scan.sites else ": the list of services is empty."
        return f"Nothing could be judged{why}"
    if len(scan.sites) == 1:
        return f"{site_name(scan.sites[0])}: {site_verdict(found)}{_stopped(scan)}"
    return f"{_of_several(found, judged)}{_not_judged(len(scan.sites) - len(judged))}{_stopped(scan)}"


def site_verdict(found: Sequence[Problem]) -> str:
    """The verdict on one judged service without its name; `found` are its problems."""
    graded = grades(found)
    told = [impact for impact in FROM_GRAVEST if graded[impact]][:2]
    parts = [f"{graded[impact]:,} {_verb(impact, graded[impact])}" for impact in told[1:]]
    if not told:
        return f"{NO_FAILURE}."
    return f"{listed([_grade(told[0], graded[told[0]]), *parts])}."


def grades(found: Sequence[Problem]) -> Counter[Impact]:
    """How many problems there are of each impact, advice left out and proven blockers among the gravest."""
    return Counter(problem.impact for problem in found if problem.standing != "advice")


def worst_first(scan: Scan, found: Sequence[Problem]) -> list[int]:
    """The services' indices, those first where most problems stop people, then the next impact, and so on.

    Not by score: a service without a number must not slip to the end. Those not judged come last.
    """
    graded = [grades(own) for own in by_site(scan, found)]

    def rank(index: int) -> tuple[object, ...]:
        return (scan.sites[index].state != JUDGED, *(-graded[index][impact] for impact in FROM_GRAVEST), index)

    return sorted(range(len(scan.sites)), key=rank)


def site_name(site: SiteResult) -> str:
    """The service's name in one line; its address where it has none."""
    return one_line(site.name or site.url, 80)


def looked_at(site: SiteResult) -> str:
    """How much of a service was looked at: "looked at 212 of 4,180 pages"."""
    tested = sum(page.tested for page in site.pages)
    known = max(site.sample.known, len(site.pages))
    return f"looked at {tested:,} of {counted(known, 'page')}"


def first_reason(scan: Scan) -> str:
    """Why the first service that was not judged was not, as the end of a sentence."""
    site = next(site for site in scan.sites if site.state != JUDGED)
    return f"{site_name(site)}: {one_line(site.reason or 'no reason is known.')}"


def _of_several(found: Sequence[Problem], judged: Sequence[int]) -> str:
    services = counted(len(judged), "service")
    for impact in FROM_GRAVEST:
        same = [p for p in found if p.standing != "advice" and p.impact == impact]
        if same:
            where = len({problem.site for problem in same})
            here = f"in {where} of {services}" if where < len(judged) else f"in all {services}"
            return f"{_grade(impact, len(same))}, {here}."
    return f"{started(NO_FAILURE)} in {services}."


def _grade(impact: Impact, number: int) -> str:
    return f"{counted(number, 'problem')} {_verb(impact, number)}"


def _verb(impact: Impact, number: int) -> str:
    words = IMPACTS[impact]
    return words.verb_of_one if number == 1 else words.verb


def _not_judged(number: int) -> str:
    return f" {counted(number, 'service')} could not be judged." if number else ""


def _stopped(scan: Scan) -> str:
    return "" if scan.complete else " The run ended early."
