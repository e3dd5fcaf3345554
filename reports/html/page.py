"""One page: its state, the problems and questions on it, the checks that could not judge, the probes."""

from __future__ import annotations

from dataclasses import dataclass

from reports.html.findings import Findings, Item, Link, service_file
from reports.html.groups import Groups, Score, groups, score
from reports.html.picture import Crop, PictureView, crop, picture_view
from reports.html.reading import ReadingView, reading_view
from reports.html.untested import SilentCheck
from reports.model import PageResult
from reports.problems import Hit, Problem
from reports.reading_grade import target_of
from reports.text import cut, language_tag, one_line, visible, web_address
from reports.verdict import site_name
from reports.words import STATES, started
from rules.model import Verdict

ITEMS = 100
NOTES = 20
_SILENT = (Verdict.UNTESTED, Verdict.ERROR)


@dataclass(frozen=True, slots=True)
class Finding:
    """A problem or question on this page, with its first place here."""

    item: Item
    count: int
    message: str
    selector: str
    snippet: str
    frame: str
    picture: Crop | None = None


@dataclass(frozen=True, slots=True)
class PageView:
    """All that the view of a page shows; `language` is empty unless it is one that a browser knows."""

    heading: str
    title: str
    language: str
    language_said: str
    service: Link
    url: str
    href: str
    final_url: str
    status: int
    template: str
    state: str
    sentence: str
    reason: str
    tested: bool
    random: bool
    score: Score
    groups: Groups
    problems: tuple[Finding, ...]
    problem_count: int
    questions: tuple[Finding, ...]
    question_count: int
    reading: ReadingView | None
    untested: tuple[SilentCheck, ...]
    untested_count: int
    quiet: int
    probes: tuple[tuple[str, str], ...]
    notes: tuple[str, ...]
    picture: PictureView | None = None
    edit: Link = Link("")


def page_view(findings: Findings, place: tuple[int, int]) -> PageView:
    """The view of one page."""
    page, site, number = findings.page(place), findings.scan.sites[place[0]], findings.page_number(place)
    here = findings.on_page.get(place, [])
    problems = [_finding(findings, page, *one) for one in here if one[0].verdict is Verdict.FAILED]
    questions = [_finding(findings, page, *one) for one in here if one[0].verdict is Verdict.CANT_TELL]
    untested = _untested(findings, page)
    numbers = findings.numbers.sites[place[0]].pages[place[1]]
    return PageView(
        heading=f"Page {number}",
        title=one_line(page.title, 200) or "Page without a title",
        language=language_tag(page.language),
        language_said=one_line(page.language, 40),
        service=Link(site_name(site), service_file(place[0])),
        url=visible(cut(page.url, 500)),
        href=web_address(page.url),
        final_url=visible(cut(page.final_url, 500)) if page.final_url != page.url else "",
        status=page.status,
        template=one_line(page.template, 60),
        state=started(STATES[page.state].label),
        sentence=STATES[page.state].sentence,
        reason=one_line(page.reason, 300),
        tested=page.tested,
        random=page.random,
        score=score(numbers.headline),
        groups=groups(numbers, profile=site.profile),
        problems=tuple(problems[:ITEMS]),
        problem_count=len(problems),
        questions=tuple(questions[:ITEMS]),
        question_count=len(questions),
        reading=_reading(findings, page),
        untested=untested[:ITEMS],
        untested_count=len(untested),
        quiet=_quiet(page),
        probes=tuple(
            (one_line(probe.name, 60), one_line(probe.state))
            for probe in sorted(page.probes, key=lambda probe: probe.name)[:ITEMS]
        ),
        notes=tuple(one_line(note, 300) for note in page.notes[:NOTES]),
        picture=picture_view(page, findings.files),
        edit=findings.edit(place),
    )


def _reading(findings: Findings, page: PageResult) -> ReadingView | None:
    return reading_view(page, findings.rules, target=target_of(findings.scan.settings))


def _finding(findings: Findings, page: PageResult, problem: Problem, hit: Hit) -> Finding:
    place = hit.place
    return Finding(
        item=findings.item(problem),
        count=hit.count,
        message=one_line(hit.message, 300),
        selector=cut(place.selector, 300) if place else "",
        snippet=cut(place.snippet, 400) if place else "",
        frame=one_line(place.frame, 200) if place else "",
        picture=crop(page, place, findings.files, what=one_line(hit.message, 120)),
    )


def _untested(findings: Findings, page: PageResult) -> tuple[SilentCheck, ...]:
    titles = {info.id: info.title for info in findings.scan.rules}
    silent = [outcome for outcome in page.outcomes if outcome.verdict in _SILENT]
    return tuple(SilentCheck(one_line(titles.get(one.rule, one.rule)), 1, one_line(one.message, 200)) for one in silent)


def _quiet(page: PageResult) -> int:
    """How many checks looked at something here and found no failure."""
    told = {outcome.rule for outcome in page.outcomes if outcome.verdict not in (Verdict.PASSED, *_SILENT)}
    return len({outcome.rule for outcome in page.with_verdict(Verdict.PASSED)} - told)
