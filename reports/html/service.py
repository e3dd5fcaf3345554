"""One service: its groups, its problems, what is left to a person, its kinds of page, every page with its state."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from reports.html.agencies import ServiceRow
from reports.html.findings import Findings, Item, Link
from reports.html.left import LeftToPeople, left
from reports.html.quality_rows import QualityRow, quality_rows
from reports.html.service_reading import ServiceReading, service_reading
from reports.kinds import kind_name, sample_told
from reports.model import KindSample, PageResult
from reports.problems import Problem
from reports.text import one_line, web_address
from reports.words import STATES, started
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
    """A kind of page: how many are known, how many were looked at, and one that was, with its title."""

    name: str
    known: int
    looked_at: int
    example: Link | None
    title: str


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
    sample: tuple[str, ...]
    kinds: tuple[KindRow, ...]
    kind_count: int
    pages: tuple[PageRow, ...]
    page_count: int
    tested: int
    notes: tuple[str, ...]
    left: LeftToPeople
    reading: tuple[ServiceReading, ...]
    qualities: tuple[QualityRow, ...]


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
        sample=sample_told(site),
        kinds=_kinds(findings, index),
        kind_count=len(site.sample.kinds),
        pages=tuple(pages[:PAGES]),
        page_count=len(pages),
        tested=findings.tested[index],
        notes=tuple(one_line(note, 300) for note in site.notes[:NOTES]),
        left=left(findings, index),
        reading=service_reading(findings, index),
        qualities=quality_rows(findings, index),
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
    places: dict[str, int] = {}
    for at, page in enumerate(site.pages):
        if page.tested:
            places.setdefault(page.url, at)
            places.setdefault(page.template, at)
    kinds = sorted(site.sample.kinds, key=lambda kind: (-kind.known, kind.template, kind.pattern))
    return tuple(_kind(findings, index, kind, places) for kind in kinds[:KINDS])


def _kind(findings: Findings, index: int, kind: KindSample, places: Mapping[str, int]) -> KindRow:
    at = places.get(kind.example, places.get(kind.template))
    return KindRow(
        name=started(kind_name(kind)),
        known=kind.known,
        looked_at=kind.looked_at,
        example=findings.page_link((index, at)) if at is not None and kind.looked_at else None,
        title=one_line(kind.title, 120),
    )
