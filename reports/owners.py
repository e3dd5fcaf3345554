"""Who answers for which pages, so that a problem reaches the team that can fix it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from reports.model import PageResult, Scan, SiteResult
from reports.patterns import Pattern, compared
from reports.problems import Problem
from reports.text import one_line
from rules.model import Verdict


@dataclass(frozen=True, slots=True)
class Owner:
    """A team with where it is reached, and its pages: patterns of addresses, and kinds of page as reports name them."""

    team: str
    contact: str = ""
    pages: tuple[Pattern, ...] = ()
    kinds: tuple[str, ...] = ()

    @property
    def told(self) -> str:
        """The team with its contact, in one line."""
        contact = one_line(self.contact, 120)
        return one_line(self.team, 80) + (f" ({contact})" if contact else "")


@dataclass(frozen=True, slots=True)
class Owners:
    """The teams in the order in which somebody wrote them down: of two that fit a page the first has it."""

    teams: tuple[Owner, ...] = ()

    def of_page(self, site: SiteResult, page: PageResult) -> Owner | None:
        """Who answers for a page; None where nobody is named."""
        address = compared(page.url)
        kinds = {page.template, *(kind.pattern for kind in site.sample.kinds if kind.template == page.template)} - {""}
        for owner in self.teams:
            if any(pattern.matches(address) for pattern in owner.pages) or not kinds.isdisjoint(owner.kinds):
                return owner
        return None


NOBODY = Owners()


@dataclass(frozen=True, slots=True)
class Owned:
    """A scan with its owners: `pages` is (service, page) → team, `problems` (verdict, number) → teams, as indices."""

    owners: Owners = NOBODY
    pages: Mapping[tuple[int, int], int] = field(default_factory=dict)
    problems: Mapping[tuple[Verdict, int], tuple[int, ...]] = field(default_factory=dict)

    def team_at(self, place: tuple[int, int]) -> Owner | None:
        """Who answers for a page; None where nobody is named."""
        return self.owners.teams[self.pages[place]] if place in self.pages else None

    def teams_of(self, problem: Problem) -> tuple[Owner, ...]:
        """Who answers for the pages that have a problem: those with most of them first, then as they were written."""
        return tuple(self.owners.teams[at] for at in self.problems.get((problem.verdict, problem.number), ()))


def owned(scan: Scan, owners: Owners, found: Iterable[Problem]) -> Owned:
    """Who answers for which page and which of the problems and questions `found`; each is worked out once."""
    if not owners.teams:
        return Owned(owners)
    pages = {
        (index, at): owners.teams.index(owner)
        for index, site in enumerate(scan.sites)
        for at, page in enumerate(site.pages)
        if (owner := owners.of_page(site, page)) is not None
    }
    problems = {}
    for problem in found:
        counts = Counter(pages.get((problem.site, hit.page), -1) for hit in problem.hits)
        named = sorted((-times, at) for at, times in counts.items() if at >= 0)
        problems[problem.verdict, problem.number] = tuple(at for _, at in named)
    return Owned(owners, pages, problems)
