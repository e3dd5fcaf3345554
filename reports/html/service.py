"""One service: its five groups, its problems, its kinds of page, and every page with its state."""

from __future__ import annotations

from dataclasses import dataclass

from reports.html.findings import Findings, Item, Link
from reports.html.overview import ServiceRow
from reports.model import PageResult
from reports.problems import Problem
from reports.text import one_line, web_address
from reports.words import STATES
from rules.model import Verdict

ITEMS = 100
PAGES = 500
KINDS = 50
NOTES = 20


@dataclass(frozen=True, slots=True)
class PageRow:
    """A page in the list of a service; counts are distinct problems and questions on it."""

    link: Link
    title: str
    state: str
    tested: bool
    stops: int
    problems: int
    questions: int
    score: str


@dataclass(frozen=True, slots=True)
class KindRow:
    """A kind of page: how many are known and how many were looked at."""

    name: str
    known: int
    looked_at: int
    example: Link | None


@dataclass(frozen=True, slots=True)
class Service:
    """All that a service's page shows."""

    row: ServiceRow
    url: str
    href: str
    kind: str
    problems: tuple[Item, ...]
    problem_count: int
    questions: tuple[Item, ...]
    question_count: int
    kinds: tuple[KindRow, ...]
    kind_count: int
    pages: tuple[PageRow, ...]
    page_count: int
    tested: int
    notes: tuple[str, ...]


def service(findings: Findings, index: int, row: ServiceRow) -> Service:
    """A service's page; `row` is its line in the overview."""
    site = findings.scan.sites[index]
    own, asked = findings.problems_of[index], findings.questions_of[index]
    pages = sorted((page_row(findings, (index, at)) for at in range(len(site.pages))), key=_worst_first)
    return Service(
        row=row,
        url=one_line(site.url, 300),
        href=web_address(site.url),
        kind=one_line(site.kind, 80),
        problems=tuple(findings.item(problem) for problem in own[:ITEMS]),
        problem_count=len(own),
        questions=tuple(findings.item(question) for question in asked[:ITEMS]),
        question_count=len(asked),
        kinds=_kinds(findings, index),
        kind_count=len(site.sample.kinds),
        pages=tuple(pages[:PAGES]),
        page_count=len(pages),
        tested=findings.tested[index],
        notes=tuple(one_line(note, 300) for note in site.notes[:NOTES]),
    )


def page_row(findings: Findings, place: tuple[int, int]) -> PageRow:
    """A page as a line in a list."""
    page = findings.page(place)
    here = [problem for problem, _ in findings.on_page.get(place, ())]
    return PageRow(
        link=findings.page_link(place),
        title=one_line(page.title, 120),
        state=STATES[page.state].label,
        tested=page.tested,
        stops=sum(_is_problem(problem) and problem.stops for problem in here),
        problems=sum(_is_problem(problem) for problem in here),
        questions=sum(problem.verdict is Verdict.CANT_TELL for problem in here),
        score=_score(findings, place, page),
    )


def _is_problem(problem: Problem) -> bool:
    return problem.verdict is Verdict.FAILED and problem.standing != "advice"


def _score(findings: Findings, place: tuple[int, int], page: PageResult) -> str:
    value = findings.numbers.sites[place[0]].pages[place[1]].headline.value
    return "none" if value is None or not page.tested else str(value)


def _worst_first(row: PageRow) -> tuple[bool, int, int, int]:
    return (not row.tested, -row.stops, -row.problems, -row.questions)


def _kinds(findings: Findings, index: int) -> tuple[KindRow, ...]:
    site = findings.scan.sites[index]
    first: dict[str, int] = {}
    for at, page in enumerate(site.pages):
        if page.tested:
            first.setdefault(page.template, at)
    kinds = sorted(site.sample.kinds, key=lambda kind: (-kind.known, kind.template))
    return tuple(
        KindRow(
            one_line(kind.template or "no kind", 60),
            kind.known,
            kind.looked_at,
            findings.page_link((index, first[kind.template])) if kind.template in first else None,
        )
        for kind in kinds[:KINDS]
    )
