"""Prints how long own rules take on pages, in milliseconds: python benchmarks/own_rules.py [PLACE…]

Without a place a page of about 1,500 elements is made. Every figure is the median CPU time of 20 runs; each run
starts with a fresh tree, so that a rule also pays for the look-ups that it is the first to need.
"""

from __future__ import annotations

import argparse
import asyncio
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

from playwright.async_api import async_playwright
from served import add_arguments, addresses

from rules.digest import digest
from rules.model import PageRule
from rules.page import Page
from rules.registry import load_rules
from scanner.browser.discover import ensure
from scanner.browser.guard import Guards
from scanner.browser.launch import launch
from scanner.browser.tab import Tab
from scanner.probes.axe import AxeScript
from scanner.visit import VisitPlan, visit

RUNS = 20
SECTION = """<section aria-labelledby="s{n}"><h2 id="s{n}">Payment {n}</h2>
<p>You can ask for this payment when your home is hard to keep warm and you live in the county. <a href="/p{n}">Read
what payment {n} is</a>, or <a href="/f{n}" aria-label="Form {n} as PDF">Form {n}</a>.</p>
<ul><li><a href="/a{n}">Amounts</a></li><li><a href="/d{n}">Dates</a></li><li><span style="letter-spacing: 2px
!important">Papers that you need</span></li></ul><img src="/i{n}.png" alt="House {n}">
<table><tr><th id="h{n}">Home</th><th>Amount</th></tr><tr><td headers="h{n}">Flat</td><td>120</td></tr></table>
<form><label>Email <input type="email" autocomplete="email"></label><button type="button">Send {n}</button></form>
<div class="card"><div><p>An office near you helps with the form and asks for no money.</p></div></div></section>"""


def generated() -> str:
    """A page of about 1,500 elements of all kinds that rules look at."""
    links = "".join(f'<li><a href="/n{n}">Topic {n}</a></li>' for n in range(40))
    sections = "".join(SECTION.format(n=n) for n in range(52))
    script = "for (const card of document.querySelectorAll('.card')) card.addEventListener('click', () => {});"
    return (
        f'<!doctype html><html lang="en"><meta charset="utf-8"><title>Payments</title><header><nav aria-label="Main">'
        f"<ul>{links}</ul></nav></header><main><h1>Payments</h1>{sections}</main><script>{script}</script></html>"
    )


async def look_at(urls: list[str]) -> list[Page]:
    """The evidence of the pages."""
    installed = ensure(None, say=print)
    async with async_playwright() as playwright:
        browser = await launch(playwright, installed.path, installed.kind)
        async with Guards.on(browser) as guards:
            tab = await Tab.open(browser, guards, AxeScript.read())
            pages = [await visit(tab, url, VisitPlan()) for url in urls]
        await browser.close()
    return pages


def measure(page: Page, rules: list[PageRule]) -> dict[str, float]:
    """Median milliseconds of the tree, of every rule on it, and of the digest."""
    runs: dict[str, list[float]] = {}
    for _ in range(RUNS):
        fresh = replace(page)
        _timed(runs, "(tree)", partial(getattr, fresh, "dom"))
        for rule in rules:
            _timed(runs, rule.info.id, partial(_all, rule, fresh))
        _timed(runs, "(digest)", partial(digest, fresh))
    return {name: statistics.median(times) for name, times in runs.items()}


def _all(rule: PageRule, page: Page) -> None:
    for _ in rule.judge(page):
        pass


def _timed(runs: dict[str, list[float]], name: str, work: Callable[[], object]) -> None:
    start = time.process_time()
    work()
    runs.setdefault(name, []).append(1000 * (time.process_time() - start))


def main(arguments: list[str]) -> None:
    """Measure the pages and print a table for each."""
    parser = argparse.ArgumentParser(description=__doc__)
    add_arguments(parser)
    rules = [rule for rule in load_rules(plugins=()).page_rules if rule.info.origin == "curbcut"]
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder) / "generated" / "index.html"
        made.parent.mkdir()
        made.write_text(generated(), "utf-8")
        with addresses(parser.parse_args(arguments or [folder])) as urls:
            pages = asyncio.run(look_at(urls))
    for page in pages:
        figures = measure(page, rules)
        print(f"{page.url}: {len(page.dom.elements):,} elements")
        for name, figure in sorted(figures.items(), key=lambda item: -item[1]):
            print(f"{figure:8.2f} ms  {name}")
        print(f"{sum(figures[rule.info.id] for rule in rules):8.2f} ms  all own rules")


if __name__ == "__main__":
    main(sys.argv[1:])
