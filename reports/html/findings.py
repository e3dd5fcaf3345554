"""Everything that the pages of a report draw on, worked out once from a scan and its scores."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from reports.edit_link import edit_link
from reports.effort import WORDS, effort
from reports.gains import Gain, by_gain
from reports.html.by_rule import Found, by_rule, part_numbers
from reports.model import PageResult, Scan
from reports.numbers import ScanNumbers, scan_numbers
from reports.owners import NOBODY, Owned, Owners, owned
from reports.problems import Hit, Problem, by_site, problems
from reports.score import ScanScores
from reports.text import file_name, one_line, short_address
from reports.verdict import site_name
from reports.words import IMPACTS, ROLES, STANDINGS, counted, listed
from rules.model import RuleInfo, Verdict

PAGE_VIEWS = 1000
"""Pages with a file of their own; a report of ten thousand pages would be one that nobody can send."""

TEAMS = 3
"""Owners of one problem that are named."""

_Place = tuple[int, int]


class Link(NamedTuple):
    """A place in the report, seen from its root; without `href` where there is no such file."""

    text: str
    href: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """A problem or an open question as a line in a list."""

    number: int
    headline: str
    href: str
    impact: str
    label: str
    people: str
    extent: str
    example: Link | None
    only_there: bool
    selector: str
    service: str
    role: str
    where: str
    gain: str
    standing: str
    rule: str
    owner: str = ""


@dataclass(frozen=True)
class Findings:
    """A scan read for a report: its numbers, problems, open questions, and what stands on which page.

    `problems` are in the order of what each costs the headline, which `gains` says of each by its number.
    `on_page` is (service, page) → problems and questions there, in the order in which they are told.
    `viewed` are the pages that have a file of their own, `files` the pictures that there are.
    """

    scan: Scan
    numbers: ScanNumbers
    problems: tuple[Problem, ...]
    questions: tuple[Problem, ...]
    on_page: dict[_Place, list[tuple[Problem, Hit]]]
    first_number: tuple[int, ...]
    viewed: frozenset[_Place]
    files: frozenset[str] = frozenset()
    gains: tuple[Gain, ...] = ()
    owned: Owned = Owned()
    edit_link: str = ""

    @cached_property
    def problems_of(self) -> tuple[list[Problem], ...]:
        """The problems of each service."""
        return by_site(self.scan, self.problems)

    @cached_property
    def questions_of(self) -> tuple[list[Problem], ...]:
        """The open questions of each service."""
        return by_site(self.scan, self.questions)

    @cached_property
    def tested(self) -> tuple[int, ...]:
        """How many pages of each service were looked at."""
        return tuple(sum(page.tested for page in site.pages) for site in self.scan.sites)

    @cached_property
    def hard(self) -> int:
        """How many pages have hard sentences, which are told there."""
        return sum(page.reading is not None for site in self.scan.sites for page in site.pages)

    @cached_property
    def rules(self) -> dict[str, RuleInfo]:
        """The rules of the scan by their ids."""
        return {info.id: info for info in self.scan.rules}

    @cached_property
    def wordings(self) -> dict[str, list[tuple[_Place, int]]]:
        """For each rule on words the pages of whose hard sentences it makes one hard, with how many of them."""
        pages: dict[str, list[tuple[_Place, int]]] = {}
        for index, site in enumerate(self.scan.sites):
            for at, page in enumerate(site.pages):
                kept = page.reading.sentences if page.reading else ()
                times = Counter(rule for one in kept for rule in {reason.rule for reason in one.reasons})
                for rule in times.keys() & self.rules.keys():
                    pages.setdefault(rule, []).append(((index, at), times[rule]))
        return dict(sorted(pages.items()))

    @cached_property
    def by_rule(self) -> Mapping[str, Found]:
        """What has a document of its own: each rule that found something or made sentences hard."""
        return by_rule((self.rules[name] for name in self.wordings), (*self.problems, *self.questions))

    @cached_property
    def parts(self) -> dict[tuple[Verdict, int], int]:
        """In which of its rule's documents each problem or question stands."""
        return part_numbers(self.by_rule)

    @property
    def several(self) -> bool:
        """Whether the scan has several services, so that each must be named."""
        return len(self.scan.sites) > 1

    def page(self, place: _Place) -> PageResult:
        """The page at a place."""
        return self.scan.sites[place[0]].pages[place[1]]

    def page_number(self, place: _Place) -> int:
        """The number of a page in the whole scan, from 1."""
        return self.first_number[place[0]] + place[1]

    def page_link(self, place: _Place) -> Link:
        """A page's view, named by its number and address."""
        number = self.page_number(place)
        page, home = self.page(place), self.scan.sites[place[0]].url.rstrip("/")
        inside = page.url[len(home) :] if page.url.startswith(f"{home}/") else ""
        address = short_address(inside or page.url, 80)
        return Link(f"{number}. {address}", page_file(number) if place in self.viewed else "")

    def edit(self, place: _Place) -> Link:
        """Where a page is edited; without a text where nobody said so."""
        href = edit_link(self.edit_link, self.page(place).url)
        return Link(f"Edit page {self.page_number(place)}", href) if href else Link("")

    def item(self, problem: Problem) -> Item:
        """A problem as a line in a list."""
        words = IMPACTS[problem.impact]
        return Item(
            number=problem.number,
            headline=problem.headline,
            href=self.href(problem),
            impact=problem.impact,
            label=f"{words.possible if problem.verdict is Verdict.CANT_TELL else words.label} ({problem.impact})",
            people=problem.people,
            extent=self.extent(problem),
            example=self.page_link((problem.site, problem.hits[0].page)) if problem.hits else None,
            only_there=len(problem.hits) == 1,
            selector=one_line(problem.place.selector, 100) if problem.place else "",
            service=site_name(self.scan.sites[problem.site]) if self.several else "",
            role=ROLES[problem.rule.role],
            where=WORDS[effort(problem)].where,
            gain=self.gain(problem),
            standing=STANDINGS[problem.standing],
            rule=one_line(problem.rule.title, 120),
            owner=self.owner(problem),
        )

    def gain(self, problem: Problem) -> str:
        """What the score gains when a problem is gone, in words; "" for a question and where nothing is known."""
        if problem.verdict is not Verdict.FAILED or not 0 < problem.number <= len(self.gains):
            return ""
        gain = self.gains[problem.number - 1]
        return f"{gain.points:.1f} points more if fixed" if gain.points > 0 else ""

    def owner(self, problem: Problem) -> str:
        """The teams that answer for it, in words; "" where nobody is named."""
        teams = [one_line(owner.team, 80) for owner in self.owned.teams_of(problem)]
        more = [counted(len(teams) - TEAMS, "more team")] if len(teams) > TEAMS else []
        return listed([*teams[:TEAMS], *more])

    def href(self, problem: Problem) -> str:
        """Where it is told: its own place in its rule's documents, the first of them where it has no entry."""
        part = self.parts.get((problem.verdict, problem.number))
        file = rule_file(problem.rule.id, part or 0)
        return file if part is None else f"{file}#{self.anchor(problem)}"

    def anchor(self, problem: Problem) -> str:
        """The id of a problem on its rule's page: the same in every scan of the same services."""
        kind = "q" if problem.verdict is Verdict.CANT_TELL else "p"
        service = f"-{problem.site + 1}" if self.several else ""
        return f"{kind}-{file_name(problem.fingerprint)}{service}"

    def extent(self, problem: Problem) -> str:
        """On how many pages a problem was seen, and how often."""
        if not problem.hits:
            return "in the service as a whole"
        pages = f"on {len(problem.hits):,} of {counted(self.tested[problem.site], 'page')}"
        return pages if problem.count == len(problem.hits) else f"{pages}, {problem.count:,} times"


def gather(
    scan: Scan,
    scores: ScanScores | None,
    *,
    files: frozenset[str] = frozenset(),
    owners: Owners = NOBODY,
    edit_link: str = "",
) -> Findings:
    """The findings of a scan; `scores` None gives a report without numbers that says so."""
    numbers = scan_numbers(scan, scores)
    told = (one for one in problems(scan, map=numbers.map) if not _is_told_by_sentence(scan, one))
    ranked = by_gain(scan, scores, told)
    found = tuple(problem for problem, _ in ranked)
    open_questions = problems(scan, verdict=Verdict.CANT_TELL, map=numbers.map)
    on_page: dict[_Place, list[tuple[Problem, Hit]]] = {}
    for problem in (*found, *open_questions):
        for hit in problem.hits:
            on_page.setdefault((problem.site, hit.page), []).append((problem, hit))
    first = [1]
    for site in scan.sites:
        first.append(first[-1] + len(site.pages))
    gained = tuple(gain for _, gain in ranked)
    viewed = _viewed(scan, on_page)
    teams = owned(scan, owners, (*found, *open_questions))
    return Findings(
        scan, numbers, found, open_questions, on_page, tuple(first), viewed, files, gained, teams, edit_link
    )


def page_file(number: int) -> str:
    """Where the view of a page lies."""
    return f"pages/{number:04}.html"


def rule_file(rule: str, part: int = 0) -> str:
    """Where the problems that a rule found lie; there are more parts where it found many."""
    return f"problems/{file_name(rule)}{f'.{part + 1}' if part else ''}.html"


def owner_file(team: str) -> str:
    """Where the problems of one team lie."""
    return f"owners/{file_name(team)}.html"


def service_file(index: int) -> str:
    """Where the results of one service lie."""
    return f"services/{index + 1:02}.html"


def _is_told_by_sentence(scan: Scan, problem: Problem) -> bool:
    """Whether it is about words, and every page that has it shows its hard sentences, which say the same in place."""
    pages = scan.sites[problem.site].pages
    return problem.rule.kind == "document" and all(pages[hit.page].reading is not None for hit in problem.hits)


def _viewed(scan: Scan, on_page: dict[_Place, list[tuple[Problem, Hit]]]) -> frozenset[_Place]:
    """The pages that get a view: those with findings first, then in the order of the scan."""
    places = [(index, at) for index, site in enumerate(scan.sites) for at in range(len(site.pages))]
    places.sort(key=lambda place: (place not in on_page, place))
    return frozenset(places[:PAGE_VIEWS])
