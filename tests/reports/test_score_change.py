"""Change between two scans: the same pages and the same rules, and a claim only where it is clear."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
import score_cases as cases
from score_cases import CATALOGUE, outcomes, page

from reports.model import PageResult, Sample, Scan, SiteResult, Tool
from reports.score import Change, score_change
from rules.model import RuleInfo, Verdict

BAD = outcomes(cases.CONTRAST, *[1] * 10)
WORST = (*BAD, *outcomes(cases.LINK, *[1] * 10), *outcomes(cases.IMAGE, *[1] * 10))


def scan(
    *parts: tuple[object, ...], known: int = 0, rules: tuple[RuleInfo, ...] = CATALOGUE, drawn: bool = True
) -> Scan:
    """A scan of one site, one page for each part."""
    pages = tuple(
        page(part, url=f"https://example.gov/{n}", random=drawn)  # type: ignore[arg-type]
        for n, part in enumerate(parts)
    )
    sample = Sample(known or len(pages), len(pages))
    return Scan(
        1, "", "", Tool("1"), rules=rules, sites=(SiteResult("https://example.gov/", "E", sample=sample, pages=pages),)
    )


def with_pages(found: Scan, *pages: PageResult) -> Scan:
    """The scan with other pages."""
    return replace(found, sites=(replace(found.sites[0], pages=pages),))


def verdicts(before: Scan, after: Scan) -> tuple[str, str]:
    """The change for limited vision and of the headline."""
    (change,) = score_change(before, after)
    assert change.headline is not None
    return change.groups["limited-vision"].verdict, change.headline.verdict


def test_a_whole_site_is_compared_exactly() -> None:
    worse, better = scan((), BAD, BAD), scan((), (), BAD)
    assert verdicts(worse, better) == (Change.BETTER, Change.BETTER)
    assert verdicts(better, worse) == (Change.WORSE, Change.WORSE)
    assert verdicts(better, better) == (Change.UNCLEAR, Change.UNCLEAR)
    (change,) = score_change(worse, better)
    assert change.groups["limited-vision"].range is None
    assert change.groups["hearing"].verdict is Change.UNCLEAR


def test_less_than_a_point_is_no_clear_change() -> None:
    one = scan(*[()] * 99, ())
    two = scan(*[()] * 99, outcomes(cases.CONTRAST, 1))
    (change,) = score_change(one, two)
    assert change.groups["limited-vision"].points == -0.1
    assert change.groups["limited-vision"].verdict is Change.UNCLEAR


def test_drawn_pages_that_all_improve_are_better() -> None:
    before, after = scan(*[WORST] * 12, known=300), scan(*[BAD] * 12, known=300)
    assert verdicts(before, after)[0] is Change.BETTER
    assert verdicts(after, before)[0] is Change.WORSE


def test_drawn_pages_that_go_both_ways_show_no_clear_change() -> None:
    before = scan(*[BAD, (), BAD, (), BAD, BAD, (), BAD, (), BAD, (), BAD], known=300)
    after = scan(*[(), BAD, (), BAD, (), (), BAD, (), BAD, (), BAD, BAD], known=300)
    (change,) = score_change(before, after)
    group = change.groups["limited-vision"]
    assert group.verdict is Change.UNCLEAR
    assert group.points > 1
    assert group.range is not None
    assert group.range[0] < 0 < group.range[1]


def test_too_few_pages_in_common_say_so() -> None:
    before, after = scan(*[BAD] * 12, known=300), scan(*[()] * 12, known=300)
    moved = [replace(found, url=found.url + "x") if n > 3 else found for n, found in enumerate(after.sites[0].pages)]
    (change,) = score_change(before, with_pages(after, *moved))
    assert (change.headline, change.groups) == (None, {})
    assert change.reason == (
        "The scans have 4 tested pages in common, 4 of them drawn at random both times; "
        "a comparison needs 10 drawn at random, or all pages both times."
    )


def test_pages_that_only_one_scan_has_count_for_nothing() -> None:
    before, after = scan(BAD, BAD), scan(BAD, BAD)
    pages = (*after.sites[0].pages, page(url="https://example.gov/new"))
    assert verdicts(before, with_pages(after, *pages)) == (Change.UNCLEAR, Change.UNCLEAR)


def test_a_rule_that_only_one_scan_had_is_ignored_and_named() -> None:
    before, after = scan(BAD, rules=CATALOGUE), scan((), rules=tuple(i for i in CATALOGUE if i != cases.CONTRAST))
    (change,) = score_change(before, after)
    assert change.ignored == ("color-contrast",)
    assert change.groups["limited-vision"].verdict is Change.UNCLEAR
    newer = tuple(replace(i, version=2) if i == cases.CONTRAST else i for i in CATALOGUE)
    assert score_change(before, scan((), rules=newer))[0].ignored == ("color-contrast",)


def test_a_rule_that_did_not_run_both_times_shows_no_improvement() -> None:
    gap = outcomes(cases.CONTRAST, 1, verdict=Verdict.UNTESTED)
    assert verdicts(scan(BAD), scan(gap))[0] is Change.UNCLEAR


def test_the_order_of_pages_is_irrelevant_and_the_result_plain_data() -> None:
    before, after = scan(*[WORST, BAD] * 6, known=300), scan(*[BAD, ()] * 6, known=300)
    turned = with_pages(after, *reversed(after.sites[0].pages))
    one, two = score_change(before, after), score_change(before, turned)
    assert one == two
    plain = one[0].as_json()
    assert json.loads(json.dumps(plain, allow_nan=False)) == plain


def test_only_sites_of_both_scans_are_compared() -> None:
    before, after = scan(BAD), scan(BAD)
    other = replace(after, sites=(replace(after.sites[0], url="https://other.gov/"),))
    assert score_change(before, other) == ()


@pytest.mark.parametrize("drawn", [True, False])
def test_only_pages_drawn_both_times_carry_a_comparison(drawn: bool) -> None:
    before, after = scan(*[BAD] * 12, known=300), scan(*[()] * 12, known=300, drawn=drawn)
    assert (score_change(before, after)[0].headline is not None) is drawn
