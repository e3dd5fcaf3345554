"""One team: the problems and questions on the pages that it answers for, as a document and as a table."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from reports.exports.cells import Cell, Cells
from reports.exports.csv import table
from reports.exports.decisions import decider
from reports.html.findings import Findings, Item, Link, owner_file
from reports.owners import Owner
from reports.problems import Problem
from reports.text import one_line, web_address

ITEMS = 100


@dataclass(frozen=True, slots=True)
class OwnerRow:
    """A team as a line in a list, with how many problems it has."""

    link: Link
    problems: int


@dataclass(frozen=True, slots=True)
class OwnerView:
    """All that a team's page shows; `table` is the file beside it that holds every problem on every page."""

    team: str
    contact: str
    href: str
    pages: int
    tested: int
    problems: tuple[Item, ...]
    problem_count: int
    questions: tuple[Item, ...]
    question_count: int
    table: str


def owner_view(findings: Findings, owner: Owner) -> OwnerView:
    """The page of a team."""
    own, asked = _of(findings, owner, findings.problems), _of(findings, owner, findings.questions)
    pages = [findings.page(place) for place in findings.owned.pages if findings.owned.team_at(place) is owner]
    return OwnerView(
        team=one_line(owner.team, 120),
        contact=one_line(owner.contact, 200),
        href=web_address(owner.contact),
        pages=len(pages),
        tested=sum(page.tested for page in pages),
        problems=tuple(findings.item(problem) for problem in own[:ITEMS]),
        problem_count=len(own),
        questions=tuple(findings.item(question) for question in asked[:ITEMS]),
        question_count=len(asked),
        table=owner_table_file(owner).rpartition("/")[2],
    )


def owner_rows(findings: Findings) -> tuple[OwnerRow, ...]:
    """Every team with its page, in the order in which they were written down."""
    return tuple(
        OwnerRow(Link(one_line(owner.team, 80), owner_file(owner.team)), len(_of(findings, owner, findings.problems)))
        for owner in findings.owned.owners.teams
    )


def owner_table_file(owner: Owner) -> str:
    """Where the table of a team lies."""
    return owner_file(owner.team).removesuffix(".html") + ".csv"


def owner_table(findings: Findings, owner: Owner) -> Iterator[str]:
    """Every problem on every page of a team, in the columns of the CSV export."""
    return table(_rows(findings, owner))


def _rows(findings: Findings, owner: Owner) -> Iterator[tuple[Cell, ...]]:
    scan = findings.scan
    today = (scan.finished or scan.started)[:10]
    reviews = {review.fingerprint: review for review in scan.reviews}
    decide = decider(scan.agreed, reviews, over={agreed for agreed in scan.agreed if agreed.is_over(today)})
    cells = Cells.of(scan)
    for problem in _of(findings, owner, findings.problems):
        same = cells.problem(problem)
        for hit in problem.hits:
            if findings.owned.team_at((problem.site, hit.page)) is owner:
                yield (*same, *cells.place(problem, hit, decision=decide(problem, hit)))


def _of(findings: Findings, owner: Owner, found: tuple[Problem, ...]) -> list[Problem]:
    return [one for one in found if owner in findings.owned.teams_of(one)]
