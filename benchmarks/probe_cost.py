"""What each probe costs on real pages, in seconds of the clock: median, 95th percentile, longest, how often too slow.

    python benchmarks/probe_cost.py URL… | --from urls.txt [--browser PATH]

One tab, one page at a time, every page operated; *visit* is the whole visit from the first request on, *operating* all
probes that operate the page. A page of the demo warms the browser up and is not counted.
"""

from __future__ import annotations

import argparse
import asyncio
import statistics
import time
from collections import defaultdict
from functools import partial
from pathlib import Path

from playwright.async_api import async_playwright

from scanner import probing
from scanner.browser.discover import ensure
from scanner.browser.guard import Guards
from scanner.browser.launch import launch
from scanner.browser.tab import Tab
from scanner.demo.serve import serve
from scanner.operating import EVERY
from scanner.probes.axe import AxeScript
from scanner.visit import VisitPlan, visit

Costs = dict[str, list[float]]


def main() -> None:
    """Visit all pages and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("urls", nargs="*")
    parser.add_argument("--from", dest="source", type=Path)
    parser.add_argument("--browser")
    given = parser.parse_args()
    urls = [*given.urls, *(given.source.read_text("utf-8").split() if given.source else [])]
    if not urls:
        parser.error("name URLs, or a file with --from")
    costs, late = asyncio.run(_measured(urls, given.browser))
    print("| Probe | Pages | Median s | 95th percentile s | Longest s | Out of time or failed |")
    print("| --- | --- | --- | --- | --- | --- |")
    for name, times in costs.items():
        at = sorted(times)[min(len(times) - 1, round(0.95 * len(times)))]
        numbers = f"{statistics.median(times):.2f} | {at:.2f} | {max(times):.2f}"
        print(f"| {name} | {len(times)} | {numbers} | {late[name]} |")


async def _measured(urls: list[str], browser: str | None) -> tuple[Costs, dict[str, int]]:
    """The seconds of each probe and of each visit, and how often a probe gave no evidence."""
    costs: Costs = defaultdict(list)
    late: dict[str, int] = defaultdict(int)
    this: dict[str, float] = {}
    for table in (probing.ON_THE_TREE, probing.OPERATING):
        for name, probe in table.items():
            table[name] = partial(_timed, probe, this, name)
    found = ensure(browser, say=print)
    async with async_playwright() as playwright:
        started = await launch(playwright, found.path, found.kind)
        async with Guards.on(started) as guards:
            tab = await Tab.open(started, guards, AxeScript.read())
            with serve() as base:
                await visit(tab, base, VisitPlan(operate=EVERY, pictures=True))
            for url in urls:
                if tab.broken:
                    await tab.close()
                    tab = await Tab.open(started, guards, AxeScript.read())
                this.clear()
                begun = time.monotonic()
                page = await visit(tab, url, VisitPlan(operate=EVERY, pictures=True))
                this["visit"] = time.monotonic() - begun
                this["operating"] = sum(this.get(name, 0.0) for name in probing.OPERATING)
                for name, seconds in this.items():
                    costs[name].append(seconds)
                for report in page.probes:
                    late[report.name] += not report.ran
        await started.close()
    return costs, late


async def _timed(probe: probing.Probe, this: dict[str, float], name: str, on: probing.Ground) -> object:
    begun = time.monotonic()
    try:
        return await probe(on)
    finally:
        this[name] = time.monotonic() - begun


if __name__ == "__main__":
    main()
