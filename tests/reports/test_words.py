"""The words in which results are told, and those that never occur."""

from __future__ import annotations

import re
from pathlib import Path

import factory
import pytest
from lxml import html

import reports.html
from reports import words
from reports.html.report import documents
from reports.score import score_scan
from reports.words import banned_words, counted, day, listed
from rules.model import IMPACTS
from rules.page import PageState
from rules.registry import load_rules

ROOT = Path(__file__).parents[2]
TEMPLATES = sorted((Path(reports.html.__file__).parent / "templates").glob("*.j2"))


@pytest.mark.parametrize(
    "text",
    [
        "The site is compliant.",
        "WCAG conformant and certified",
        "3 violations",
        "This violates 1.1.1.",
        "The page passed.",
        "12 pages pass",
        "passed pages",
        "The page is accessible.",
        "This service is fully accessible",
        "an inaccessible website",
        "Accessible Sites",
        "The blind cannot read it",
        "help for the disabled",
        "visually impaired users",
        "People who suffer from epilepsy",
        "Normal users see it",
        "15% of people",
        "2.3 million people",
        "A screen reader says “button”",
    ],
)
def test_banned_words_are_found(text: str) -> None:
    assert banned_words(text) != []


@pytest.mark.parametrize(
    "text",
    [
        "No failure found by automated checks",
        "The button has no accessible name.",
        "The accessible description names the page.",
        "The disabled attribute takes it out of the focus order; the disabled control needs no contrast.",
        "People who cannot see the image",
        "The focus passes from page to page.",
        "accessibility statement",
        "Use at least 4.5:1",
        "5 of 12 pages",
    ],
)
def test_good_words_are_left_alone(text: str) -> None:
    assert banned_words(text) == []


def test_a_banned_word_comes_with_what_to_say_instead() -> None:
    assert banned_words("Fix 3 violations.") == [("violations", "problem")]


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_templates_have_no_banned_word(template: Path) -> None:
    assert banned_words(template.read_text("utf-8")) == []


def test_the_catalogue_has_no_banned_word() -> None:
    said = [words.HONESTY, words.NO_FAILURE, *words.STANDINGS.values(), *words.ROLES.values()]
    said += [text for entry in (*words.IMPACTS.values(), *words.STATES.values()) for text in entry]
    assert [found for text in said for found in banned_words(text)] == []


def test_texts_of_rules_have_no_banned_word() -> None:
    infos = load_rules(plugins=()).infos
    assert infos
    found = {
        (info.id, expression)
        for info in infos
        for text in (info.title, info.why, info.fix, info.docs)
        for expression, _ in banned_words(text)
    }
    assert found == set()


def test_the_readme_has_no_banned_word() -> None:
    assert banned_words((ROOT / "README.md").read_text("utf-8")) == []


def test_a_whole_report_has_no_banned_word() -> None:
    for scan in (factory.one_service(), factory.clean_scan()):
        for name, text in documents(scan, score_scan(scan)):
            shown = " ".join(html.document_fromstring(text).xpath("//body")[0].text_content().split())
            assert banned_words(shown) == [], name


def test_every_impact_and_state_has_its_words() -> None:
    assert set(words.IMPACTS) == set(IMPACTS)
    assert set(words.STATES) == set(PageState)
    assert all(re.match(r"[A-Z].*\.$", state.sentence) for state in words.STATES.values())


def test_numbers_take_their_noun_along() -> None:
    assert counted(1, "page") == "1 page"
    assert counted(0, "page") == "0 pages"
    assert counted(4180, "page") == "4,180 pages"
    assert counted(2, "criterion", "criteria") == "2 criteria"


def test_lists_read_as_sentences() -> None:
    assert [listed(items) for items in ([], ["a"], ["a", "b"], ["a", "b", "c"])] == ["", "a", "a and b", "a, b and c"]


def test_days_are_written_as_people_write_them() -> None:
    assert day("2026-03-02T08:14:09Z") == "2 March 2026"
    assert day("yesterday") == "yesterday"
