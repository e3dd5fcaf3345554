"""Which pages of a site are of one kind: prints each site's kinds of page with their addresses.

    python -m benchmarks.kinds PAGES scanner/demo/site /usr/share/doc/debian-policy [--each 30] [--seed 1] [--show 6]

The folders are those of benchmarks/fingerprints.py.
"""

from __future__ import annotations

import argparse
import asyncio
from collections import defaultdict
from pathlib import Path

from benchmarks.mutated_pages import choose, looks
from rules.template import template


async def main() -> None:
    """Look at the pages and print their kinds, the most frequent first."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--each", type=int, default=30, help="pages of each site (0: all)")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--show", type=int, default=6, help="addresses of each kind")
    given = parser.parse_args()
    kinds: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    async for [look] in looks(choose(given.folders, given.each, given.seed), given.seed, mutations=()):
        kinds[look.site][template(look.page)].append(look.name)
    for site, found in sorted(kinds.items()):
        print(f"{site}: {len(found)} kinds in {sum(map(len, found.values()))} pages")
        for kind, pages in sorted(found.items(), key=lambda item: (-len(item[1]), item[0])):
            more = f" and {len(pages) - given.show} more" if len(pages) > given.show else ""
            print(f"  {kind} {len(pages):4}  {' '.join(sorted(pages)[: given.show])}{more}")


if __name__ == "__main__":
    asyncio.run(main())
