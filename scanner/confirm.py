"""A second visit in a fresh context for what would fail the gate: what is not there again is unstable, not new."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from reports.baseline import counts_on
from reports.gate import Tracked
from reports.looked import is_whole
from reports.model import PageResult, Scan
from reports.store import open_store
from reports.words import counted
from rules.registry import RuleSet
from scanner.browser.discover import Browser
from scanner.order import Clock, Order, begin, perform
from scanner.progress import Progress
from scanner.run import Listener
from scanner.verdicts import Decisions

PAGES = 20
PAGES_OF_ONE = 3
"""A problem on many pages is looked for again on the first few; it is there again when any of them has it."""


def confirmed(
    scan: Scan,
    order: Order,
    decisions: Decisions,
    rules: RuleSet,
    *,
    browser: Browser,
    clock: Clock,
    progress: Progress,
) -> Scan:
    """The scan with the fingerprints of new problems that a second visit did not find again.

    Problems between pages, and those on pages that the second visit could not test, stay as they are.
    """
    failing = [one for one in decisions.verdict(decisions.on(scan)).new if one.rule.kind == "page"]
    chosen = pages_to_confirm(scan, failing)
    if not any(chosen):
        return scan
    progress.say(f"second visit: {counted(sum(map(len, chosen)), 'page')}, to see whether what is new is there again.")
    again = list(_again(scan, chosen, order, rules, browser=browser, clock=clock))
    unstable = {one.fingerprint for one in failing if is_gone(one, again)}
    return replace(scan, unstable=tuple(sorted(unstable)))


def pages_to_confirm(scan: Scan, failing: Sequence[Tracked]) -> list[tuple[str, ...]]:
    """For each site the pages to visit again, in its order; where there are many, those of the gravest problems."""
    wanted: list[tuple[str, str]] = []
    for one in failing:
        for spot in one.spots[:PAGES_OF_ONE]:
            if (one.site, spot.page) not in wanted:
                wanted.append((one.site, spot.page))
    kept = set(wanted[:PAGES])
    return [tuple(page.url for page in site.pages if (site.url, page.url) in kept) for site in scan.sites]


def is_gone(one: Tracked, again: Sequence[PageResult]) -> bool:
    """Whether a second visit tested pages that had too much of a problem, and none of them has it any more."""
    pages = {spot.page for spot in one.spots}
    tested = [page for page in again if page.url in pages and is_whole(page)]
    return bool(tested) and all(counts_on(page)[one.fingerprint] <= one.allowed for page in tested)


def _again(
    scan: Scan, chosen: Sequence[tuple[str, ...]], order: Order, rules: RuleSet, *, browser: Browser, clock: Clock
) -> Iterator[PageResult]:
    with tempfile.TemporaryDirectory() as folder, open_store(Path(folder) / "again.db") as store:
        for target, pages in zip(order.targets, chosen, strict=True):
            if pages:
                once_more = replace(order, targets=(target,), pages=pages)
                number = begin(once_more, store, rules, tool=scan.tool, started=clock())
                doing = perform(once_more, store, number, rules, browser=browser, listener=Listener(), clock=clock)
                yield from asyncio.run(doing).sites[0].pages
