"""The sheets of a workbook as plain rows: problems, places, questions and pages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from reports.exports.cells import ADDRESS, LONG, PLACE, PROBLEM, Cell, Cells, Column, safe
from reports.exports.decisions import Decision, Listed, Status, listed_problems
from reports.gate import GateVerdict
from reports.model import Scan
from reports.numbers import Number, ScanNumbers, scan_numbers
from reports.problems import Problem, problems
from reports.reviews import answered
from reports.score import ScanScores, score_scan
from reports.words import STATES, started
from rules.model import Verdict
from rules.standards.abilities import GROUPS

_FIRST = (Column("Pages", 8), Column("How often", 10), Column("First page", 50))
_AT = (Column("Selector", 40), Column("Snippet", 60))
_STATUS = tuple(column for column in PLACE if column.name in ("Status", "Decision"))
_ASKED = tuple(column._replace(name="Question") if column.name == "Problem" else column for column in PROBLEM)
_GROUPS = tuple(group for group in GROUPS if group.headline)
_PAGE = (
    Column("Service", 24, wraps=True),
    Column("Page", 50),
    Column("Title", 40, wraps=True),
    Column("State", 18),
    Column("Reason", 40, wraps=True),
    Column("Kind of page", 16),
    Column("Drawn by lot", 12),
    Column("Problems", 10),
    Column("Questions", 10),
    Column("Score", 8),
    Column("If every question is a problem", 16, wraps=True),
    *(Column(started(group.people), 16, wraps=True) for group in _GROUPS),
)


class Sheet(NamedTuple):
    """One sheet: its name, its columns, and its rows as they are asked for, with how many there are."""

    name: str
    columns: tuple[Column, ...]
    rows: Iterable[tuple[Cell, ...]]
    many: int


@dataclass(frozen=True)
class Book:
    """What the sheets are made of, worked out once."""

    scan: Scan
    cells: Cells
    scores: ScanScores
    numbers: ScanNumbers
    standing: Sequence[Problem]
    listed: Sequence[Listed]
    questions: Sequence[Problem]

    @classmethod
    def of(cls, scan: Scan, verdict: GateVerdict) -> Book:
        """The book of a scan as people judged it."""
        judged = answered(scan)
        scores = score_scan(judged)
        numbers = scan_numbers(judged, scores)
        return cls(
            scan,
            Cells.of(scan),
            scores,
            numbers,
            problems(judged, map=numbers.map),
            tuple(listed_problems(scan, verdict)),
            problems(judged, verdict=Verdict.CANT_TELL, map=numbers.map),
        )

    def sheets(self) -> Iterator[Sheet]:
        """The sheets with findings, in their order."""
        places = sum(len(problem.hits) or 1 for problem, _ in self.listed)
        pages = sum(len(site.pages) for site in self.scan.sites)
        yield Sheet("Problems", (*PROBLEM, *_FIRST, *_AT, *_STATUS), self._problems(), len(self.listed))
        yield Sheet("Places", (*PROBLEM[:2], *PLACE), self._places(), places)
        yield Sheet("Questions", (*_ASKED, *_FIRST, *_AT), self._questions(), len(self.questions))
        yield Sheet("Pages", _PAGE, self._pages(), pages)

    def _problems(self) -> Iterator[tuple[Cell, ...]]:
        for problem, decide in self.listed:
            decisions = [decide(problem, hit) for hit in problem.hits or (None,)]
            yield (*self.cells.problem(problem), *self._where(problem), *_together(decisions))

    def _places(self) -> Iterator[tuple[Cell, ...]]:
        for problem, decide in self.listed:
            same = self.cells.problem(problem)[:2]
            for hit in problem.hits or (None,):
                yield (*same, *self.cells.place(problem, hit, decision=decide(problem, hit)))

    def _questions(self) -> Iterator[tuple[Cell, ...]]:
        for question in self.questions:
            yield (*self.cells.problem(question), *self._where(question))

    def _where(self, problem: Problem) -> tuple[Cell, ...]:
        first, place = next(iter(problem.hits), None), problem.place
        page = self.scan.sites[problem.site].pages[first.page].url if first else ""
        at = (safe(place.selector, LONG), safe(place.snippet, LONG)) if place else ("", "")
        return (len(problem.hits), problem.count, safe(page, ADDRESS), *at)

    def _pages(self) -> Iterator[tuple[Cell, ...]]:
        failing = Counter(
            (problem.site, hit.page)
            for problem, decide in self.listed
            for hit in problem.hits
            if decide(problem, hit).status is not Status.NO_PROBLEM
        )
        asking = Counter((question.site, hit.page) for question in self.questions for hit in question.hits)
        for index, site in enumerate(self.scan.sites):
            for at, page in enumerate(site.pages):
                own = self.numbers.sites[index].pages[at]
                yield (
                    safe(site.name or site.url),
                    safe(page.url, ADDRESS),
                    safe(page.title),
                    STATES[page.state].label,
                    safe(page.reason),
                    self.cells.kind(index, page),
                    "yes" if page.random else "no",
                    failing[index, at],
                    asking[index, at],
                    _score(own.headline),
                    "" if own.headline.low is None else own.headline.low,
                    *(_score(group.number) for group in own.groups),
                )


def _score(number: Number) -> Cell:
    return "" if number.value is None else number.value


def _together(decisions: Sequence[Decision]) -> tuple[Cell, ...]:
    """The status of a problem as a whole, and what was decided about it first."""
    found = {decision.status for decision in decisions}
    status = found.pop().value if len(found) == 1 else "partly open"
    return (status, safe(next((decision.told for decision in decisions if decision.told), ""), LONG))
