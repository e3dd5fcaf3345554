"""Whether Curbcut's own memory stays flat: `curbcut check` on 50 and on 500 pages, its report included.

    python benchmarks/memory.py PLACE… [--sizes 50 500] [--each N] [--crawl] [--browser PATH]

Prints the proportional set size (Linux) in MB while the pages are looked at, and the peak when results and report are
written: of Curbcut's own process, and of the one through which Playwright speaks to the browser; beside them what all
processes of the browser hold and share with no file, which is cheaper to ask. Where there are fewer addresses than
pages they are asked for again with another query. With `--crawl` it is `curbcut scan` from the first address.
"""

from __future__ import annotations

import argparse
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from itertools import count, islice
from pathlib import Path
from typing import NamedTuple

from measure import descendants, pss_mb
from served import add_arguments, addresses

from scanner.browser.memory import held_mb

TICK_S = 0.2
STEPS = 10


class Sample(NamedTuple):
    """How many pages were done, and the memory of the processes at that moment in MB."""

    pages: int
    own: float
    driver: float
    browser: float


def watched(command: Sequence[str], store: Path) -> list[Sample]:
    """Memory from the first page to the end of the command."""
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    samples: list[Sample] = []
    while process.poll() is None:
        driver = max((pss_mb(pid) for pid in _drivers(process.pid)), default=0.0)
        browser = sum(held_mb(pid) for pid in _browsers(process.pid))
        samples.append(Sample(done_in(store), pss_mb(process.pid), driver, browser))
        time.sleep(TICK_S)
    if process.returncode not in (0, 3):
        raise SystemExit(process.stdout.read() if process.stdout else "the command failed")
    return [sample for sample in samples if sample.own]


def _drivers(pid: int) -> Iterator[int]:
    for child in Path(f"/proc/{pid}/task/{pid}/children").read_text("ascii").split():
        if b"run-driver" in Path(f"/proc/{child}/cmdline").read_bytes():
            yield int(child)


def _browsers(pid: int) -> Iterator[int]:
    return (below for below in descendants(pid) if b"chrom" in _program(below))


def _program(pid: int) -> bytes:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().partition(b"\0")[0]
    except OSError:
        return b""


def done_in(store: Path) -> int:
    try:
        with closing(sqlite3.connect(f"file:{store}?mode=ro", uri=True)) as connection:
            return int(connection.execute("select count(*) from pages").fetchone()[0])
    except sqlite3.Error:
        return 0


def row(name: str, samples: list[Sample]) -> str:
    """One line: the largest of each figure in these samples."""
    own, driver = max(s.own for s in samples), max(s.driver for s in samples)
    return f"{name:<22} {own:5.0f} MB {driver:5.0f} MB {max(s.browser for s in samples):6.0f} MB"


def tell(samples: list[Sample], pages: int) -> None:
    """Print the memory by tenths of the pages, then that of the end."""
    print(f"{pages} pages{'':<14} {'curbcut':>8} {'driver':>8} {'browser':>9}")
    for step in range(STEPS):
        low, high = pages * step // STEPS, pages * (step + 1) // STEPS
        here = [sample for sample in samples if low <= sample.pages < high]
        if here:
            print(row(f"  page {low + 1} to {high}", here))
    end = [sample for sample in samples if sample.pages >= pages]
    if end:
        print(row("  results and report", end))


def main() -> None:
    """Measure each size in turn."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    add_arguments(parser)
    parser.add_argument("--sizes", type=int, nargs="+", default=[50, 500])
    parser.add_argument("--crawl", action="store_true", help="`scan` from the first address instead of `check`")
    parser.add_argument("--browser")
    given = parser.parse_args()
    with addresses(given) as urls, tempfile.TemporaryDirectory() as name:
        for pages in given.sizes:
            folder = Path(name) / str(pages)
            folder.mkdir()
            what = ["scan", urls[0], "--max-pages", str(pages)] if given.crawl else _check(urls, pages, folder)
            store = folder / "scans.db"
            where = ["--output", str(folder / "report"), "--store", str(store), "--plain"]
            browser = ["--browser", given.browser] if given.browser else []
            tell(watched([sys.executable, "-m", "scanner", *what, *where, *browser], store), pages)


def _check(urls: Sequence[str], pages: int, folder: Path) -> list[str]:
    listed = folder / "urls.txt"
    rounds = (f"{url}?{number}" if number else url for number in count() for url in urls)
    listed.write_text("\n".join(islice(rounds, pages)), "utf-8")
    return ["check", "--from", str(listed)]


if __name__ == "__main__":
    main()
