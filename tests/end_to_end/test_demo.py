"""A scan of the demo finds its barriers and nothing else; what is not found yet is listed with what it needs."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import pytest_asyncio
from conftest import DemoScan
from playwright.async_api import Browser

from reports.model import PageResult
from rules.model import PageOutcome, Verdict
from rules.standards.wcag import criteria
from scanner.demo.barriers import Barrier, read_barriers
from scanner.demo.files import address, pages
from scanner.demo.serve import serve

BARRIERS = {barrier.id: barrier for barrier in read_barriers().barriers}
CLEAN = read_barriers().clean
NOT_YET: dict[str, str] = json.loads(Path(__file__).with_name("not_yet.json").read_text("utf-8"))

WITHIN = """
([around, inside]) => {
  const outer = document.querySelector(around), inner = document.querySelector(inside);
  return outer !== null && inner !== null && outer.contains(inner);
}
"""


@dataclass(frozen=True)
class Finding:
    """A problem or question on one page of the demo; `element` selects it in the page itself, empty for the page."""

    page: str
    rule: str
    wcag: tuple[str, ...]
    certain: bool
    element: str = ""
    message: str = ""

    @classmethod
    def of(cls, page: str, outcome: PageOutcome) -> Finding:
        target = outcome.target
        # What lies in a frame or a shadow tree is found by the element that holds it.
        element = (target.frame.split(" | ")[0] or target.selector.split(" >>> ")[0]) if target else ""
        return cls(page, outcome.rule, outcome.wcag, outcome.verdict is Verdict.FAILED, element, outcome.message)


@pytest.fixture(scope="module")
def findings(demo_scan: DemoScan) -> tuple[Finding, ...]:
    """All failures and questions, those of site rules on every page that they concern.

    Advice of level AAA is left out, but for criteria that a barrier of the page names: the demo follows A and AA.
    """
    return tuple(finding for finding in _findings(demo_scan) if not _only_aaa(finding.wcag) or _is_listed(finding))


def _is_listed(finding: Finding) -> bool:
    return any(set(one.wcag) & set(finding.wcag) for one in BARRIERS.values() if one.page == finding.page)


def _only_aaa(wcag: tuple[str, ...]) -> bool:
    return bool(wcag) and all(criteria()[number].level == "AAA" for number in wcag)


def _findings(demo_scan: DemoScan) -> Iterator[Finding]:
    [site] = demo_scan.scan.sites
    for page in site.pages:
        for outcome in page.outcomes:
            if outcome.verdict in (Verdict.FAILED, Verdict.CANT_TELL):
                yield Finding.of(demo_scan.page(page.url), outcome)
    for told in site.site_outcomes:
        info = demo_scan.scan.rule(told.rule)
        assert info
        if told.verdict in (Verdict.FAILED, Verdict.CANT_TELL):
            for url in told.pages:
                certain = told.verdict is Verdict.FAILED
                yield Finding(demo_scan.page(url), told.rule, info.wcag, certain, message=told.message)


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def places(findings: tuple[Finding, ...], browser: Browser) -> dict[Finding, set[str]]:
    """The barriers that each finding lies in, asked of a browser that shows the demo."""
    found: dict[Finding, set[str]] = {finding: set() for finding in findings}
    with serve() as base:
        context = await browser.new_context(viewport={"width": 1280, "height": 800})
        shown = await context.new_page()
        for name in sorted({barrier.page for barrier in BARRIERS.values()}):
            await shown.goto(base + address(name))
            for finding in (finding for finding in findings if finding.page == name):
                for barrier in (barrier for barrier in BARRIERS.values() if barrier.page == name):
                    places = [barrier.selector, finding.element]
                    if all(places):
                        inside = await shown.evaluate(WITHIN, places)
                    else:
                        # One of both is about the page as a whole: then the criterion has to be the same.
                        inside = bool(set(barrier.wcag) & set(finding.wcag))
                    if inside:
                        found[finding].add(barrier.id)
        await context.close()
    return found


def caught(barrier: Barrier, places: dict[Finding, set[str]]) -> list[Finding]:
    """The findings that name a criterion of the barrier, in its place."""
    return [f for f, names in places.items() if barrier.id in names and set(f.wcag) & set(barrier.wcag)]


@pytest.mark.parametrize("name", BARRIERS)
async def test_every_barrier_is_found_or_listed_as_not_yet(places: dict[Finding, set[str]], name: str) -> None:
    found = caught(BARRIERS[name], places)
    if name in NOT_YET:
        assert not found, f"{name} is found by {found[0].rule}: take it out of not_yet.json"
    else:
        assert found, f"{name} is not found: a defect, or an entry for not_yet.json"


def test_the_list_of_what_is_not_found_yet_speaks_of_barriers_that_exist() -> None:
    assert set(NOT_YET) <= set(BARRIERS)
    assert list(NOT_YET) == sorted(NOT_YET)
    for name, why in NOT_YET.items():
        assert why == f"needs {BARRIERS[name].topic}", name


async def test_every_certain_problem_lies_in_a_barrier(places: dict[Finding, set[str]]) -> None:
    unexplained = [finding for finding, names in places.items() if finding.certain and not names]
    assert not unexplained, "\n".join(map(str, unexplained))


def test_clean_pages_have_no_problem(findings: tuple[Finding, ...]) -> None:
    assert not [finding for finding in findings if finding.certain and finding.page in CLEAN]


def test_every_page_was_looked_at_with_every_probe(demo_scan: DemoScan) -> None:
    [site] = demo_scan.scan.sites
    looked_at: dict[str, PageResult] = {demo_scan.page(page.url): page for page in site.pages}
    assert set(looked_at) == set(pages())
    for name, page in looked_at.items():
        assert page.tested, (name, page.reason)
        assert [probe for probe in page.probes if not probe.ran] == [], name
        broken = [o for o in page.outcomes if o.verdict in (Verdict.ERROR, Verdict.UNTESTED)]
        assert broken == [], name
    assert not [outcome for outcome in site.site_outcomes if outcome.verdict is Verdict.ERROR]


def test_last_words_are_few_plain_and_name_the_report(demo_scan: DemoScan) -> None:
    lines = demo_scan.ended.out.splitlines()
    assert len(lines) <= 15
    assert lines[0].startswith("Demo service: ")
    assert lines[-1].startswith("Exit code 0: ")
    report = demo_scan.folder / "curbcut-report" / "index.html"
    assert f"Report: {report}" in lines
    assert report.is_file()
    assert all(line.isprintable() for line in lines)


def test_progress_went_to_standard_error_in_plain_lines(demo_scan: DemoScan) -> None:
    lines = demo_scan.ended.err.splitlines()
    assert {line.partition(": ")[0] for line in lines} <= {"note", "started", "running", "done"}
    assert lines[-1].startswith(f"done: {len(pages())} of {len(pages())} known pages, ")
