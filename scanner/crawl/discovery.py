"""What one crawl lets in: the links of its pages in the order of the queue, and the addresses of its sitemaps.

What a link is worth is decided when it is let in, not when its page is done: pages are done in any order, and
neither the scope (which depends on where the home page leads) nor a trap may depend on that. All that is
decided here follows from the store, so a scan that was killed goes on as if nothing had happened.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import sqlalchemy as sa

from reports import rows
from reports.jsontext import compact, parse
from reports.model import PageDigest, PageResult
from reports.schema import cuts, discoveries, queue
from reports.site_pages import site_pages
from reports.store import Store
from scanner.crawl.same_page import content_key
from scanner.crawl.scope import Scope, domain
from scanner.crawl.traps import TrapWatch
from scanner.crawl.twins import with_twin
from scanner.crawl.urls import normalise

ROBOTS = "robots"
"""The kind of addresses that robots.txt keeps a crawl from, beside the kinds of traps."""
MOST_KEPT = 50_000
_AT_ONCE = 400


def _everything(_url: str) -> bool:
    return True


@dataclass
class Discovery:
    """The addresses of one site of one scan as they become known; `scope` grows once its home page is known.

    `allowed` is what the site's robots.txt allows, once that was read; `twins` are origins that redirect to another.
    """

    store: Store
    scan: int
    site: int
    scope: Scope
    allowed: Callable[[str], bool] = _everything
    twins: Mapping[str, str] = field(default_factory=dict)
    watch: TrapWatch = field(default_factory=TrapWatch)
    landed: bool = False
    _content: dict[str, str] = field(default_factory=dict)
    _kept: int = 0

    def candidates(self, links: Iterable[str], *, depth: int) -> list[tuple[str, str]]:
        """Keys and addresses of the links that may lead on from a page so deep, in their order.

        Until it is known where the home page leads, these are more than belong to the service.
        """
        if not self.scope.may_follow(depth):
            return []
        return [(url, url) for url in self._spelled(links) if self._may_belong(url) and self.scope.wanted(url)]

    def seeds(self, addresses: Iterable[str]) -> list[tuple[str, str]]:
        """Keys and addresses of those that a sitemap names and that belong to the crawl."""
        return [(url, url) for url in self._spelled(addresses) if self.scope.covers(url) and self.allowed(url)]

    def note_page(self, ordinal: int, result: PageResult, digest: PageDigest | None) -> None:
        """Remember what of a page decides over its links; to be called before the queue lets them in."""
        if ordinal == 0:
            self.landed = True
            if result.tested and result.final_url:
                self.scope = self.scope.landed(result.final_url)
        if digest is not None:
            self._content[result.url] = content_key(digest)

    def gate(self, connection: sa.Connection, page: str, fresh: Mapping[str, str]) -> Sequence[str]:
        """Which of the new addresses on a page stay out, by their hashes; what the report tells of them is kept."""
        inside = {key: url for key, url in fresh.items() if self.scope.on_site(url)}
        allowed = {key: url for key, url in inside.items() if self.allowed(url)}
        traps = self.watch.expand(page, tuple(allowed.values()), content=self._content.get(page, ""))
        why = {cut.url: (cut.kind, cut.pattern) for cut in traps}
        told: dict[str, tuple[str, str]] = {key: (ROBOTS, "") for key in inside if key not in allowed}
        told |= {key: why[url] for key, url in allowed.items() if url in why}
        self._keep(connection, told)
        return [key for key in fresh if key not in inside or key in told]

    def restore(self) -> None:
        """Know what an earlier run of the same scan knew when it ended."""
        for ordinal, result in site_pages(self.store, self.scan, self.site):
            self.note_page(ordinal, result, None)
            break  # only the home page decides over the scope, and it is the first
        for digest in self.store.load_digests(self.scan, self.site):
            self._content[digest.url] = content_key(digest)
        for page, admitted in self._let_in_before():
            self.watch.replay(page, admitted, content=self._content.get(page, ""))

    def sitemap_notes(self) -> tuple[str, ...] | None:
        """What was to be told of the site's sitemaps; None where they were not read yet."""
        select = sa.select(discoveries.c.notes).where(*rows.of(discoveries, self.scan, self.site))
        with self.store.reading() as connection:
            text = connection.execute(select).scalar()
        return None if text is None else tuple(map(str, parse(text, source=self.store.name)))

    def sitemaps_read(self, notes: Sequence[str]) -> None:
        """Note that all addresses of the site's sitemaps are in the queue."""
        values = {"scan": self.scan, "site": self.site, "notes": compact(list(notes))}
        with self.store.writing() as connection:
            connection.execute(sa.insert(discoveries), values)

    def left_out(self) -> Mapping[str, Mapping[str, int]]:
        """How many addresses were left out, by kind and pattern; those that were let in later do not count."""
        here = rows.of(cuts, self.scan, self.site)
        later = sa.exists().where(*rows.of(queue, self.scan, self.site), queue.c.key == cuts.c.key)
        counted = sa.select(cuts.c.kind, cuts.c.pattern, sa.func.count()).where(*here, ~later)
        found: defaultdict[str, dict[str, int]] = defaultdict(dict)
        with self.store.reading() as connection:
            for kind, pattern, count in connection.execute(counted.group_by(cuts.c.kind, cuts.c.pattern)):
                found[kind][pattern] = count
        return found

    def known(self) -> Iterator[str]:
        """Every address in the queue, in the order in which they became known."""
        here = rows.of(queue, self.scan, self.site)
        last = -1
        while True:
            select = sa.select(queue.c.ordinal, queue.c.url).where(*here, queue.c.ordinal > last)
            with self.store.reading() as connection:
                found = connection.execute(select.order_by(queue.c.ordinal).limit(_AT_ONCE)).all()
            yield from (url for _, url in found)
            if len(found) < _AT_ONCE:
                return
            last = found[-1].ordinal

    def _spelled(self, addresses: Iterable[str]) -> Iterable[str]:
        """Each address once, in its one spelling."""
        home = with_twin(self.scope.home, self.twins)
        spelled = (with_twin(url, self.twins) for url in map(normalise, addresses) if url)
        return dict.fromkeys(self.scope.home if url == home else url for url in spelled)

    def _may_belong(self, url: str) -> bool:
        return self.scope.on_site(url) or (not self.landed and domain(url) == domain(self.scope.home))

    def _let_in_before(self) -> Iterator[tuple[str, list[str]]]:
        """The pages whose links are in, in the order in which that happened, with the addresses that they brought."""
        here = rows.of(queue, self.scan, self.site)
        brought: defaultdict[str, list[str]] = defaultdict(list)
        found = sa.select(queue.c.url, queue.c.found_on).where(*here, queue.c.found_on != "")
        expanded = sa.select(queue.c.url).where(*here, queue.c.expanded).order_by(queue.c.pick)
        with self.store.reading() as connection:
            for url, page in connection.execute(found.order_by(queue.c.ordinal)):
                brought[page].append(url)
            done = list(connection.execute(expanded).scalars())
        for page in done:
            yield page, brought.get(page, [])

    def _keep(self, connection: sa.Connection, told: Mapping[str, tuple[str, str]]) -> None:
        if not told or self._kept >= MOST_KEPT:
            return
        here = rows.of(cuts, self.scan, self.site)
        keys = list(told)
        for start in range(0, len(keys), _AT_ONCE):
            some = keys[start : start + _AT_ONCE]
            known = set(connection.execute(sa.select(cuts.c.key).where(*here, cuts.c.key.in_(some))).scalars())
            new = [key for key in some if key not in known]
            values = [
                {"scan": self.scan, "site": self.site, "key": key, "kind": told[key][0], "pattern": told[key][1][:500]}
                for key in new
            ]
            if values:
                connection.execute(sa.insert(cuts), values)
        self._kept = connection.execute(sa.select(sa.func.count()).select_from(cuts).where(*here)).scalar_one()
