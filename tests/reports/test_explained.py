"""The lines that explain a score can be summed up by hand and give that score."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from itertools import groupby

from score_cases import CATALOGUE, CONTRAST, LABEL, LANG, LINK, TRAP, outcomes, page

from reports.explained import page_lines, site_lines
from reports.model import KindSample, PageResult, Sample, Scan, SiteResult, Tool
from reports.score import score_scan
from rules.model import Verdict
from rules.page import PageState

HOME = "https://example.gov/"
BAD = page(outcomes(CONTRAST, *[1] * 10), outcomes(LABEL, 1), outcomes(LANG, 1), url=f"{HOME}form", template="form")
ASKED = page(outcomes(LINK, 2, verdict=Verdict.CANT_TELL), url=HOME, template="home")
TRAPPED = page(outcomes(TRAP, 1, blocks=True), url=f"{HOME}map", template="map")
GONE = PageResult(f"{HOME}gone", state=PageState.SOFT_404, reason="The page says that it does not exist.")


def scan(*pages: PageResult) -> Scan:
    kinds = tuple(KindSample(name, 1, 1, f"/{name}") for name in sorted({page.template for page in pages} - {""}))
    site = SiteResult(HOME, "Permits", sample=Sample(len(pages), len(pages), kinds), pages=pages)
    return Scan(1, "2026-11-01T10:00:00Z", "2026-11-01T10:05:00Z", Tool("0.1.0"), rules=CATALOGUE, sites=(site,))


def explained(url: str, *pages: PageResult) -> list[str]:
    whole = scan(*pages)
    return page_lines(whole, score_scan(whole), url)


def groups_of(lines: Sequence[str]) -> list[list[str]]:
    """The parts of the groups that have a number."""
    parts = [list(part) for full, part in groupby(lines, key=bool) if full]
    return [part for part in parts[1:] if "no number" not in part[0]]


def test_the_factors_of_a_page_multiply_to_its_score() -> None:
    found = groups_of(explained(BAD.url, BAD, ASKED))
    assert len(found) == 5
    for head, product, *factors in found:
        score = float(re.search(r": ([\d.]+);", head)[1])  # type: ignore[index]
        numbers = [float(number) for number in product.removeprefix("    100 × ").split(" × ")]
        assert math.isclose(100 * math.prod(numbers), score, abs_tol=0.3), (head, product)
        assert [float(line.split()[0]) for line in factors] == numbers
        lost = math.fsum(float(re.findall(r"takes ([\d.]+)", line)[0]) for line in factors)
        assert math.isclose(lost, 100 - score, abs_tol=0.3)


def test_the_headline_follows_from_the_groups() -> None:
    lines = explained(BAD.url, BAD)
    numbers = [float(re.search(r": ([\d.]+);", part[0])[1]) for part in groups_of(lines)]  # type: ignore[index]
    told = float(re.search(r"Headline ([\d.]+)", lines[1])[1])  # type: ignore[index]
    assert math.isclose(told, 0.5 * sum(numbers) / 5 + 0.5 * min(numbers), abs_tol=0.06)


def test_open_questions_are_named_beside_the_number() -> None:
    text = "\n".join(explained(HOME, ASKED))
    assert "100.0;" in text
    assert "Open questions would add: link-name at 2.4.4" in text
    assert "if every open question is a problem" in text


def test_who_cannot_get_past_something_is_said() -> None:
    assert any("2.1.2 No Keyboard Trap, by keyboard-trap" in line and "nobody gets past it" in line
               for line in explained(TRAPPED.url, TRAPPED))  # fmt: skip


def test_a_page_that_was_not_tested_says_why() -> None:
    assert explained(GONE.url, BAD, GONE)[1].endswith("was not tested. The page says that it does not exist.")


def test_an_address_that_nobody_asked_for_gives_nothing() -> None:
    assert explained(f"{HOME}other", BAD) == []


def test_the_kinds_of_page_give_the_number_of_the_service() -> None:
    whole = scan(BAD, ASKED, TRAPPED)
    lines = site_lines(whole, score_scan(whole), HOME)
    parts = groups_of(lines)
    assert len(parts) == 5
    for head, *rest in parts:
        number, mean, worst = map(float, re.search(r": ([\d.]+) = 0.6 × M ([\d.]+) \+ 0.4 × Q ([\d.]+)", head).groups())  # type: ignore[union-attr]
        kinds = [tuple(map(float, re.match(r" +([\d.]+)  weight ([\d.]+) ", line).groups())) for line in rest[:3]]  # type: ignore[union-attr]
        assert math.isclose(number, 0.6 * mean + 0.4 * worst, abs_tol=0.06)
        assert math.isclose(mean, sum(v * w for v, w in kinds) / sum(w for _, w in kinds), abs_tol=0.1)
        assert math.isclose(worst, kinds[0][0], abs_tol=0.01)
    assert any("by keyboard-trap" in line for part in parts for line in part)
