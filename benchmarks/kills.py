"""Whether a scan loses anything to 50 kills, of Curbcut and of its browser in turn, each followed by --resume.

    python benchmarks/kills.py [--pages 300] [--kills 50] [--seed 1] [--browser PATH]

A service of linked pages is scanned once undisturbed and once with kills (SIGKILL, POSIX only): one at a random page
of each fiftieth of the scan. Prints when each came, then whether the results are the same, page for page.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise
from pathlib import Path
from typing import Any

from memory import done_in

TICK_S = 0.02
TEXT = "Alder County pays for heating in winter. Ask for it at any office, by post or on the telephone. "


class _Site(ThreadingHTTPServer):
    """Numbered pages, each of which leads to two more, with problems that differ from page to page."""

    daemon_threads = True

    def __init__(self, pages: int) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.pages = pages

    def handle_error(self, request: object, client_address: object) -> None:
        """Nothing: a browser that was killed leaves in the middle of answers."""


class _Handler(BaseHTTPRequestHandler):
    server: _Site

    def do_GET(self) -> None:
        name = self.path.removeprefix("/page-")
        number = 0 if self.path == "/" else int(name) if name.isdecimal() else self.server.pages
        known = number < self.server.pages
        self.send_response(200 if known else 404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        with suppress(OSError):
            self.wfile.write(self._page(number).encode() if known else b"<!doctype html><title>Not here</title>")

    def _page(self, number: int) -> str:
        after = (n for n in (number * 2 + 1, number * 2 + 2) if n < self.server.pages)
        links = "".join(f"<li><a href=/page-{n}>Page {n}</a>" for n in after)
        pictures = "".join(f"<img src=/p{n}.png class=k{n}>" for n in range(number % 4))
        label = "" if number % 5 else "<input name=town>"
        text = "".join(f"<p>{TEXT * 3}" for _ in range(number % 7 + 2))
        head = f"<!doctype html><html lang=en><title>Page {number} - Alder County</title><main><h1>Page {number}</h1>"
        return f"{head}{pictures}{label}{text}<ul>{links}</ul></main>"

    def log_message(self, format: str, *args: object) -> None:
        """Nothing: output is the table's."""


@contextmanager
def serving(pages: int) -> Iterator[str]:
    """The service's address while the block lasts."""
    site = _Site(pages)
    threading.Thread(target=site.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{site.server_port}/"
    finally:
        site.shutdown()
        site.server_close()


class Scan:
    """A scan as its own command, started again with --resume after each end that was not its own."""

    def __init__(self, url: str, folder: Path, *more: str) -> None:
        self.folder = folder
        self.store = folder / "scans.db"
        where = ["--store", str(self.store), "--output", str(folder / "report"), "--plain"]
        self._command = [sys.executable, "-m", "scanner", "scan", url, "--max-pages", "0", *where, *more]
        self._log = (folder / "log.txt").open("a", encoding="utf-8")
        self.process = self._start()

    def _start(self, *more: str) -> subprocess.Popen[bytes]:
        return subprocess.Popen([*self._command, *more], stdout=self._log, stderr=self._log)

    def go_on(self) -> None:
        """Start it again where it was stopped."""
        self.process = self._start("--resume")

    def wait_for(self, pages: int) -> bool:
        """Whether so many pages are done; false when the scan ended before."""
        while self.process.poll() is None:
            if done_in(self.store) >= pages:
                return True
            time.sleep(TICK_S)
        return False

    def browser(self) -> int:
        """The process of its browser; 0 while there is none."""
        for pid in _below(self.process.pid):
            command = _command_line(pid)
            if (
                b"chrom" in command.partition(b"\0")[0]
                and b"--type=" not in command
                and b"--remote-debugging" in command
            ):
                return pid
        return 0

    def results(self) -> dict[str, Any]:
        """What it found."""
        found: dict[str, Any] = json.loads((self.folder / "report" / "results.json").read_text("utf-8"))
        return found


def _below(pid: int) -> list[int]:
    found: list[int] = []
    with suppress(OSError):
        for task in Path(f"/proc/{pid}/task").iterdir():
            for child in (task / "children").read_text("ascii").split():
                found += [int(child), *_below(int(child))]
    return found


def _command_line(pid: int) -> bytes:
    with suppress(OSError):
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    return b""


def disturbed(scan: Scan, pages: int, kills: int, chance: random.Random) -> set[int]:
    """Kill and resume until the scan ends by itself; the processes that were ever started."""
    started: set[int] = set()
    bounds = [round(pages * step / kills) for step in range(kills + 1)]
    moments = [max(1, chance.randint(low, max(low, high - 1))) for low, high in pairwise(bounds)]  # a scan that began
    for number, moment in enumerate(moments):
        if not scan.wait_for(moment):
            raise SystemExit(
                f"the scan ended before kill {number + 1}: {(scan.folder / 'log.txt').read_text()[-2000:]}"
            )
        time.sleep(chance.random() * 0.5)
        started.update({scan.process.pid, *_below(scan.process.pid)})
        victim = scan.browser() if number % 2 else scan.process.pid
        if victim:
            with suppress(ProcessLookupError):
                os.kill(victim, signal.SIGKILL)
        what = "the browser" if number % 2 else "Curbcut"
        print(f"kill {number + 1:2}: {what if victim else 'no browser'}, {done_in(scan.store)} pages done", flush=True)
        if victim == scan.process.pid:
            scan.process.wait()
            scan.go_on()
    scan.process.wait()
    return started


def tell(whole: dict[str, Any], again: dict[str, Any], pages: int) -> bool:
    """Print what differs between two results; whether nothing does."""
    first, second = whole["sites"][0]["pages"], again["sites"][0]["pages"]
    urls = [page["url"] for page in second]
    differing = sum(page != other for page, other in zip(first, second, strict=False))
    print(f"undisturbed: {len(first)} pages; disturbed: {len(urls)} pages, {len(urls) - len(set(urls))} twice")
    states = sorted({page["state"] for page in second})
    scored = whole["scores"] == again["scores"]
    print(f"states: {', '.join(states)}; pages that differ: {differing}; scores equal: {scored}")
    return len(first) == len(set(urls)) == len(urls) == pages and not differing and scored


def main() -> None:
    """Scan twice and compare; ends with 1 where anything was lost."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=300)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--browser")
    given = parser.parse_args()
    more = ["--browser", given.browser] if given.browser else []
    with serving(given.pages) as url, tempfile.TemporaryDirectory() as name:
        for part in ("whole", "killed"):
            (Path(name) / part).mkdir()
        whole = Scan(url, Path(name) / "whole", *more)
        whole.process.wait()
        killed = Scan(url, Path(name) / "killed", *more)
        began = time.monotonic()
        started = disturbed(killed, given.pages, given.kills, random.Random(given.seed))
        print(f"the disturbed scan took {time.monotonic() - began:.0f} s in all")
        same = tell(whole.results(), killed.results(), given.pages)
        time.sleep(2)
        left = [pid for pid in started if _command_line(pid)]
        print(f"processes left over: {len(left)}")
        print("nothing lost" if same and not left else "SOMETHING WAS LOST")
        sys.exit(0 if same and not left else 1)


if __name__ == "__main__":
    main()
