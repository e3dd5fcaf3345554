"""What the network guard costs in pages a second, against no guard and against Playwright's route().

    python benchmarks/guard.py FOLDER [--pages 20] [--rounds 4] [--browser PATH --kind KIND]

FOLDER holds a site; its pages of 20 kB and more are served on loopback and loaded in two tabs that are used again and
again, as a scan does. The ways take turns in each round, after a warm-up that is not counted.
"""

from __future__ import annotations

import argparse
import asyncio
import functools
import statistics
import threading
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from playwright.async_api import Browser, Page, Route, async_playwright

from scanner.browser.discover import ensure
from scanner.browser.guard import Guards
from scanner.browser.launch import context_options, launch

WAYS = ("none", "guard", "route")
TABS = 2
SMALLEST_PAGE = 20_000


class Server(ThreadingHTTPServer):
    def handle_error(self, request: object, client_address: object) -> None:
        """A browser that hangs up is no error of the server."""


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Nothing: the output is the table."""


async def refuse_writes(route: Route) -> None:
    """The same decision as the guard's, made by route()."""
    await (route.continue_() if route.request.method in ("GET", "HEAD") else route.abort())


@asynccontextmanager
async def tabs(browser: Browser, way: str) -> AsyncIterator[list[Page]]:
    """Two tabs, each in a context of its own, under one way of guarding."""
    contexts = [await browser.new_context(**context_options(browser.version)) for _ in range(TABS)]
    pages = [await context.new_page() for context in contexts]
    if way == "route":
        for context in contexts:
            await context.route("**/*", refuse_writes)
    if way == "guard":
        async with Guards.on(browser) as guards:
            for page in pages:
                await guards.watch(page, await page.context.new_cdp_session(page))
            yield pages
    else:
        yield pages
    for context in contexts:
        await context.close()


async def pages_a_second(way: str, urls: Sequence[str], path: Path, kind: str) -> float:
    """Load every URL in two tabs of a fresh browser and time it; the first two loads are not counted."""
    async with async_playwright() as playwright:
        browser = await launch(playwright, path, kind)  # type: ignore[arg-type]
        async with tabs(browser, way) as open_tabs:
            waiting = list(reversed(urls))

            async def work(page: Page) -> None:
                while waiting:
                    await page.goto(waiting.pop(), wait_until="load")

            for page in open_tabs:
                await page.goto(urls[0], wait_until="load")
            started = time.monotonic()
            await asyncio.gather(*map(work, open_tabs))
            spent = time.monotonic() - started
        await browser.close()
    return len(urls) / spent


def main() -> None:
    """Measure all ways in turn and print their medians and ratios."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--pages", type=int, default=20)
    parser.add_argument("--rounds", type=int, default=4)
    parser.add_argument("--browser", type=Path)
    parser.add_argument("--kind", default="headless-shell")
    given = parser.parse_args()
    found = sorted(p for p in given.folder.rglob("*.html") if p.stat().st_size >= SMALLEST_PAGE)
    chosen = found[:: max(1, len(found) // given.pages)][: given.pages]
    server = Server(("127.0.0.1", 0), functools.partial(Quiet, directory=str(given.folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    urls = [f"http://127.0.0.1:{server.server_port}/{page.relative_to(given.folder).as_posix()}" for page in chosen]
    path, kind = (given.browser, given.kind) if given.browser else (lambda b: (b.path, b.kind))(ensure(None, say=print))
    speeds: dict[str, list[float]] = {way: [] for way in WAYS}
    for number in range(given.rounds):
        for way in WAYS:
            speeds[way].append(asyncio.run(pages_a_second(way, urls, path, kind)))
            print(f"round {number + 1}  {way:<6} {speeds[way][-1]:5.2f} pages/s", flush=True)
    middle = {way: statistics.median(values) for way, values in speeds.items()}
    print(f"{len(urls)} pages, {TABS} tabs, {kind} at {path}, medians of {given.rounds}:")
    for way in WAYS:
        print(f"  {way:<6} {middle[way]:5.2f} pages/s  {middle[way] / middle['none']:.2f} of none")


if __name__ == "__main__":
    main()
