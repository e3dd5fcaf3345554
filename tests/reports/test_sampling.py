"""The bootstrap of drawn pages: repeatable, right in spread, silent where everything was looked at."""

from __future__ import annotations

import math
from random import Random
from statistics import fmean, pvariance, variance

import pytest

from reports.sampling import Kind, Stratum, draws, likely_range, make_strata
from reports.score.value import combine


def kinds(*sizes: int, known: float = 100) -> list[Kind]:
    """Kinds of page with that many tested pages each, in a row."""
    starts = [sum(sizes[:n]) for n in range(len(sizes))]
    return [
        Kind(f"k{n}", tuple(range(start, start + size)), known)
        for n, (start, size) in enumerate(zip(starts, sizes, strict=True))
    ]


def test_kinds_with_two_drawn_pages_are_strata_and_the_others_are_pooled() -> None:
    strata = make_strata(kinds(3, 1, 2, 1), [True] * 7)
    assert [stratum.pages for stratum in strata] == [(4, 5), (0, 1, 2), (3, 6)]


def test_a_pool_of_one_page_takes_in_the_smallest_kind() -> None:
    strata = make_strata(kinds(3, 1, 2), [True] * 6)
    assert [stratum.pages for stratum in strata] == [(0, 1, 2), (3, 4, 5)]


def test_pages_that_were_chosen_are_in_no_stratum_and_not_in_the_frame() -> None:
    (stratum,) = make_strata(kinds(4, known=12), [True, True, False, False])
    assert stratum == Stratum((0, 1), math.sqrt(1 - 2 / 10))


def test_weights_are_one_on_average_and_never_negative() -> None:
    strata = make_strata(kinds(3, 1, 2, 1), [True] * 7)
    for weights in draws(strata, pages=7, count=50, seed=7):
        assert min(weights) >= 0
        for stratum in strata:
            assert fmean(weights[page] for page in stratum.pages) == pytest.approx(1)


def test_nothing_varies_when_every_page_was_looked_at() -> None:
    strata = make_strata(kinds(4, 4, known=4), [True] * 8)
    assert list(draws(strata, pages=8, count=3, seed=7)) == [[1.0] * 8] * 3


def test_the_same_seed_gives_the_same_draws_and_another_one_others() -> None:
    strata = make_strata(kinds(9), [True] * 9)
    first, again, other = (list(draws(strata, pages=9, count=5, seed=seed)) for seed in (1, 1, 2))
    assert first == again != other
    # Pinned, because a likely range that is stored must be found again by any version of Python.
    assert [round(weight, 3) for weight in first[0]] == PINNED


@pytest.mark.parametrize(("looked_at", "known"), [(2, 40), (10, 400), (10, 12), (30, 60)])
def test_the_spread_of_a_mean_is_that_of_survey_sampling(looked_at: int, known: int) -> None:
    """Variance of a mean of n of N pages: s²/n · (1 − n/N), also for n = 2."""
    values = [float(value) for value in Random(3).choices(range(100), k=looked_at)]
    strata = make_strata(kinds(looked_at, known=known), [True] * looked_at)
    means = [
        fmean(value * weight for value, weight in zip(values, weights, strict=True))
        for weights in draws(strata, pages=looked_at, count=4000, seed=7)
    ]
    assert pvariance(means) == pytest.approx(variance(values) / looked_at * (1 - looked_at / known), rel=0.1)


def test_the_likely_range_holds_the_middle_of_the_draws_and_the_point() -> None:
    drawn = [float(n) for n in range(100)]
    assert likely_range(drawn, 50.0, level=0.9) == (5.0, 94.0)
    assert likely_range(drawn, 99.5, level=0.9) == (5.0, 99.5)


def test_looking_at_fewer_pages_does_not_pay_while_all_kinds_are_seen() -> None:
    """On average over draws a smaller sample reads no higher, and its likely range is wider.

    One kind is good, one middling, one bad. Looking at a third of the pages instead of all of them
    neither raises the number nor the lower end.
    """
    random = Random(11)
    of_kind = [[min(100.0, max(0.0, random.gauss(mean, 9))) for _ in range(40)] for mean in (88, 60, 35)]
    whole = combine([value for values in of_kind for value in values], kinds(40, 40, 40, known=40))
    few, many = (_sampled(of_kind, size, random) for size in (4, 16))
    assert few[0] <= whole + 0.5
    assert many[0] <= whole + 0.5
    assert few[1] < many[1] < whole


def _sampled(of_kind: list[list[float]], size: int, random: Random) -> tuple[float, float]:
    """The mean number and the mean lower end over many draws of `size` pages a kind."""
    points, lower = [], []
    for run in range(150):
        scores = [value for values in of_kind for value in random.sample(values, size)]
        frame = kinds(*[size] * len(of_kind), known=len(of_kind[0]))
        strata = make_strata(frame, [True] * len(scores))
        point = combine(scores, frame)
        drawn = [combine(scores, frame, w) for w in draws(strata, pages=len(scores), count=100, seed=run)]
        points.append(point)
        lower.append(likely_range(drawn, point, level=0.95)[0])
    return fmean(points), fmean(lower)


PINNED = [0.046, 1.119, 1.119, 0.046, 2.192, 1.119, 1.119, 2.192, 0.046]
