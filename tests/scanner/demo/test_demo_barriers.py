"""The list of barriers is well-formed, and what it names is there."""

from __future__ import annotations

import json
import re

import jsonschema
import pytest
from bs4 import BeautifulSoup

from scanner.demo.barriers import TOPICS, Barrier, read_barriers
from scanner.demo.files import SITE, pages

LISTED = read_barriers()

ENTRY = {
    "type": "object",
    "additionalProperties": False,
    "required": ["id", "page", "selector", "wcag", "topic", "what", "needs", "axe"],
    "properties": {
        "id": {"type": "string", "pattern": "^[a-z]+(-[a-z0-9]+)+$"},
        "page": {"enum": list(pages())},
        "selector": {"type": ["string", "null"], "pattern": "^[^#]+$"},
        "wcag": {"type": "array", "minItems": 1, "items": {"type": "string", "pattern": r"^[1-4]\.[1-5]\.\d{1,2}$"}},
        "topic": {"enum": list(TOPICS)},
        "what": {"type": "string", "pattern": r"^[A-Z][^\n]+\.$"},
        "needs": {"type": "string"},
        "axe": {"type": "array", "items": {"type": "string"}},
    },
}
"""Selectors name no ids: the noisy demo draws new ones for every page."""

LIST = {
    "type": "object",
    "additionalProperties": False,
    "required": ["about", "clean", "barriers"],
    "properties": {
        "about": {"type": "string"},
        "clean": {"type": "array", "minItems": 4, "items": {"enum": list(pages())}},
        "barriers": {"type": "array", "items": ENTRY},
    },
}


def test_schema() -> None:
    jsonschema.validate(json.loads(SITE.with_name("barriers.json").read_text("utf-8")), LIST)


def test_order_and_ids() -> None:
    keys = [(barrier.page, barrier.id) for barrier in LISTED.barriers]
    assert keys == sorted(keys)
    assert len({barrier.id for barrier in LISTED.barriers}) == len(keys)


def test_every_topic_has_barriers() -> None:
    assert {barrier.topic for barrier in LISTED.barriers} == set(TOPICS)


def test_half_are_found_without_behaviour() -> None:
    plain = [barrier for barrier in LISTED.barriers if barrier.needs in {"axe", "dom"}]
    assert len(plain) >= 24


def test_axe_is_needed_where_axe_finds() -> None:
    for barrier in LISTED.barriers:
        assert (barrier.needs == "axe") == bool(barrier.axe), barrier.id


def test_every_page_is_clean_or_has_barriers() -> None:
    barred = {barrier.page for barrier in LISTED.barriers}
    assert barred.isdisjoint(LISTED.clean)
    assert barred | set(LISTED.clean) == set(pages())
    assert list(LISTED.clean) == sorted(LISTED.clean)


@pytest.mark.parametrize("barrier", LISTED.barriers, ids=lambda barrier: barrier.id)
def test_selector_matches_one_element(barrier: Barrier) -> None:
    if barrier.selector is not None:
        soup = BeautifulSoup((SITE / barrier.page).read_text("utf-8"), "lxml")
        assert len(soup.select(barrier.selector)) == 1


def test_the_accessibility_statement_names_the_clean_pages() -> None:
    soup = BeautifulSoup((SITE / "accessibility.html").read_text("utf-8"), "lxml")
    named = {link["href"] for link in soup.select("main ul:first-of-type a")}
    named = {"index.html" if link == "./" else link for link in named}
    assert named | {"accessibility.html"} == set(LISTED.clean)


def test_no_page_asks_another_host() -> None:
    for file in SITE.rglob("*"):
        if file.suffix in {".html", ".css", ".js", ".svg"}:
            text = file.read_text("utf-8").replace("http://www.w3.org/2000/svg", "")
            assert not re.search(r"""(?:https?:|["'(])//""", text), file.name
