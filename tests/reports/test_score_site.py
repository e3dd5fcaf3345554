"""The score of a site: kinds of page, likely ranges, and when a site has no number."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
import score_cases as cases
from score_cases import CATALOGUE, outcomes, page

from reports.model import KindSample, PageResult, Sample, Scan, SiteResult, Tool
from reports.sampling import Kind
from reports.score import score_page, score_scan, score_site
from reports.score.value import combine
from rules.model import Verdict
from rules.page import PageState
from rules.standards.abilities import HEADLINE

CLEAN: tuple[()] = ()
BAD = outcomes(cases.CONTRAST, *[1] * 10)


def site(*pages: PageResult, known: int = 0, kinds: dict[str, int] | None = None) -> SiteResult:
    """A site of these pages, whole unless more are known."""
    sample = Sample(
        known or len(pages), len(pages), tuple(KindSample(name, count, 1) for name, count in (kinds or {}).items())
    )
    return SiteResult("https://example.gov/", "Example", sample=sample, pages=pages)


def several(count: int, *parts: object, template: str = "t", start: int = 0, drawn: bool = True) -> list[PageResult]:
    """As many pages of one kind with the same outcomes."""
    return [
        page(*parts, url=f"https://example.gov/{template}{start + n}", template=template, random=drawn)  # type: ignore[arg-type]
        for n in range(count)
    ]


def vision(found: SiteResult) -> float | None:
    return score_site(found, CATALOGUE).groups["limited-vision"].high


def test_a_whole_site_is_exact_and_has_no_range() -> None:
    score = score_site(site(*several(2), *several(1, BAD, template="b")), CATALOGUE)
    group = score.groups["limited-vision"]
    assert score.exact
    assert (group.range, score.headline and score.headline.range) == (None, None)
    one = score_page(page(BAD), CATALOGUE).groups["limited-vision"].high
    assert one == 68.5
    weights = [1 + 0.4 * n for n in (0.47712125472, 0.30102999566)]
    mean = (100 * weights[0] + one * weights[1]) / sum(weights)
    assert group.high == round(0.6 * mean + 0.4 * one, 1)


def test_the_worst_quarter_of_kinds_counts_beside_the_mean() -> None:
    """Eight kinds: the two worst make Q. A ninth good kind changes M alone."""
    pages = [found for n in range(7) for found in several(1, template=f"k{n}")]
    assert vision(site(*pages, *several(1, BAD, template="x"))) == 91.3
    assert vision(site(*pages[:6], *several(1, BAD, template="x"), *several(1, BAD, template="y"))) == 82.7
    assert vision(site(*several(1, BAD, template="x"))) == 68.5


def test_one_kind_of_many_pages_does_not_drown_the_others() -> None:
    few, many = ({"t": 10, "b": 10}, {"t": 1000, "b": 10})
    pages = [*several(6), *several(6, BAD, template="b")]
    first, second = (vision(site(*pages, known=sum(kinds.values()), kinds=kinds)) for kinds in (few, many))
    assert first is not None
    assert second is not None
    assert first < second < first + 4


@pytest.mark.parametrize("known", [1, 2, 3, 4, 10, 100, 10_000])
@pytest.mark.parametrize("other", [1, 3, 30, 3000])
def test_tenfold_padding_stays_below_four_in_the_worst_case(known: int, other: int) -> None:
    """Two kinds, one without a failure, one at zero: nothing can move more."""
    before = [Kind("good", (0,), known), Kind("bad", (1,), other)]
    after = [Kind("good", (0,), known * 10), Kind("bad", (1,), other)]
    assert 0 < combine([100, 0], after) - combine([100, 0], before) < 4


def test_fewer_than_ten_drawn_pages_give_no_number_and_a_sentence() -> None:
    pages = [*several(9), *several(3, drawn=False, start=20)]
    score = score_site(site(*pages, known=50), CATALOGUE)
    assert score.headline is None
    assert {score.groups[name].high for name in HEADLINE} == {None}
    assert score.reason == (
        "Tested 12 of 50 known pages, 9 of them drawn at random; "
        "a number for the whole service needs 10 drawn at random, or all pages."
    )
    assert score.groups["hearing"].reason == score.reason
    assert len(score.pages) == 12
    assert score.pages[0].headline is not None


def test_drawn_pages_give_a_number_with_a_likely_range_that_narrows() -> None:
    def width(count: int, known: int) -> float:
        pages = [*several(count), *several(count, BAD, start=count)]
        span = score_site(site(*pages, known=known), CATALOGUE).groups["limited-vision"].range
        assert span is not None
        return span[1] - span[0]

    assert width(5, 500) > width(20, 500) > 0
    assert width(20, 500) > width(20, 45) > 0


def test_only_drawn_pages_vary() -> None:
    """Pages that were chosen (home page, named by a person) are the same in every draw."""
    chosen = several(4, BAD, drawn=False, start=100)
    group = score_site(site(*several(10), *chosen, known=500), CATALOGUE).groups["limited-vision"]
    assert group.range is not None
    assert group.range == (group.high, group.high)


def test_ranges_overlap_so_no_single_lowest_group_is_named() -> None:
    near = [
        page(
            outcomes(cases.CONTRAST, *[1] * (n % 5)),
            outcomes(cases.IMAGE, *[1] * ((n + 2) % 5)),
            url=f"https://example.gov/{n}",
            random=True,
        )
        for n in range(12)
    ]
    assert score_site(site(*near, known=900), CATALOGUE).lowest == ("without-vision", "limited-vision")
    far = several(12, outcomes(cases.CAPTIONS, *[1] * 9))
    assert score_site(site(*far, known=900), CATALOGUE).lowest == ("hearing",)


def test_factors_of_a_site_sum_to_what_its_mean_lost() -> None:
    pages = [*several(2, BAD, outcomes(cases.LINK, 1)), *several(2, outcomes(cases.LINK, 1), template="b")]
    group = score_site(site(*pages), CATALOGUE).groups["limited-vision"]
    assert [(factor.criterion, factor.rule, factor.pages) for factor in group.factors] == [
        ("1.4.3", "color-contrast", 2),
        ("2.4.4", "link-name", 4),
        ("4.1.2", "link-name", 4),
    ]
    values = [score_page(found, CATALOGUE).groups["limited-vision"].high or 0 for found in pages]
    assert sum(factor.points for factor in group.factors) == pytest.approx(100 - sum(values) / 4, abs=0.1)


def test_a_site_where_much_could_not_be_tested_is_not_whole() -> None:
    lost = [replace(found, state=PageState.BLOCKED) for found in several(1, template="b")]
    assert score_site(site(*several(9), *lost), CATALOGUE).exact
    assert not score_site(site(*several(8, drawn=False), *lost), CATALOGUE).exact
    assert score_site(site(*several(8, drawn=False), *lost), CATALOGUE).headline is None
    documents = [replace(found, state=PageState.NOT_HTML) for found in several(5, template="d")]
    assert score_site(site(*several(2), *documents), CATALOGUE).exact


def test_kinds_that_nobody_could_look_at_are_counted() -> None:
    score = score_site(site(*several(10), known=40, kinds={"t": 20, "unseen": 20}), CATALOGUE)
    assert (score.kinds, score.kinds_unseen) == (1, 1)


def test_a_service_that_was_not_judged_says_why() -> None:
    score = score_site(replace(site(), state="not-judged", reason="The first page timed out."), CATALOGUE)
    assert (score.headline, score.reason) == (None, "The first page timed out.")
    assert score_site(site(), CATALOGUE).reason == "No page could be tested."


def test_the_scan_decides_once_which_groups_get_a_number() -> None:
    """A page or a site on which a probe failed keeps its number when the scan as a whole has one."""
    gaps = tuple(found for info in cases.EVERYTHING for found in outcomes(info, 1, verdict=Verdict.UNTESTED))
    broken = replace(site(page(gaps)), url="https://broken.gov/")
    scan = Scan(1, "", "", Tool("1"), rules=cases.EVERYTHING, sites=(site(*several(3)), broken))
    scores = score_scan(scan)
    assert scores.numbered == HEADLINE
    assert scores.coverage["hearing"] == pytest.approx(0.75)
    assert scores.sites[1].groups["hearing"].coverage == 0
    assert scores.sites[1].pages[0].headline is not None
    mostly = score_scan(replace(scan, sites=(broken,) * 9))
    assert mostly.numbered == ()
    assert "test 0% of what" in mostly.sites[0].groups["hearing"].reason


def test_the_seed_changes_ranges_and_never_a_number() -> None:
    found = site(*several(6), *several(7, BAD, template="b"), known=300)
    one, two = (score_site(found, CATALOGUE, seed=seed) for seed in (0, 1))
    name = "limited-vision"
    assert one == score_site(found, CATALOGUE, seed=0)
    assert (one.groups[name].high, one.headline and one.headline.high) == (
        two.groups[name].high,
        two.headline and two.headline.high,
    )


def test_results_get_sites_and_pages_in_the_order_of_the_scan() -> None:
    scan = Scan(1, "", "", Tool("1"), rules=CATALOGUE, sites=(site(*several(2)), site(*several(1, BAD))))
    plain = score_scan(scan).as_json()
    assert json.loads(json.dumps(plain, allow_nan=False)) == plain
    assert [len(found["pages"]) for found in plain["sites"]] == [2, 1]  # type: ignore[attr-defined]


def test_the_order_of_drawn_pages_changes_no_range() -> None:
    found = site(
        *[one for n in range(7) for one in several(2, outcomes(cases.CONTRAST, *[1] * n), start=2 * n)], known=300
    )
    turned = replace(found, pages=tuple(reversed(found.pages)))
    one, two = (score_site(way, CATALOGUE).groups["limited-vision"].range for way in (found, turned))
    assert one == two
    assert one is not None
    assert one[0] < one[1]
