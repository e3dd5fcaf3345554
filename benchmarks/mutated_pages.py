"""Pages of folders, served on loopback as they are and mutated, and looked at as a scan looks at them."""

from __future__ import annotations

import asyncio
import functools
import random
import threading
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote, unquote, urlsplit

from playwright.async_api import async_playwright

from benchmarks.mutations import MUTATIONS, Mutation, everything, hash_classes, marked, mutated, touch_addresses
from rules.page import Page, PageState
from scanner.browser.discover import ensure
from scanner.browser.guard import Guards
from scanner.browser.launch import launch
from scanner.browser.tab import Tab
from scanner.probes.axe import AxeScript
from scanner.visit import VisitPlan, visit

PLAIN = "as it is"
EVERYTHING = "all at once"
ALL: dict[str, Mutation] = {**MUTATIONS, EVERYTHING: everything}
BUILDS = frozenset(name for name, mutation in ALL.items() if mutation in (hash_classes, everything))
"""Mutations whose page before was built by a tool as well, with other hashes."""

MOVING = frozenset(name for name, mutation in ALL.items() if mutation in (touch_addresses, everything))
MOVED = "/archive/2031/"


class Look(NamedTuple):
    """One visit: `before` is true for the page that a mutation is compared with."""

    site: str
    name: str
    mutation: str
    before: bool
    page: Page


class Source(NamedTuple):
    """A page: its site's name, the folder that is served and the path in it."""

    site: str
    folder: Path
    path: str


def choose(folders: Sequence[Path], each: int, seed: int) -> list[Source]:
    """`each` pages of every site, drawn; 0 for all.

    A folder with a `urls.txt` has the pages that it lists, and a site in each of its folders; any other is one site
    with all its HTML files.
    """
    sites: dict[tuple[str, Path], list[str]] = {}
    for folder in folders:
        listed = folder / "urls.txt"
        for path in listed.read_text("utf-8").split() if listed.is_file() else _html(folder):
            name = path.partition("/")[0] if listed.is_file() else folder.resolve().name
            sites.setdefault((name, folder), []).append(path)
    return [
        Source(site, folder, path)
        for (site, folder), paths in sites.items()
        for path in sorted(random.Random(seed).sample(paths, min(each or len(paths), len(paths))))
    ]


def _html(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*.html") if path.is_file())


async def looks(
    pages: Sequence[Source], seed: int, *, mutations: Sequence[str] = tuple(ALL), tabs: int = 2
) -> AsyncIterator[list[Look]]:
    """All visits of one page after the other; a page that is not tested in one of them is left out."""
    waiting = list(reversed(pages))
    done: asyncio.Queue[list[Look] | None] = asyncio.Queue()
    browser = ensure(None, say=print)
    async with async_playwright() as playwright:
        started = await launch(playwright, browser.path, browser.kind)
        async with Guards.on(started) as guards:

            async def work() -> None:
                tab = await Tab.open(started, guards, AxeScript.read())
                while waiting:
                    source = waiting.pop()
                    if tab.broken:
                        await tab.close()
                        tab = await Tab.open(started, guards, AxeScript.read())
                    await done.put([look async for look in _visits(tab, source, mutations, seed)])
                await tab.close()
                await done.put(None)

            workers = [asyncio.create_task(work()) for _ in range(tabs)]
            for _ in workers:
                while (found := await done.get()) is not None:
                    if all(look.page.state is PageState.TESTED for look in found):
                        yield found
            await asyncio.gather(*workers)
        await started.close()


async def _visits(tab: Tab, source: Source, mutations: Sequence[str], seed: int) -> AsyncIterator[Look]:
    variants = [(PLAIN, True)]
    for name in mutations:
        variants += [(name, True), (name, False)] if name in BUILDS else [(name, False)]
    for name, before in variants:
        with _served(source.folder, name, before, seed) as base:
            moved = name in MOVING and not before
            page = await visit(tab, base + (MOVED if moved else "/") + quote(source.path), VisitPlan())
            yield Look(source.site, source.path, name, before, page)


@contextmanager
def _served(folder: Path, name: str, before: bool, seed: int) -> Iterator[str]:
    def change(path: str, html: str) -> str:
        if name == PLAIN:
            return marked(html)
        mutation = hash_classes if before else ALL[name]
        return mutated(html, mutation, f"{seed} {path} {'before' if before else 'after'}")

    handler = functools.partial(_Handler, change, directory=str(folder))
    with ExitStack() as stack:
        server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        server.daemon_threads = True
        stack.callback(server.server_close)
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        stack.callback(server.shutdown)
        yield f"http://127.0.0.1:{server.server_port}"


class _Handler(SimpleHTTPRequestHandler):
    """Files of a folder, HTML changed on the way; an address under `MOVED` leads to the same files."""

    def __init__(self, change: Any, *given: Any, **named: Any) -> None:
        self._change = change
        super().__init__(*given, **named)

    def do_GET(self) -> None:
        self.path = self.path.replace(MOVED, "/", 1) if self.path.startswith(MOVED) else self.path
        address = unquote(urlsplit(self.path).path)
        file = Path(self.directory) / address.lstrip("/")
        if file.suffix != ".html" or not file.is_file():
            super().do_GET()
            return
        body = self._change(address, file.read_text("utf-8", "replace")).encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def handle(self) -> None:
        try:
            super().handle()
        except OSError:
            return  # a browser that leaves in the middle of an answer is nothing to report

    def log_message(self, format: str, *args: object) -> None:
        """Nothing: the output is the benchmark's own."""
