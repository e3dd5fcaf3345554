"""What to do next: the repair that gives most, where it is made, and what the score is then."""

from __future__ import annotations

from dataclasses import replace

import pytest
import score_cases as cases
from score_cases import CATALOGUE, outcomes, page

from reports.effort import Effort, effort
from reports.gains import by_gain
from reports.model import PageResult, Sample, Scan, SiteResult, Tool
from reports.next_steps import Step, next_steps
from reports.problems import Problem, problems
from reports.score import score_scan
from rules.model import Place

HOME = "https://example.gov/"
CONTRAST, LABEL = outcomes(cases.CONTRAST, 3), outcomes(cases.LABEL, 1)


def scan(*pages: PageResult, known: int = 0) -> Scan:
    site = SiteResult(HOME, "Permits", sample=Sample(known or len(pages), len(pages)), pages=pages)
    return Scan(1, "2026-11-01T10:00:00Z", "2026-11-01T10:05:00Z", Tool("0.1.0"), rules=CATALOGUE, sites=(site,))


def pages(count: int, *parts: object) -> tuple[PageResult, ...]:
    return tuple(page(*parts, url=f"{HOME}{number}", template="t") for number in range(count))  # type: ignore[arg-type]


def steps(found: Scan, **more: int) -> tuple[Step, ...]:
    return next_steps(found, by_gain(found, score_scan(found), problems(found)), **more)


def test_the_first_step_says_what_where_how_much_and_who() -> None:
    found = scan(*pages(12, CONTRAST), page(LABEL, url=f"{HOME}form", template="t"))
    first, second = steps(found)
    assert "1 change in one shared part clears it on 12 pages looked at" in first.line
    assert first.line.endswith("small; development")
    before, after = (int(part) for part in first.score.removeprefix("score if fixed ").split(" → "))
    headline = score_scan(found).sites[0].headline
    assert headline is not None
    assert before == round(headline.high) < after
    assert "1 change in one place clears it on 1 page looked at" in second.line


def test_there_are_never_more_than_asked_for_and_no_advice() -> None:
    found = scan(*pages(2, outcomes(cases.CONTRAST, *[1] * 9), outcomes(cases.HEADINGS, 1)))
    assert len(steps(found)) == 5
    assert len(steps(found, most=3)) == 3
    assert len(steps(scan(*pages(2, outcomes(cases.HEADINGS, 1))))) == 0


def test_a_part_of_a_service_tells_the_mean_of_its_pages() -> None:
    (step,) = steps(scan(*pages(3, LABEL), known=400))
    assert step.score.startswith("mean score of these pages if fixed ")


def test_a_small_gain_on_many_pages_changes_no_number() -> None:
    (step,) = steps(scan(page(outcomes(cases.CONTRAST, 1), url=f"{HOME}x", template="t"), *pages(400)), most=1)
    assert step.score in ("", "score if fixed 99 → 100")


def problem(**more: object) -> Problem:
    (found,) = problems(scan(*pages(1, LABEL)))
    return replace(found, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("given", "where"),
    [
        ({}, Effort.PLACE),
        ({"pages": 3}, Effort.SHARED),
        ({"pages": 3, "scope": "page"}, Effort.PAGES),
        ({"pages": 3, "role": "content"}, Effort.TEXT),
        ({"pages": 3, "frame": "iframe.map"}, Effort.FRAME),
        ({"pages": 1, "kind": "site"}, Effort.PAGES),
    ],
)
def test_effort_follows_from_where_the_fix_is(given: dict[str, object], where: Effort) -> None:
    (hit,) = problem().hits
    place = Place("a", "<a>", str(given.get("frame", "")))
    many = int(str(given.get("pages", 1)))
    rule = replace(problem().rule, **{name: given[name] for name in ("scope", "role", "kind") if name in given})  # type: ignore[arg-type]
    hits = tuple(replace(hit, page=number, place=place) for number in range(many))
    assert effort(problem(rule=rule, hits=hits)) is where
