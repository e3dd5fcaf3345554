"""A problem as the text of an issue: plain Markdown that a person copies into the tracker of the team."""

from __future__ import annotations

from collections.abc import Iterator

from reports.effort import WORDS, effort
from reports.html.findings import Findings
from reports.html.untested import criterion_text
from reports.markup import block, code, marked_down
from reports.problems import Problem
from reports.text import web_address
from reports.words import IMPACTS, ROLES, STANDINGS
from rules.standards.wcag import criteria

PAGES = 5


def issue_text(findings: Findings, problem: Problem) -> str:
    """The text: what is wrong, whom it stops, where it is, how to fix it, and by what the next scan knows it."""
    place, rule = problem.place, problem.rule
    parts = [
        f"## {marked_down(problem.headline)}",
        "\n".join(f"- {line}" for line in _facts(findings, problem)),
        *([f"### How to fix it\n\n{marked_down(rule.fix, 1500)}"] if rule.fix else []),
        *([f"### Markup\n\n{block(place.snippet, 'html')}"] if place and place.snippet else []),
        "### Pages that have it\n\n" + "\n".join(f"- {line}" for line in _pages(findings, problem)),
    ]
    return "\n\n".join(parts)


def _facts(findings: Findings, problem: Problem) -> Iterator[str]:
    rule, place, words = problem.rule, problem.place, IMPACTS[problem.impact]
    yield f"How bad: {words.label} ({problem.impact}), {STANDINGS[problem.standing]}"
    if problem.people:
        yield f"Who: {problem.people}"
    yield f"Seen {findings.extent(problem)}"
    if place and place.selector:
        yield f"Element: {code(place.selector, 300)}" + (
            f" in the frame {code(place.frame, 200)}" if place.frame else ""
        )
    yield f"Where the fix is: {WORDS[effort(problem)].where}, usually by {ROLES[rule.role]}"
    for number in rule.wcag:
        known = criteria().get(number)
        link = web_address(known.understanding) if known else ""
        yield f"WCAG {marked_down(criterion_text(number))}" + (f": <{link}>" if link else "")
    yield f"Why it matters: {marked_down(rule.why)}" if rule.why else f"Check: {marked_down(rule.title)}"
    if owner := findings.owner(problem):
        yield f"Owner: {marked_down(owner)}"
    yield f"Rule {code(rule.id)}, fingerprint {code(problem.fingerprint)}"


def _pages(findings: Findings, problem: Problem) -> Iterator[str]:
    """The first pages as addresses, and how many there are besides."""
    if not problem.hits:
        yield "The service as a whole"
    for hit in problem.hits[:PAGES]:
        yield code(findings.page((problem.site, hit.page)).url, 500)
    if len(problem.hits) > PAGES:
        yield f"and {len(problem.hits) - PAGES:,} more"
