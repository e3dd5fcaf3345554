"""How long the queue takes for a pick when a site has many known addresses, as a large sitemap gives.

    python benchmarks/picking.py [--known 50000] [--patterns 40 2000 50000] [--picks 200]

Prints for each number of patterns: seconds to let the addresses in, milliseconds for a pick (take and
commit of a page without outcomes) on average and at most, and the same where everything is visited in order.
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from reports.model import PageResult, SiteResult, Tool
from reports.store import open_store
from scanner.crawl.queue import SiteQueue

HOME = "https://agency.example/"


def main() -> None:
    """Measure each number of patterns, sampled and in order."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--known", type=int, default=50_000)
    parser.add_argument("--patterns", type=int, nargs="+", default=[40, 2_000, 50_000])
    parser.add_argument("--picks", type=int, default=200)
    given = parser.parse_args()
    print(f"{given.known} known addresses, {given.picks} picks")
    for patterns in given.patterns:
        for limit in (given.picks, 0):
            measure(given.known, patterns, given.picks, limit)


def measure(known: int, patterns: int, picks: int, limit: int) -> None:
    """Print the times of one queue."""
    with TemporaryDirectory() as folder, open_store(Path(folder) / "store.db") as store:
        store.create_scan(started="", tool=Tool("1"), rules=(), sites=[(SiteResult("u", "n"), {})])
        queue = SiteQueue(store, scan=1, site=0, max_pages=limit, seed=1, home=HOME)
        addresses = [HOME, *(f"{HOME}{_folder(n % patterns)}/page-{n}" for n in range(known))]
        start = time.perf_counter()
        queue.add_seeds((address, address) for address in addresses)
        let_in_s = time.perf_counter() - start
        times = []
        for _ in range(picks):
            start = time.perf_counter()
            item = queue.take()
            assert item is not None
            queue.commit_page(item, PageResult(item.url))
            times.append(1000 * (time.perf_counter() - start))
        start = time.perf_counter()
        queue.state()
        state_ms = 1000 * (time.perf_counter() - start)
    how = "sampled" if limit else "in order"
    print(
        f"{patterns:6} patterns, {how:8}: let in {let_in_s:5.2f} s; a pick {sum(times) / len(times):6.2f} ms, "
        f"at most {max(times):6.2f} ms; state {state_ms:.1f} ms"
    )


def _folder(number: int) -> str:
    letters = "abcdefghijklmnopqrstuvwxyz"
    name = ""
    while number or not name:
        number, letter = divmod(number, 26)
        name += letters[letter]
    return f"folder-{name}"


if __name__ == "__main__":
    main()
