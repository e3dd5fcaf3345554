"""How steady and how distinct fingerprints are on real pages that change on the way to the browser.

    npm install @gouvfr/dsfr govuk-frontend @uswds/uswds twig
    python benchmarks/public_pages.py node_modules PAGES
    python -m benchmarks.fingerprints PAGES scanner/demo/site /usr/share/doc/debian-policy [--each 5] [--seed 1]

Each page is served on loopback and visited as a scan visits it: as it is, and once for each mutation. Prints for
each mutation the share of fingerprints kept, over elements, over distinct components and over what the rules
found; then how many distinct components share a fingerprint within their site, with examples; then the time.
docs/fingerprints.md says what is meant by each.
"""

from __future__ import annotations

import argparse
import asyncio
import time
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.components import distinct, pointed_at
from benchmarks.mutated_pages import ALL, Look, choose, looks
from benchmarks.mutations import MARK
from rules.component import component
from rules.fingerprint import fingerprint
from rules.model import Outcome, PageRule, Untested, Verdict
from rules.page import Page
from rules.registry import load_rules
from rules.template import template

EXAMPLES = 5


@dataclass
class Tally:
    """Counts over all pages; `shared` maps a site's fingerprint to its components, each with one place."""

    pages: Counter[str] = field(default_factory=Counter)
    kept: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    of: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    shared: dict[tuple[str, str], dict[Hashable, str]] = field(default_factory=lambda: defaultdict(dict))
    lost: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    elements: int = 0
    seconds: float = 0.0

    def add(self, visits: Sequence[Look], rules: Sequence[PageRule]) -> None:
        """Count one page with all its mutations."""
        plain = before = visits[0].page
        self.pages[visits[0].site] += 1
        self._add_components(visits[0])
        for look in visits[1:]:
            if look.before:
                before = look.page
                continue
            self._compare(look.mutation, before, look.page, rules)
            before = plain

    def _add_components(self, look: Look) -> None:
        found = dict(pointed_at(look.page))
        started = time.process_time()
        known = {mark: fingerprint("any", element) for mark, element in found.items()}
        self.seconds += time.process_time() - started
        self.elements += len(found)
        for mark, element in found.items():
            places = self.shared[(look.site, known[mark])]
            places.setdefault(distinct(element), f"{look.site}/{look.name}  {element.snippet[:100]}")

    def _compare(self, mutation: str, before: Page, after: Page, rules: Sequence[PageRule]) -> None:
        old, new = dict(pointed_at(before)), {element.get(MARK): element for element in after.dom.elements}
        pairs = {mark: (element, new[mark]) for mark, element in old.items() if mark in new}
        same = {mark: component(one) == component(other) for mark, (one, other) in pairs.items()}
        self._count(mutation, "elements", same.values())
        by_component: dict[str, bool] = {}
        for mark, is_same in same.items():
            name = component(pairs[mark][0])
            by_component[name] = by_component.get(name, True) and is_same
            if not is_same:
                self.lost[mutation][pairs[mark][0].tag] += 1
        self._count(mutation, "components", by_component.values())
        told = _problems(before, rules) & _problems(after, rules)
        self._count(mutation, "problems", [same[mark] for _, mark in told if mark in same])
        self._count(mutation, "kinds", [template(before) == template(after)])

    def _count(self, mutation: str, what: str, same: Iterable[bool]) -> None:
        results = list(same)
        self.kept[mutation][what] += sum(results)
        self.of[mutation][what] += len(results)


def _problems(page: Page, rules: Sequence[PageRule]) -> set[tuple[str, str]]:
    """Rule and mark of what failed or needs a person."""
    return {
        (rule.info.id, outcome.element.get(MARK))
        for rule in rules
        for outcome in _outcomes(page, rule)
        if outcome.element is not None and outcome.verdict in (Verdict.FAILED, Verdict.CANT_TELL)
    }


def _outcomes(page: Page, rule: PageRule) -> Iterator[Outcome]:
    if all(map(page.has, rule.info.needs)):
        with suppress(Untested):
            yield from rule.judge(page)


def report(tally: Tally) -> None:
    """Print the tables."""
    print(f"{sum(tally.pages.values())} pages: " + ", ".join(f"{site} {n}" for site, n in sorted(tally.pages.items())))
    print(f"\n{'kept after':38} {'elements':>18} {'components':>16} {'problems':>16} {'kinds of page':>14}")
    for mutation in ALL:
        cells = [_share(tally, mutation, what) for what in ("elements", "components", "problems", "kinds")]
        print(f"{mutation:38} {cells[0]:>18} {cells[1]:>16} {cells[2]:>16} {cells[3]:>14}")
    groups = list(tally.shared.values())
    components = sum(map(len, groups))
    crowded = [group for group in groups if len(group) > 1]
    sharing = sum(map(len, crowded))
    print(f"\n{components} distinct components, {len(groups)} fingerprints")
    print(f"{sharing} components share a fingerprint with another one of their site ({sharing / components:.2%}):")
    for group in crowded[:EXAMPLES]:
        print("\n".join(f"  {'-' if number == 0 else ' '} {place}" for number, place in enumerate(group.values())))
    print(f"\n{1000 * tally.seconds / tally.elements:.3f} ms for each fingerprint, over {tally.elements} elements")


def _share(tally: Tally, mutation: str, what: str) -> str:
    kept, of = tally.kept[mutation][what], tally.of[mutation][what]
    return f"{of} {kept / of:8.2%}" if of else "none"


async def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--each", type=int, default=5, help="pages of each site (0: all)")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    rules, tally = load_rules().page_rules, Tally()
    async for visits in looks(choose(given.folders, given.each, given.seed), given.seed):
        tally.add(visits, rules)
    report(tally)


if __name__ == "__main__":
    asyncio.run(main())
