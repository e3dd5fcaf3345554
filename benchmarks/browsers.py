"""Whether the headless shell finds what full Chromium finds, page by page.

    python benchmarks/browsers.py PLACE… [--each N] [--pages N] [--shell PATH] [--full PATH]

Every page is visited and judged by Curbcut itself, started as a scan starts it: once in full Chromium and twice in
the shell, the second time as the control. Compared are the state of the page and its findings: rule, verdict, place,
number of occurrences. A difference that the control shows as well is the page's own. Exit code 1 where the two
browsers differ on a page on which the control does not.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import time
from collections import Counter
from collections.abc import Iterable, Sequence

from served import add_arguments, addresses

from reports.model import PageResult
from rules.model import PageOutcome, Verdict
from rules.registry import RuleSet, load_rules
from scanner.browser.discover import Browser, find
from scanner.browser.pool import TabPlan, TabPool
from scanner.browser.tab import Tab
from scanner.browser.terms import Terms
from scanner.order import axe_options
from scanner.probes.axe import AxeScript
from scanner.visit import VisitPlan
from scanner.worker import work

TABS = 2

Facts = Counter[tuple[str, ...]]
"""What was found on a page: each finding with how often it occurs; the state counts as one."""


async def look(urls: Sequence[str], browser: Browser, rules: RuleSet) -> dict[str, Facts]:
    """What was found on each page in this browser, two pages at a time."""
    plan = VisitPlan(axe_options=axe_options(rules))
    waiting = list(reversed(urls))
    found: dict[str, Facts] = {}

    async def take(pool: TabPool) -> None:
        tab: Tab | None = None
        while waiting:
            url = waiting.pop()
            tab = await pool.usable(tab, Terms.of(url))
            found[url] = facts((await work(tab, url, plan, rules.page_rules)).result)
        if tab is not None:
            await pool.give_back(tab)

    started = time.monotonic()
    async with TabPool.open(TabPlan(browser, AxeScript.read())) as pool, asyncio.TaskGroup() as group:
        for _ in range(TABS):
            group.create_task(take(pool))
    seconds = time.monotonic() - started
    print(f"{browser.kind} {browser.version}: {len(urls)} pages in {seconds:.0f} s", file=sys.stderr)
    return found


def facts(result: PageResult) -> Facts:
    """What must be the same in both browsers."""
    found: Facts = Counter({("state", result.state.value, result.reason): 1})
    for outcome in result.outcomes:
        if outcome.verdict is not Verdict.PASSED:
            found[_finding(outcome)] += outcome.count
    return found


def _finding(outcome: PageOutcome) -> tuple[str, ...]:
    place = outcome.target
    where = (place.frame, place.selector) if place else ("", "")
    return (outcome.rule, outcome.verdict.value, *where)


def differing(one: dict[str, Facts], other: dict[str, Facts]) -> dict[str, list[str]]:
    """By page what only one of two runs found, `-` in the first and `+` in the other."""
    lines = {url: [*_lines("-", one[url] - other[url]), *_lines("+", other[url] - one[url])] for url in one}
    return {url: told for url, told in lines.items() if told}


def _lines(sign: str, found: Facts) -> Iterable[str]:
    return (f"  {sign} {count} × {' '.join(filter(None, finding))}" for finding, count in sorted(found.items()))


def tell(name: str, differences: dict[str, list[str]]) -> None:
    """Print the differences of one pair of runs."""
    print(f"{name}: {len(differences)} differing pages")
    for url, lines in differences.items():
        print(f" {url}", *lines, sep="\n")


async def main() -> int:
    """Compare the browsers and print what differs."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    add_arguments(parser)
    parser.add_argument("--shell", help="path of a headless shell")
    parser.add_argument("--full", help="path of a full Chromium")
    given = parser.parse_args()
    shell = find(given.shell, prefer="headless-shell")
    full = find(given.full, prefer="chromium")
    if shell is None or full is None or shell.kind == full.kind:
        parser.error("a headless shell and a full Chromium are needed")
    rules = load_rules()
    with addresses(given) as urls:
        first = await look(urls, shell, rules)
        other = await look(urls, full, rules)
        again = await look(urls, shell, rules)
    told = sum(sum(found.values()) - 1 for found in first.values())
    tested = sum(any(fact[:2] == ("state", "tested") for fact in found) for found in first.values())
    print(f"{len(urls)} pages ({tested} tested), {len(rules.page_rules)} rules, {told:,} findings in the shell")
    between, control = differing(first, other), differing(first, again)
    tell("shell and full Chromium", between)
    tell("shell and shell again", control)
    return 1 if between.keys() - control.keys() else 0


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
