"""Which pages are operated after they were looked at: it takes seconds for each."""

from __future__ import annotations

import hashlib
import sys
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from scanner.crawl.queue import QueueItem
    from scanner.crawl.site import SiteCrawl
    from scanner.settings import Operate

ONE_IN = 5
NAMED = 5
"""So many pages that somebody named are operated whatever they are: whoever names a few looks at each of them."""

SMALL = 250
"""Elements of a page that costs so little that it is always operated where somebody named it."""

EVERY = sys.maxsize
"""A limit of elements that no page has."""


class Operating(NamedTuple):
    """The choice of a run: `which` pages, and where the draw starts from.

    Some are the first page of each kind of address and a share of the others. A page's path decides whether it is
    drawn, so that the same pages are operated in every run, whatever comes first, however many are visited at the same
    time, and on whatever host a preview stands.
    """

    which: Operate
    seed: int

    def elements(self, site: SiteCrawl, item: QueueItem) -> int:
        """Up to how many elements this page may have to be operated; 0 for not at all."""
        if self.which != "some":
            return EVERY if self.which == "all" else 0
        place = urlsplit(item.url)
        drawn = hashlib.sha256(f"{self.seed} {place.path}?{place.query}".encode()).digest()[0] % ONE_IN == 0
        if drawn or item.novel or (item.ordinal < NAMED and not site.follows):
            return EVERY
        return 0 if site.follows else SMALL
