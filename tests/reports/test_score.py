"""The score of a page: what numbers mean, whom a failure concerns, and when there is no number."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
import score_cases as cases
from score_cases import CATALOGUE, EVERYTHING, outcomes, page, rule

from reports.score import FORMULA, score_page
from reports.score.formula import stored
from rules.errors import StoredDataError, UsageError
from rules.model import PageOutcome, SiteOutcome, Verdict
from rules.page import PageState
from rules.plain.wording import Wording
from rules.standards.abilities import HEADLINE


@pytest.mark.parametrize(
    ("case", "group", "number"),
    [
        ("no failure found", "headline", 100.0),
        ("one low-contrast text", "limited-vision", 87.4),
        ("one low-contrast text", "without-vision", 100.0),
        ("ten low-contrast texts, two empty links, an unlabelled field, no language", "headline", 52.1),
        ("a typical home page with 42 errors", "headline", 39.5),
        ("a keyboard trap", "without-vision", 10.0),
        ("a keyboard trap", "limited-vision", 10.0),
        ("a keyboard trap", "manipulation", 10.0),
        ("a keyboard trap", "hearing", 100.0),
        ("a video without captions", "hearing", 82.0),
        ("a video without captions", "without-vision", 100.0),
        ("a video without captions", "limited-vision", 100.0),
        ("an image without alternative text", "without-vision", 82.0),
        ("an image without alternative text", "hearing", 100.0),
    ],
)
def test_numbers_mean_what_the_documentation_says(case: str, group: str, number: float) -> None:
    score = cases.oriented(case)
    assert score.headline is not None
    assert (score.headline.high if group == "headline" else score.groups[group].high) == number


def test_factors_multiply_to_the_number_and_their_points_to_what_is_lost() -> None:
    score = cases.oriented("ten low-contrast texts, two empty links, an unlabelled field, no language")
    group = score.groups["limited-vision"]
    product = 100.0
    for factor in group.factors:
        product *= factor.factor
    assert stored(product) == group.high
    assert sum(factor.points for factor in group.factors) == pytest.approx(100 - product)
    assert [(f.criterion, f.rule, round(f.extent, 2), f.weight, f.relation) for f in group.factors] == [
        ("1.4.3", "color-contrast", 0.5, 0.7, 1.0),
        ("2.4.4", "link-name", 0.29, 0.7, 1.0),
        ("4.1.2", "link-name", 0.29, 0.7, 1.0),
        ("3.1.1", "html-has-lang", 0.5, 0.7, 0.4),
    ]


def test_repeated_occurrences_count_by_logarithm_and_distinct_ones_fully() -> None:
    one, eight = outcomes(cases.CONTRAST, 1), outcomes(cases.CONTRAST, 8)
    assert score_page(page(one), CATALOGUE).groups["limited-vision"].factors[0].f == 1
    assert score_page(page(eight), CATALOGUE).groups["limited-vision"].factors[0].f == 4
    assert score_page(page(outcomes(cases.CONTRAST, 8, 1)), CATALOGUE).groups["limited-vision"].factors[0].f == 5


def test_a_large_barrier_that_concerns_a_group_little_does_not_push_a_full_one_back() -> None:
    """Sorted by B alone, the new failure would take the first place from contrast and raise the score."""
    before = page(outcomes(cases.CONTRAST, *[1] * 10))
    after = page(*[before.outcomes], outcomes(cases.LANG, 1), outcomes(cases.CAPTIONS, 1))
    then, now = (score_page(found, CATALOGUE).groups["cognition"] for found in (before, after))
    assert [factor.relation for factor in now.factors] == [1.0, 1.0, 0.4]
    assert now.high is not None
    assert then.high is not None
    assert now.high < then.high


@pytest.mark.parametrize("wcag", [(), ("1.4.6",), ("4.1.1",)], ids=["best practice", "AAA", "withdrawn"])
def test_what_is_not_scored_weighs_nothing(wcag: tuple[str, ...]) -> None:
    extra = rule("extra", *wcag, impact="critical")
    score = score_page(page(outcomes(extra, 50, 50, blocks=True)), (*CATALOGUE, extra))
    assert [score.groups[name].high for name in HEADLINE] == [100.0] * 5


def test_a_rule_for_plain_language_lowers_cognition_alone() -> None:
    plain = rule("long-sentences", "plain-language")
    score = score_page(page(outcomes(plain, 1)), (*EVERYTHING, plain))
    assert {name for name in HEADLINE if score.groups[name].factors} == {"cognition"}
    assert score.groups["cognition"].factors[0].relation == FORMULA.primary


@pytest.mark.parametrize(("barrier", "number"), [(0.0, 100.0), (0.21, 100.0), (0.5, 76.9), (0.85, 49.0), (1.0, 37.0)])
def test_hard_prose_lowers_cognition_alone_and_easy_prose_nothing(barrier: float, number: float) -> None:
    score = score_page(replace(page(), wording=Wording("en", 400, 20, barrier)), EVERYTHING)
    assert {name: score.groups[name].high for name in HEADLINE} == {
        name: number if name == "cognition" else 100.0 for name in HEADLINE
    }
    assert {factor.rule for factor in score.groups["cognition"].factors} <= {"plain-language"}


def test_prose_counts_as_tested_where_it_was_measured() -> None:
    without, measured = (
        score_page(replace(page(), wording=wording), CATALOGUE).groups["cognition"].coverage
        for wording in (None, Wording("en", 400, 20, 0.0))
    )
    assert measured > without


def test_a_rule_and_the_measure_of_plain_language_are_one_barrier() -> None:
    plain = rule("plain", "plain-language", scope="page", impact="critical")
    found = replace(page(outcomes(plain, 1)), wording=Wording("en", 400, 20, 0.5))
    assert [factor.rule for factor in score_page(found, (*EVERYTHING, plain)).groups["cognition"].factors] == ["plain"]


def test_other_groups_have_findings_and_never_a_number() -> None:
    colour = rule("colour-alone", "1.4.1")
    group = score_page(page(outcomes(colour, 1, 1)), (*EVERYTHING, colour)).groups["colour-perception"]
    assert (group.high, group.low, group.problems) == (None, None, 2)
    assert [factor.criterion for factor in group.factors] == ["1.4.1"]
    assert "never with a number" in group.reason


def test_the_map_is_a_choice() -> None:
    """EN 301 549 V3.2.1 gives contrast to cognition as secondary, Section 508 not at all."""
    found = page(outcomes(cases.CONTRAST, 1))
    numbers = {
        name: score_page(found, CATALOGUE, map=name).groups["cognition"].high
        for name in ("en-v4.1", "en-v3.2.1", "us-508")
    }
    assert numbers == {"en-v4.1": 87.4, "en-v3.2.1": 95.0, "us-508": 100.0}
    with pytest.raises(UsageError, match=r"en-v4\.1, en-v3\.2\.1, us-508"):
        score_page(found, CATALOGUE, map="en-v5")


def test_questions_are_counted_and_only_the_lower_end_pays() -> None:
    asked = page(outcomes(cases.CONTRAST, 1, 1, verdict=Verdict.CANT_TELL), outcomes(cases.CONTRAST, 1))
    group = score_page(asked, CATALOGUE).groups["limited-vision"]
    assert (group.high, group.problems, group.questions) == (87.4, 1, 1)
    assert group.low is not None
    assert group.low < 87.4


def test_little_coverage_gives_no_number_and_says_so() -> None:
    score = score_page(page(outcomes(cases.CONTRAST, 1)), (cases.CONTRAST,))
    assert score.headline is None
    assert score.groups["limited-vision"].high is None
    assert score.groups["limited-vision"].factors
    assert score.groups["limited-vision"].reason == (
        "The rules that ran test 1% of what serves this group; a number needs 15%."
    )


def test_a_rule_that_did_not_run_tests_nothing_and_a_partial_one_half() -> None:
    full, part = rule("full", "1.2.2", covers="fully"), rule("part", "1.2.2")
    gap = page(outcomes(full, 1, verdict=Verdict.UNTESTED))
    cases_ = [(page(), (full,)), (page(), (part,)), (gap, (full,)), (gap, (full, part))]
    found = [score_page(one, catalogue) for one, catalogue in cases_]
    whole, half, none, other = (score.groups["hearing"].coverage for score in found)
    assert half == other == pytest.approx(whole / 2)
    assert none == 0


def test_a_rule_covers_only_the_groups_that_it_can_lower() -> None:
    score = score_page(page(), (cases.IMAGE,))
    assert score.groups["hearing"].coverage == 0
    assert score.groups["without-vision"].coverage > 0


def test_site_outcomes_count_on_the_pages_that_they_concern() -> None:
    site_rule = rule("consistent-navigation", "3.2.3", kind="site", scope="page")
    catalogue = (*EVERYTHING, site_rule)
    concern = SiteOutcome(Verdict.FAILED, "Order differs.", ("https://example.gov/",), "x", "consistent-navigation")
    here, there = page(), page(url="https://example.gov/other")
    assert score_page(here, catalogue, extra=(concern,)).groups["cognition"].high == 68.5
    assert score_page(there, catalogue, extra=(concern,)).groups["cognition"].high == 100


def test_site_rules_count_as_tested_only_when_they_ran() -> None:
    site_rule = (rule("consistent-help", "3.2.6", kind="site"),)
    untested = SiteOutcome(Verdict.UNTESTED, "Too few pages.", (), "", "consistent-help")
    ran, alone, silent = (score_page(page(), site_rule, extra=extra) for extra in ((), None, (untested,)))
    assert ran.groups["cognition"].coverage > 0
    assert alone.groups["cognition"].coverage == silent.groups["cognition"].coverage == 0


def test_a_page_that_was_not_tested_has_no_score() -> None:
    score = score_page(page(outcomes(cases.CONTRAST, 1), state=PageState.BLOCKED), CATALOGUE)
    assert (score.groups, score.headline) == ({}, None)


def test_a_failure_of_an_unknown_rule_is_an_error_and_not_forgotten() -> None:
    with pytest.raises(StoredDataError, match="'ghost'"):
        score_page(page((PageOutcome("ghost", Verdict.FAILED),)), CATALOGUE)


def test_the_lowest_group_is_named_alone_only_without_a_tie() -> None:
    assert cases.oriented("a video without captions").lowest == ("hearing",)
    assert cases.oriented("one low-contrast text").lowest == ("limited-vision", "cognition")
    assert cases.oriented("no failure found").lowest == ()


def test_a_hundred_is_only_shown_where_nothing_was_lost() -> None:
    assert [stored(value) for value in (100.0, 100 - 1e-12, 99.999, 99.94, 0.04)] == [100.0, 100.0, 99.9, 99.9, 0.0]


def test_same_facts_give_the_same_bytes_in_another_process() -> None:
    """Also with another order of hashes."""
    code = (
        "import json, score_cases as cases\n"
        "print(json.dumps({case: cases.oriented(case).as_json() for case in cases.ORIENTATION}))"
    )
    here = Path(__file__).parent
    path = os.pathsep.join([str(here), str(here.parents[1])])
    texts = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONPATH": path, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert texts == {json.dumps({case: cases.oriented(case).as_json() for case in cases.ORIENTATION}).encode() + b"\n"}


def test_scores_are_plain_data() -> None:
    for case in cases.ORIENTATION:
        plain = cases.oriented(case).as_json()
        assert json.loads(json.dumps(plain, allow_nan=False)) == plain


def test_impacts_weigh_in_their_order() -> None:
    found = []
    for impact in ("critical", "serious", "moderate", "minor"):
        one = replace(cases.CONTRAST, impact=impact)
        found.append(score_page(page(outcomes(one, 1)), (*EVERYTHING, one)).groups["limited-vision"].high)
    assert found == [82.0, 87.4, 93.7, 98.2]
