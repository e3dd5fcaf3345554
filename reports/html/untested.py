"""What a scan did not look at, and why: pages, checks and whole criteria; never to be read as good."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from reports.html.findings import Findings, Link
from reports.text import one_line
from reports.words import STATES
from rules.model import Verdict
from rules.page import PageState
from rules.standards.wcag import criteria, numeric, profile

NEVER = (
    "what lies behind a login, a payment or a form that must be sent: nothing is ever submitted",
    "documents such as PDF files, and what is said or shown in video and sound",
    "whether texts, names and alternatives are true and of use; a person has to judge that",
    "phone applications, and how a service works with one particular assistive technology",
)
_EXAMPLES = 3
_SILENT = (Verdict.UNTESTED, Verdict.ERROR)


@dataclass(frozen=True, slots=True)
class StateRow:
    """Pages that ended in one state."""

    label: str
    sentence: str
    count: int
    examples: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class SilentCheck:
    """A check that could not judge on some pages, with the first reason given."""

    title: str
    pages: int
    reason: str


@dataclass(frozen=True, slots=True)
class Gap:
    """Criteria of a profile that no check of this scan judges, not even in part."""

    profile: str
    of: int
    criteria: tuple[str, ...]


def state_rows(findings: Findings) -> tuple[StateRow, ...]:
    """The states of pages that were not tested, the most frequent first."""
    places = {
        (site, at): page.state
        for site, result in enumerate(findings.scan.sites)
        for at, page in enumerate(result.pages)
        if not page.tested
    }
    return tuple(
        StateRow(
            STATES[state].label,
            STATES[state].sentence,
            count,
            tuple(findings.page_link(place) for place, its in places.items() if its is state)[:_EXAMPLES],
        )
        for state, count in sorted(Counter(places.values()).items(), key=_most_first)
    )


def silent_checks(findings: Findings) -> tuple[SilentCheck, ...]:
    """The checks that could not judge somewhere, those silent on most pages first."""
    titles = {info.id: info.title for info in findings.scan.rules}
    pages: Counter[str] = Counter()
    reasons: dict[str, str] = {}
    for site in findings.scan.sites:
        for page in site.pages:
            for outcome in page.outcomes:
                if outcome.verdict in _SILENT:
                    pages[outcome.rule] += 1
                    reasons.setdefault(outcome.rule, outcome.message)
        for concern in site.site_outcomes:
            if concern.verdict in _SILENT:
                pages[concern.rule] += max(1, len(concern.pages))
                reasons.setdefault(concern.rule, concern.message)
    return tuple(
        SilentCheck(one_line(titles.get(rule, rule)), count, one_line(reasons[rule], 200))
        for rule, count in sorted(pages.items(), key=_most_first)
    )


def gaps(findings: Findings) -> tuple[Gap, ...]:
    """For each profile in use, the criteria that no rule of the catalogue judges."""
    judged = {criterion for info in findings.scan.rules for criterion in info.wcag}
    return tuple(_gap(name, judged) for name in sorted({site.profile for site in findings.scan.sites}))


def criterion_text(number: str) -> str:
    """A criterion as people write it: "1.1.1 Non-text Content (A)"."""
    known = criteria().get(number)
    return f"{known.id} {known.title} ({known.level})" if known else one_line(number, 60)


def _gap(name: str, judged: set[str]) -> Gap:
    required = profile(name)
    missing = sorted(required.criteria - judged, key=numeric)
    return Gap(required.title, len(required.criteria), tuple(criterion_text(number) for number in missing))


def _most_first(entry: tuple[str, int] | tuple[PageState, int]) -> tuple[int, str]:
    return (-entry[1], entry[0])
