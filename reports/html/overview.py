"""The first page of a report: what stops whom, what to do first, what was not looked at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from reports.decided import decided_lines
from reports.html.agencies import ServiceRow, by_agency, tier
from reports.html.findings import Findings, Item, Link, service_file
from reports.html.first_screen import StopLine, stop_lines
from reports.html.groups import groups, legend, score
from reports.html.quality_rows import QualityRow, quality_rows
from reports.html.untested import Gap, SilentCheck, StateRow, gaps, silent_checks, state_rows
from reports.kinds import unseen
from reports.next_steps import Step, next_steps
from reports.text import one_line
from reports.verdict import grades, is_judged, looked_at, service_verdict, site_name, verdict, worst_first
from reports.words import counted, day, started
from rules.standards.wcag import profile

SERVICES = 100
ITEMS = 10
CHECKS = 20


class NextStep(NamedTuple):
    """A repair with its problem as a line in a list."""

    item: Item
    step: Step


@dataclass(frozen=True, slots=True)
class Overview:
    """All that the first page shows; what a list leaves out is told by its count beside it."""

    caption: str
    verdict: str
    lead: tuple[str, ...]
    services: tuple[ServiceRow, ...]
    by_agency: tuple[ServiceRow, ...]
    agencies: int
    service_count: int
    legend: str
    qualities: tuple[QualityRow, ...]
    stops: tuple[StopLine, ...]
    stop_count: int
    steps: tuple[NextStep, ...]
    problem_count: int
    questions: tuple[Item, ...]
    question_count: int
    states: tuple[StateRow, ...]
    page_count: int
    checks: tuple[SilentCheck, ...]
    check_count: int
    gaps: tuple[Gap, ...]
    broken: tuple[str, ...]
    decided: tuple[str, ...]


def overview(findings: Findings) -> Overview:
    """The overview of a scan."""
    scan = findings.scan
    rows = service_rows(findings)
    checks = silent_checks(findings)
    caption, said, lead = _caption(findings), verdict(scan, findings.problems), _lead(findings, rows)
    return Overview(
        caption=caption,
        verdict=said,
        lead=tuple(lead),
        services=rows[:SERVICES],
        by_agency=by_agency(rows[:SERVICES]),
        agencies=len({row.agency for row in rows if row.agency}),
        service_count=len(rows),
        legend=legend([group.score.bar for row in rows for group in row.groups.rows if group.score.bar]),
        qualities=quality_rows(findings, 0) if len(rows) == 1 else (),
        stops=stop_lines(findings, (caption, said, *lead)),
        stop_count=sum(problem.stops for problem in findings.problems),
        steps=_steps(findings),
        problem_count=len(findings.problems),
        questions=tuple(findings.item(question) for question in findings.questions[:ITEMS]),
        question_count=len(findings.questions),
        states=state_rows(findings),
        page_count=sum(len(site.pages) for site in scan.sites),
        checks=checks[:CHECKS],
        check_count=len(checks),
        gaps=gaps(findings),
        broken=tuple(one_line(name, 200) for name in scan.tool.broken_plugins[:CHECKS]),
        decided=decided_lines(scan),
    )


def service_rows(findings: Findings) -> tuple[ServiceRow, ...]:
    """The services of a scan, those first where most problems stop people."""
    return tuple(_service(findings, index) for index in worst_first(findings.scan, findings.problems))


def _service(findings: Findings, index: int) -> ServiceRow:
    site, numbers, own = findings.scan.sites[index], findings.numbers.sites[index], findings.problems_of[index]
    graded = grades(own)
    return ServiceRow(
        index=index,
        link=Link(site_name(site), service_file(index)),
        agency=one_line(site.agency, 80),
        tier=tier(site, graded),
        unjudged="" if is_judged(site) else one_line(site.reason or "No page could be tested."),
        verdict=started(service_verdict(site, own)),
        score=score(numbers.headline),
        stops=graded["critical"],
        problems=graded.total(),
        questions=len(findings.questions_of[index]),
        extent=started(looked_at(site)),
        kinds=len({page.template for page in site.pages if page.tested}),
        kinds_unseen=len(unseen(site)),
        profile=profile(site.profile).title,
        groups=groups(numbers, profile=site.profile),
    )


def _steps(findings: Findings) -> tuple[NextStep, ...]:
    """What to do next, each with a link to its problem: the repairs that give the score most."""
    ranked = list(zip(findings.problems, findings.gains, strict=True))
    return tuple(
        NextStep(findings.item(findings.problems[step.number - 1]), step) for step in next_steps(findings.scan, ranked)
    )


def _caption(findings: Findings) -> str:
    scan = findings.scan
    what = (
        one_line(scan.sites[0].name or scan.sites[0].url)
        if len(scan.sites) == 1
        else counted(len(scan.sites), "service")
    )
    return f"Report on {what}, {day(one_line(scan.finished or scan.started, 40))}"


def _lead(findings: Findings, rows: Sequence[ServiceRow]) -> list[str]:
    """What a director reads after the verdict: the number, how much was looked at, what is open."""
    lead = []
    if len(rows) == 1:
        number = rows[0].score
        told = [f"No score. {number.reason}"] if number.missing else [f"Score {number.value} of 100.", *number.notes]
        lead.append(" ".join(told))
    pages = [page for site in findings.scan.sites for page in site.pages]
    known = sum(site.known for site in findings.scan.sites)
    lead.append(f"Looked at {sum(page.tested for page in pages):,} of {counted(known, 'known page')}.")
    if findings.questions:
        open_ones = counted(len(findings.questions), "question")
        lead.append(f"{open_ones} {'needs' if len(findings.questions) == 1 else 'need'} a person.")
    if not findings.problems and any(findings.tested):
        lead.append("Checks do not find all: try it with people.")
    return lead
