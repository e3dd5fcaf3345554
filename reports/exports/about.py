"""What must be known about a workbook, in two columns: what was looked at, by what, and what it does not say."""

from __future__ import annotations

from collections.abc import Iterator

from reports.decided import decided_lines
from reports.exports.cells import LONG, Cell, Column, safe
from reports.exports.sheets import Book
from reports.model import SiteResult
from reports.numbers import Number
from reports.verdict import looked_at, site_name, verdict
from reports.words import HONESTY, STATES, started
from rules.standards.abilities import GROUPS
from rules.standards.wcag import profile

COLUMNS = (Column("About", 30, wraps=True), Column("What it says", 110, wraps=True))

_DECIDED = 1000
"""Lines on decisions; more are in results.json."""


def about(book: Book, *, left_out: tuple[str, ...] = ()) -> Iterator[tuple[Cell, ...]]:
    """The rows; `left_out` says which sheets could not hold everything."""
    for what, says in _lines(book, left_out):
        yield safe(what), safe(says, LONG)


def _lines(book: Book, left_out: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    scan, numbers = book.scan, book.numbers
    yield "Result", verdict(scan, book.standing)
    yield "What this is not", HONESTY
    for said in left_out:
        yield "Left out", said
    for site, own in zip(scan.sites, numbers.sites, strict=True):
        yield f"Service: {site_name(site)}", _service(site, own.headline)
    yield "Scan", f"number {scan.number}, from {scan.started} to {scan.finished or 'no end'}"
    yield "Complete", "yes" if scan.complete else "no: the run ended early"
    tool = scan.tool
    yield "Versions", f"Curbcut {tool.curbcut}, axe-core {tool.axe}, {tool.browser}, rule set {tool.rule_set}"
    for broken in tool.broken_plugins:
        yield "Not loaded", broken
    yield "Scores", f"formula {numbers.formula}, map {numbers.map_title}, seed {numbers.seed}"
    for group in GROUPS:
        if group.headline:
            share = round(100 * book.scores.coverage.get(group.id, 0))
            yield f"Coverage: {group.people}", f"{share} % of the criteria that concern them were tested"
    for line in decided_lines(scan)[:_DECIDED]:
        yield "Decided by people", line
    yield "Text", "Long text is cut. An apostrophe keeps text of pages from becoming a formula. JSON has all of it."


def _service(site: SiteResult, number: Number) -> str:
    if site.state != "judged":
        score = f"not judged: {site.reason}"
    elif number.value is None:
        score = f"no score: {number.reason}"
    else:
        likely = f", likely {number.range[0]} to {number.range[1]}" if number.range else ""
        open_questions = f", {number.low} if every open question is a problem" if number.low != number.value else ""
        score = f"score {number.value} of 100{likely}{open_questions}."
    states = sorted({page.state for page in site.pages if not page.tested})
    counts = (f"{sum(page.state is state for page in site.pages):,} {STATES[state].label}" for state in states)
    untested = f" Not tested: {', '.join(counts)}." if states else ""
    return f"{started(looked_at(site))}; {profile(site.profile).title}; {score}{untested}"
