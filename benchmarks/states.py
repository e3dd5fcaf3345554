"""Which state each served page of tests/sites/states ends in, beside the one expected.

    python benchmarks/states.py [--browser PATH]

Prints one line a page and the sums: how many are right, how many broken pages were taken for good ones, how many
good ones were thrown out.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "sites"))

from states_site import StatesSite, serving, shapes

from rules.page import Page
from scanner.browser.discover import Browser, ensure
from scanner.browser.pool import TabPlan, TabPool
from scanner.browser.terms import Terms
from scanner.missing import MissingPages
from scanner.probes.axe import AxeScript
from scanner.visit import VisitPlan, visit


async def visited(site: StatesSite, browser: Browser) -> dict[str, Page]:
    """Every page of the table by its path, recognised as a scan does it."""
    plan = VisitPlan()
    missing = MissingPages(_may_ask)
    terms = Terms.of(site.base())
    found: dict[str, Page] = {}
    async with TabPool.open(TabPlan(browser, AxeScript.read())) as pool:
        tab = await pool.fresh(terms)
        for shape in shapes():
            if shape.state:
                tab = await pool.usable(tab, terms)
                page = await visit(tab, site.base() + shape.path, plan)
                found[shape.path] = await missing.compared(tab, page, plan)
        await pool.give_back(tab)
    return found


async def _may_ask(_url: str) -> bool:
    return True


def main() -> None:
    """Visit every page and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--browser")
    given = parser.parse_args()
    with serving() as site:
        pages = asyncio.run(visited(site, ensure(given.browser, say=print)))
    expected = {shape.path: shape for shape in shapes() if shape.state}
    print("| page | expected | given | reason or remark |\n| --- | --- | --- | --- |")
    for path, shape in expected.items():
        page = pages[path]
        reason = page.reason.replace(site.base(), "").replace(site.base("other"), "")
        mark = "" if page.state == shape.state else " **wrong**"
        print(f"| {shape.file or 'redirect'} `{path}` | {shape.state} | {page.state}{mark} | {reason} |")
    right = sum(pages[path].state == shape.state for path, shape in expected.items())
    taken = sum(pages[path].state == "tested" and not shape.is_page for path, shape in expected.items())
    lost = sum(pages[path].state != "tested" and shape.is_page for path, shape in expected.items())
    print(f"\n{right} of {len(expected)} right; {taken} broken pages taken for good ones, {lost} good ones thrown out")


if __name__ == "__main__":
    main()
