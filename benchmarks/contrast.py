"""Compares own contrast with axe-core's on pages: python benchmarks/contrast.py PLACE… [--pages N] [--list]

Prints a table of what axe-core says of a text beside what `text-contrast` says, then the texts on which they
differ for certain, one line each. `--list` also names the texts that stay open.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
from collections import Counter
from collections.abc import Iterator

from playwright.async_api import async_playwright
from served import add_arguments, addresses

from rules.model import Verdict
from rules.page import Page
from rules.visual.text_contrast import text_contrast
from scanner.browser.discover import ensure
from scanner.browser.guard import Guards
from scanner.browser.launch import launch
from scanner.browser.tab import Tab
from scanner.probes.axe import OPTIONS, AxeScript
from scanner.visit import VisitPlan, visit

RULE = "color-contrast"
ONLY = {**OPTIONS, "runOnly": {"type": "rule", "values": [RULE]}}
NOTHING = "nothing"
Told = tuple[str, str, str, str, str]
"""Address, selector, axe-core's word, ours, our message."""


async def look_at(urls: list[str]) -> list[Told]:
    """What both say of every text of which one of them says more than that it is fine."""
    installed = ensure(None, say=print)
    told: list[Told] = []
    async with async_playwright() as playwright:
        browser = await launch(playwright, installed.path, installed.kind)
        async with Guards.on(browser) as guards:
            tab = await Tab.open(browser, guards, AxeScript.read())
            for url in urls:
                told += compared(await visit(tab, url, VisitPlan(axe_options=ONLY)))
        await browser.close()
    return told


def compared(page: Page) -> Iterator[Told]:
    """One line for each element that either of them has judged."""
    result = next((result for result in page.axe.results if result.rule == RULE), None) if page.axe else None
    if result is None:
        print(f"not compared: {page.url} ({page.state} {page.reason})", file=sys.stderr)
        return
    theirs = {node.node: "failed" for node in result.failed} | {node.node: "open" for node in result.incomplete}
    words = {Verdict.FAILED: "failed", Verdict.CANT_TELL: "open", Verdict.PASSED: "passed"}
    ours = {
        outcome.element.index: (words[outcome.verdict], outcome.message)
        for outcome in text_contrast.judge(page)
        if outcome.element is not None
    }
    for index in sorted(theirs.keys() | ours.keys()):
        element = page.dom.at(index)
        word, message = ours.get(index, (NOTHING, ""))
        selector = f"{element.frame} {element.selector}".strip() if element is not None else "?"
        yield page.url, selector, theirs.get(index, "passed or nothing"), word, message


def main(arguments: list[str]) -> None:
    """Compare the pages and print the table and the differences."""
    parser = argparse.ArgumentParser(description=__doc__)
    add_arguments(parser)
    parser.add_argument("--list", action="store_true", help="also name what stays open")
    given = parser.parse_args(arguments)
    with addresses(given) as urls:
        told = asyncio.run(look_at(urls))
    table = Counter((theirs, ours) for _, _, theirs, ours, _ in told)
    print("axe-core            own       texts")
    for (theirs, ours), count in sorted(table.items()):
        print(f"{theirs:19} {ours:9} {count:5}")
    reasons = Counter(message for _, _, _, ours, message in told if ours == "open")
    for message, count in reasons.most_common():
        print(f"{count:5} open: {message}")
    for url, selector, theirs, ours, message in told:
        differs = (theirs == "failed") != (ours == "failed") or (theirs == "open" and ours == NOTHING)
        if differs or (given.list and ours == "open"):
            print(f"{url} | {selector} | axe-core: {theirs} | own: {ours} {message}")


if __name__ == "__main__":
    main(sys.argv[1:])
