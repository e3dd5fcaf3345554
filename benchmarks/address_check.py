"""What the address check costs in pages a second, and what a page weighs with and without the browser's cache.

    python benchmarks/address_check.py PLACE… [--pages 20] [--rounds 4]

PLACE is an address, a folder of pages (served on loopback) or a file of addresses. Two tabs load every page with the
network guard on: straight to the server; through the proxy that checks addresses; and through it with the cache off.
The ways take turns in each round, after a load in each tab that is not counted.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import statistics
import time
from collections.abc import Sequence
from contextlib import AsyncExitStack
from typing import NamedTuple

from playwright.async_api import async_playwright
from served import add_arguments, addresses

from scanner.browser.discover import Browser, ensure
from scanner.browser.guard import Guards
from scanner.browser.launch import launch
from scanner.browser.proxies import Proxy
from scanner.browser.tab import Tab
from scanner.browser.terms import Terms
from scanner.net.dial import Dialler
from scanner.net.running import forwarding
from scanner.probes.axe import AxeScript

WAYS = ("straight", "checked", "no cache")
TABS = 2


class Round(NamedTuple):
    """One pass over all pages: pages and requests, bytes of answers, by what the proxy counted."""

    pages_s: float
    requests: float = 0.0
    kilobytes: float = 0.0


async def one_round(way: str, urls: Sequence[str], installed: Browser) -> Round:
    """Load every URL in two tabs of a fresh browser."""
    script = AxeScript.read()
    async with AsyncExitStack() as stack:
        forward = stack.enter_context(forwarding(Dialler()))
        proxy = Proxy() if way == "straight" else forward.proxy()
        playwright = await stack.enter_async_context(async_playwright())
        browser = await launch(playwright, installed.path, installed.kind, proxy=proxy)
        guards = await stack.enter_async_context(Guards.on(browser, proxy=proxy, quiet=True))
        terms = Terms.of(urls[0])
        passes = [forward.admit(terms.reach) for _ in range(TABS)]
        tabs = [await Tab.open(browser, guards, script, terms=terms, passport=one) for one in passes]
        for tab in tabs:
            if way == "no cache":
                await tab.session.send("Network.enable")
                await tab.session.send("Network.setCacheDisabled", {"cacheDisabled": True})
            await tab.page.goto(urls[0], wait_until="load")
        waiting = list(reversed(urls))
        requests = received = 0

        async def work(tab: Tab) -> None:
            nonlocal requests, received
            while waiting:
                tab.begin()
                await tab.page.goto(waiting.pop(), wait_until="load")
                await tab.leave()
                if tab.passport is not None:
                    requests += sum(one.requests for one in tab.passport.traffic.values())
                    received += tab.passport.received

        started = time.monotonic()
        await asyncio.gather(*map(work, tabs))
        spent = time.monotonic() - started
        await browser.close()
    return Round(len(urls) / spent, requests / len(urls), received / len(urls) / 1000)


def main() -> None:
    """Measure all ways in turn and print medians."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    add_arguments(parser)
    parser.add_argument("--rounds", type=int, default=4)
    given = parser.parse_args()
    installed = ensure(None, say=print)
    found: dict[str, list[Round]] = {way: [] for way in WAYS}
    with addresses(given) as urls:
        for number in range(given.rounds):
            for way in WAYS:
                found[way].append(asyncio.run(one_round(way, urls, installed)))
                load = f"load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
                print(f"round {number + 1}  {way:<9} {found[way][-1].pages_s:5.2f} pages/s  {load}", flush=True)
        print(f"{len(urls)} pages, {TABS} tabs, {installed.kind} {installed.version}, medians of {given.rounds}:")
    base = statistics.median(one.pages_s for one in found["straight"])
    for way in WAYS:
        middle = [statistics.median(values) for values in zip(*found[way], strict=True)]
        told = f"  {middle[1]:6.1f} requests  {middle[2]:8.1f} kB a page" if way != "straight" else ""
        print(f"  {way:<9} {middle[0]:5.2f} pages/s  {middle[0] / base:.2f} of straight{told}")


if __name__ == "__main__":
    main()
