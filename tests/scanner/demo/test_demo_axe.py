"""axe-core reports the barriers that the list says it does, and nothing else, on every page."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import axe_playwright_python
import pytest
from playwright.async_api import Page

from scanner.demo.barriers import Barrier, read_barriers
from scanner.demo.files import address, pages
from scanner.demo.noise import Noise
from scanner.demo.serve import serve

AXE = Path(axe_playwright_python.__file__).with_name("axe.min.js")
LISTED = read_barriers()

OFF_BY_DEFAULT = ("target-size", "label-content-name-mismatch", "p-as-heading", "td-has-header", "css-orientation-lock")
"""Rules that axe-core leaves off or calls experimental; they may report listed barriers too."""

OPTIONS = {"resultTypes": ["violations", "incomplete"], "rules": {rule: {"enabled": True} for rule in OFF_BY_DEFAULT}}

BARRIER_OF = """
([target, listed]) => {
  const element = document.querySelector(target);
  const inside = ([, selector]) => (selector ? element.closest(selector) : element.matches("html, title"));
  return listed.find(inside)?.[0] ?? null;
}
"""

Findings = set[tuple[str, str]]
"""Each finding as its rule and the barrier whose element it lies in, or the element where it lies in none."""


async def findings(page: Page, url: str, barriers: list[Barrier]) -> tuple[Findings, Findings]:
    """What axe-core is certain of and what it asks a person."""
    await page.goto(url)
    await page.add_script_tag(path=AXE)
    result: dict[str, Any] = await page.evaluate("options => axe.run(document, options)", OPTIONS)
    listed = [[barrier.id, barrier.selector] for barrier in barriers]
    found: dict[str, Findings] = {"violations": set(), "incomplete": set()}
    for kind, sorted_in in found.items():
        for rule in result[kind]:
            for node in rule["nodes"]:
                target = node["target"][-1]
                barrier = await page.evaluate(BARRIER_OF, [target, listed])
                sorted_in.add((rule["id"], barrier or target))
    return found["violations"], found["incomplete"]


@pytest.mark.parametrize("name", pages())
async def test_findings_are_the_listed_barriers(page: Page, demo: str, name: str) -> None:
    here = [barrier for barrier in LISTED.barriers if barrier.page == name]
    certain, open_questions = await findings(page, demo + address(name), here)
    expected = {(rule, barrier.id) for barrier in here for rule in barrier.axe}
    more = {(rule, barrier.id) for barrier in here for rule in OFF_BY_DEFAULT}
    assert expected <= certain <= expected | more
    assert {barrier for _, barrier in open_questions} <= {barrier.id for barrier in here}


@pytest.mark.parametrize("mistake", ["nowhere", "405.html"])
async def test_answers_to_mistakes_are_clean(page: Page, demo: str, mistake: str) -> None:
    assert await findings(page, demo + mistake, []) == (set(), set())


@pytest.mark.parametrize("name", LISTED.clean)
async def test_noise_adds_no_barrier(page: Page, name: str) -> None:
    noise = Noise(seed=5)
    with serve(latency=noise.latency, mutate=noise.mutate) as base:
        assert await findings(page, base + address(name), []) == (set(), set())
