"""Prints how the scores of a scan are spread: quartiles of every group over the tested pages.

    python benchmarks/score_distribution.py RESULTS.json [MAP]

It shows whether a number still means what docs/scoring.md says, on pages that nobody here wrote.
"""

from __future__ import annotations

import sys
from pathlib import Path
from statistics import quantiles

from reports.results import load_results
from reports.score import PageScore, score_scan
from reports.score.page import values
from rules.standards.abilities import DEFAULT_MAP, HEADLINE


def distribution(pages: list[PageScore]) -> list[tuple[str, list[float]]]:
    """The numbers of every group, and of the headline, over all pages that have them."""
    found = [(name, [v[name] for page in pages if name in (v := values(page.groups, "high"))]) for name in HEADLINE]
    return [*found, ("headline", [page.headline.high for page in pages if page.headline])]


def line(name: str, numbers: list[float]) -> str:
    """One row: how many pages, then smallest, quartiles and largest."""
    if not numbers:
        return f"{name:16} {0:6}  no number: too little tested for this group"
    middle = quantiles(numbers, n=4, method="inclusive") if len(numbers) > 1 else numbers * 3
    return f"{name:16} {len(numbers):6} " + " ".join(f"{n:6.1f}" for n in [min(numbers), *middle, max(numbers)])


def main(arguments: list[str]) -> None:
    """Prints the table for a results file."""
    if len(arguments) not in (1, 2):
        raise SystemExit(__doc__)
    scan = load_results(Path(arguments[0]))
    scores = score_scan(scan, map=arguments[1] if len(arguments) == 2 else DEFAULT_MAP)
    pages = [page for site in scores.sites for page in site.pages if page.groups]
    print(f"{len(pages)} tested pages of {len(scores.sites)} services, map {scores.map}, formula {scores.formula}")
    print(f"{'':16} {'pages':>6} {'min':>6} {'25 %':>6} {'50 %':>6} {'75 %':>6} {'max':>6}")
    for name, numbers in distribution(pages):
        print(line(name, numbers))


if __name__ == "__main__":
    main(sys.argv[1:])
