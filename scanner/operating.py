"""Which pages are operated after they were looked at: it takes seconds for each."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from scanner.crawl.queue import QueueItem
    from scanner.crawl.site import SiteCrawl
    from scanner.settings import Operate

ONE_IN = 5


class Operating(NamedTuple):
    """The choice of a run: `which` pages, and where the draw starts from.

    A page's own address decides whether it is drawn, so that the same pages are operated in every run, whatever
    comes first and however many are visited at the same time.
    """

    which: Operate
    seed: int

    def chooses(self, site: SiteCrawl, item: QueueItem) -> bool:
        """Whether this page is operated."""
        if self.which != "some":
            return self.which == "all"
        drawn = hashlib.sha256(f"{self.seed} {item.url}".encode()).digest()[0] % ONE_IN == 0
        return drawn or item.ordinal == 0 or not site.follows
