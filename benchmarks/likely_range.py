"""Prints how often the likely range of a drawn sample holds the value of the whole service.

    python benchmarks/likely_range.py

Services are simulated with known page scores; each is drawn from many times. `mean` beside `whole` shows
whether looking at fewer pages pays on average: only where rare kinds of page are bad and can be missed.
"""

from __future__ import annotations

from random import Random
from statistics import fmean

from reports.sampling import Kind, draws, likely_range, make_strata
from reports.score.formula import FORMULA
from reports.score.value import combine

RUNS, DRAWS = 200, 200
Pages = list[tuple[str, float]]


def services(random: Random) -> dict[str, Pages]:
    """Simulated services: for each page its kind and its score."""

    def near(mean: float) -> float:
        return min(100.0, max(0.0, random.gauss(mean, 9)))

    return {
        "three kinds, 40 pages each": [(f"k{n % 3}", near((88, 60, 35)[n % 3])) for n in range(120)],
        "sixty pages, each its own kind": [(f"k{n}", random.uniform(20, 100)) for n in range(60)],
        "eight kinds of uneven size": [(f"k{min(7, int(random.expovariate(0.5)))}", near(70)) for _ in range(150)],
        "a rare bad kind (5 of 100 pages)": [("good", near(90)) for _ in range(95)] + [("bad", 20.0)] * 5,
    }


def kinds(pages: Pages, known: int) -> list[Kind]:
    """The kinds of these pages, each known in proportion."""
    positions: dict[str, list[int]] = {}
    for position, (kind, _) in enumerate(pages):
        positions.setdefault(kind, []).append(position)
    return [Kind(name, tuple(found), len(found) * known / len(pages)) for name, found in sorted(positions.items())]


def row(name: str, pages: Pages, size: int) -> str:
    """One line for one service and one size of sample."""
    random = Random(f"{name} {size}")
    whole = combine([score for _, score in pages], kinds(pages, len(pages)))
    points, held, widths = [], 0, []
    for run in range(RUNS):
        sample = random.sample(pages, size)
        scores, frame = [score for _, score in sample], kinds(sample, len(pages))
        point = combine(scores, frame)
        strata = make_strata(frame, [True] * size)
        drawn = [combine(scores, frame, w) for w in draws(strata, pages=size, count=DRAWS, seed=run)]
        low, high = likely_range(drawn, point, level=FORMULA.level)
        points.append(point)
        widths.append(high - low)
        held += low <= whole <= high
    return f"{name:34} {size:4} {whole:6.1f} {fmean(points):6.1f} {fmean(widths):6.1f} {held / RUNS:6.0%}"


def main() -> None:
    """Prints the table."""
    print(f"{'service':34} {'n':>4} {'whole':>6} {'mean':>6} {'width':>6} {'held':>6}")
    for name, pages in services(Random(1)).items():
        for size in (10, 20, 40):
            print(row(name, pages, size))


if __name__ == "__main__":
    main()
