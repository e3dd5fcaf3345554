"""The last words of a scan in the terminal: at most 15 plain lines, the verdict first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from reports.decided import decided_summary
from reports.gains import Gain, by_gain
from reports.model import Scan, SiteResult
from reports.next_steps import next_steps
from reports.numbers import Number, Numbers, scan_numbers
from reports.problems import Problem, by_site, problems
from reports.score import ScanScores
from reports.text import cut, one_line, visible
from reports.verdict import is_judged, looked_at, service_verdict, site_name, verdict, worst_first
from reports.words import HONESTY, STATES, counted, listed
from rules.model import Verdict

LINES = 15
_SERVICES = 4
_FIXES = 3
_PATHS = 2
_WIDTH = 300


def summary_lines(
    scan: Scan, scores: ScanScores | None, *, paths: Mapping[str, object], exit_code: int, reason: str
) -> list[str]:
    """What a person needs to know of a scan, in at most 15 lines without control characters.

    `paths` says what was written where, the most useful first ({"Report": …}); `reason` is the sentence
    that explains the exit code.
    """
    numbers = scan_numbers(scan, scores)
    ranked = by_gain(scan, scores, problems(scan, map=numbers.map))
    found = tuple(problem for problem, _ in ranked)
    open_questions = problems(scan, verdict=Verdict.CANT_TELL, map=numbers.map)
    lines = [
        verdict(scan, found),
        *_services(scan, found, numbers.sites),
        *_fixes(scan, ranked),
        _needs_a_person(scan, open_questions),
        _not_tested(scan),
        *filter(None, [decided_summary(scan)]),
        HONESTY,
        *_places(paths),
        f"Exit code {exit_code}: {one_line(reason)}",
    ]
    return [cut(visible(line), _WIDTH) for line in lines]


def _services(scan: Scan, found: Sequence[Problem], numbers: Sequence[Numbers]) -> list[str]:
    order = worst_first(scan, found)
    shown = order if len(order) <= _SERVICES else order[: _SERVICES - 1]
    if len(scan.sites) == 1 and is_judged(scan.sites[0]):
        return [f"  {site_name(scan.sites[0])}: {_extent(scan.sites[0], numbers[0].headline)}."]
    own = by_site(scan, found)
    lines = [_service(scan.sites[index], own[index], numbers[index].headline) for index in shown]
    if len(order) > len(shown):
        lines.append(f"  and {counted(len(order) - len(shown), 'more service')}, in the report")
    return lines


def _service(site: SiteResult, found: Sequence[Problem], number: Number) -> str:
    extent = f"{_extent(site, number)}; " if is_judged(site) else ""
    return f"  {site_name(site)}: {extent}{service_verdict(site, found)}"


def _extent(site: SiteResult, number: Number) -> str:
    return f"{_score(number)}, {looked_at(site)}"


def _score(number: Number) -> str:
    if number.value is None:
        return "no score"
    span = f", likely {number.range[0]}–{number.range[1]}" if number.range else ""
    return f"score {number.value}{span}"


def _fixes(scan: Scan, ranked: Sequence[tuple[Problem, Gain]]) -> list[str]:
    return [
        f"{'Fix first' if place == 0 else 'Then fix'}: {step.line}"
        for place, step in enumerate(next_steps(scan, ranked, most=_FIXES))
    ]


def _needs_a_person(scan: Scan, open_questions: Sequence[Problem]) -> str:
    if not any(page.tested for site in scan.sites for page in site.pages):
        return "Needs a person: all of it, because no page could be looked at."
    if not open_questions:
        return "Needs a person: no open question beyond what no check can see."
    pages = len({(question.site, hit.page) for question in open_questions for hit in question.hits})
    return f"Needs a person: {counted(len(open_questions), 'question')} on {counted(pages, 'page')}."


def _not_tested(scan: Scan) -> str:
    pages = [page for site in scan.sites for page in site.pages]
    states = Counter(page.state for page in pages if not page.tested)
    rules = {
        outcome.rule
        for page in pages
        for outcome in page.outcomes
        if outcome.verdict in (Verdict.UNTESTED, Verdict.ERROR)
    }
    untested = f"{sum(states.values()):,} of {counted(len(pages), 'page')}"
    why = listed(f"{count} {STATES[state].label}" for state, count in sorted(states.items()))
    skipped = f"; {counted(len(rules), 'check')} did not run everywhere" if rules else ""
    return f"Not tested: {untested}{f' ({why})' if states else ''}{skipped}."


def _places(paths: Mapping[str, object]) -> list[str]:
    told = [f"{label}: {place}" for label, place in paths.items()]
    return told if len(told) <= _PATHS else [*told[: _PATHS - 1], "; ".join(told[_PATHS - 1 :])]
