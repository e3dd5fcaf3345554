"""Writes the report of a scan: an overview, every problem, every service and page, as plain HTML files."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from itertools import chain
from pathlib import Path

from reports.assets import Assets, no_assets, write_assets
from reports.html.check import check
from reports.html.facets import facets
from reports.html.findings import Findings, gather, owner_file, page_file, rule_file, service_file
from reports.html.overview import overview, service_rows
from reports.html.owner import owner_rows, owner_table, owner_table_file, owner_view
from reports.html.page import page_view
from reports.html.render import Renderer, script
from reports.html.service import service
from reports.html.untested import NEVER
from reports.jsontext import compact
from reports.model import Scan
from reports.owners import NOBODY, Owners
from reports.plain import to_plain
from reports.problems import Problem
from reports.results import write_whole
from reports.score import ScanScores
from reports.text import one_line
from reports.words import HONESTY, STANDINGS

ITEMS = 150
"""Problems, and open questions, in the list of all, at most 3,000 elements; the rest is in results.json."""

SCRIPT = "report.js"
"""The one script: it narrows lists."""


def write_report(
    scan: Scan,
    scores: ScanScores | None,
    folder: Path,
    *,
    assets: Assets = no_assets,
    owners: Owners = NOBODY,
    edit_link: str = "",
) -> tuple[Path, ...]:
    """Writes the report into `folder` and returns its files, `index.html` first.

    The same scan, scores, pictures (`assets`), `owners` and pattern of edit links give the same bytes. Without scores
    (None) every number says that it is missing. Raises `EnvironmentFault` when the folder cannot be written.
    """
    written = []
    findings = gather(scan, scores, files=write_assets(folder, scan, assets), owners=owners, edit_link=edit_link)
    for name, text in chain(pages(findings), beside(findings)):
        write_whole(folder / name, text)
        written.append(folder / name)
    return tuple(written)


def documents(
    scan: Scan, scores: ScanScores | None, *, files: frozenset[str] = frozenset(), owners: Owners = NOBODY
) -> Iterator[tuple[str, str]]:
    """Every HTML file of a report as name and text, one at a time so that memory stays flat.

    Of pictures that the scan names only those in `files` are shown.
    """
    return pages(gather(scan, scores, files=files, owners=owners))


def beside(findings: Findings) -> Iterator[tuple[str, str | Iterator[str]]]:
    """What lies beside the HTML files: the script, and a table for each team."""
    yield SCRIPT, script()
    for owner in findings.owned.owners.teams:
        yield owner_table_file(owner), owner_table(findings, owner)


def pages(findings: Findings) -> Iterator[tuple[str, str]]:
    """Every HTML file of the report on some findings."""
    renderer = Renderer()
    shared = _shared(findings)

    def document(name: str, template: str, here: str, **values: object) -> tuple[str, str]:
        root = "../" * name.count("/")
        return name, renderer.render(template, root=root, values={**shared, "here": here, **values})

    yield document("index.html", "index", "overview", view=overview(findings), never=NEVER)
    listed = {**_listed(findings, findings.problems), "hard": findings.hard, "teams": owner_rows(findings)}
    yield document("problems.html", "problems", "problems", **listed)
    yield document("questions.html", "questions", "questions", **_listed(findings, findings.questions))
    for row in service_rows(findings):
        yield document(service_file(row.index), "service", "", view=service(findings, row.index, row))
    for name, of_rule in findings.by_rule.items():
        for part in range(len(of_rule.parts)):
            yield document(rule_file(name, part), "check", "", view=check(findings, of_rule, part))
    for owner in findings.owned.owners.teams:
        yield document(owner_file(owner.team), "owner", "", view=owner_view(findings, owner))
    for place in sorted(findings.viewed):
        number = findings.page_number(place)
        yield document(page_file(number), "page", "", view=page_view(findings, place))


def _listed(findings: Findings, found: tuple[Problem, ...]) -> dict[str, object]:
    """Problems under how they stand towards the profile."""
    shown = found[:ITEMS]
    groups = {
        words: [findings.item(problem) for problem in shown if problem.standing == standing]
        for standing, words in STANDINGS.items()
    }
    listed = {words: items for words, items in groups.items() if items}
    return {"listed": listed, "left_out": len(found) - len(shown), "facets": facets(findings, shown)}


def _shared(findings: Findings) -> dict[str, object]:
    """What every document of the report says: of which scan it is, and what no report can say."""
    scan, numbers = findings.scan, findings.numbers
    return {
        "scan": {
            "number": scan.number,
            "started": one_line(scan.started, 40),
            "finished": one_line(scan.finished, 40),
            "rules": len(scan.rules),
        },
        "tool": {name: one_line(str(value), 80) for name, value in asdict(scan.tool).items()},
        "settings": {one_line(key, 60): _setting(scan.settings[key]) for key in sorted(scan.settings)[:100]},
        "method": {"map": numbers.map_title, "formula": one_line(numbers.formula, 20), "seed": numbers.seed},
        "tested": sum(findings.tested),
        "honesty": HONESTY,
    }


def _setting(value: object) -> str:
    return one_line(value if isinstance(value, str) else compact(to_plain(value)), 300)
