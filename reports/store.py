"""Scans kept in a database: written page by page, read back as the same facts that results.json has.

A store outlives any process: what was committed survives a kill, and a scan that was stopped can go on.
The queue of addresses to visit lives in the same database and shares the page's transaction; the
scanner's `SiteQueue` writes both through `Store.writing` and `reports.rows.insert_page`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import sqlalchemy as sa

from reports import database, rows, schema
from reports.jsontext import parse
from reports.model import PageDigest, Sample, Scan, SiteResult, Tool
from reports.plain import from_plain
from reports.results import page_from_plain
from reports.sharing import share
from rules.errors import StoredDataError
from rules.model import RuleInfo, Verdict


@dataclass(frozen=True, slots=True)
class ScanLine:
    """A scan in a list of scans: its number, times, whether it came to its end, and how many pages it has."""

    number: int
    started: str
    finished: str
    complete: bool
    pages: int


@dataclass(frozen=True, slots=True)
class StoredSite:
    """A site of a scan without its pages: its place in the scan, what to go on with, and whether it is done."""

    site: int
    target: Mapping[str, object]
    result: SiteResult
    finished: bool


@dataclass(frozen=True, slots=True)
class Problem:
    """One problem over a whole scan: how many pages have it, how often in all, and most often on one page."""

    fingerprint: str
    rule: str
    verdict: Verdict
    impact: str
    pages: int
    occurrences: int
    largest: int


@contextmanager
def open_store(where: str | Path, *, create: bool = True) -> Iterator[Store]:
    """The store in a file, or at a database URL; without `create` it must be there already.

    Raises StoredDataError for a file that is broken, of another program or of another version, and
    EnvironmentFault where the file cannot be made or written.
    """
    engine = database.connect(where, create=create)
    try:
        yield Store(engine)
    finally:
        engine.dispose()


class Store:
    """The scans in one database. Every method is one transaction, unless it says otherwise."""

    def __init__(self, engine: sa.Engine) -> None:
        self.engine = engine
        self.name = engine.url.database or engine.url.render_as_string(hide_password=True)

    def writing(self) -> AbstractContextManager[sa.Connection]:
        """A transaction for several changes that belong together."""
        return database.writing(self.engine)

    def reading(self) -> AbstractContextManager[sa.Connection]:
        """A transaction for several reads of one and the same state."""
        return database.reading(self.engine)

    def create_scan(
        self,
        *,
        started: str,
        tool: Tool,
        rules: Sequence[RuleInfo],
        sites: Sequence[tuple[SiteResult, Mapping[str, object]]],
        settings: Mapping[str, object] | None = None,
    ) -> int:
        """The number of a new scan of `sites`: each as far as it is known before, with its target as JSON values."""
        head = Scan(0, started, "", tool, dict(settings or {}), tuple(rules), complete=False)
        with self.writing() as connection:
            number = rows.insert_head(connection, head)
            for site, (result, target) in enumerate(sites):
                rows.insert_site(connection, number, site, result, target=target, finished=False)
        return number

    def finish_site(self, scan: int, site: int, result: SiteResult) -> None:
        """Keeps what is known of a site at its end; its pages are in the store already."""
        values = {"finished": True, "result": rows.site_json(result)}
        with self.writing() as connection:
            connection.execute(sa.update(schema.sites).where(*rows.of(schema.sites, scan, site)).values(**values))

    def finish_scan(self, scan: int, *, finished: str, complete: bool) -> None:
        """Notes the end of a scan; one that was stopped early is not complete and can go on later."""
        with self.writing() as connection:
            update = sa.update(schema.scans).where(schema.scans.c.number == scan)
            connection.execute(update.values(finished=finished, complete=complete))

    def save_scan(self, scan: Scan) -> int:
        """The number under which a scan that comes from elsewhere, such as a results file, is kept."""
        with self.writing() as connection:
            number = rows.insert_head(connection, scan)
            for site, result in enumerate(scan.sites):
                rows.insert_site(connection, number, site, result, target={}, finished=True)
                for ordinal, page in enumerate(result.pages):
                    rows.insert_visited(connection, number, site, ordinal, page)
        return number

    def scans(self) -> tuple[ScanLine, ...]:
        """All scans, the oldest first."""
        table = schema.scans.c
        counted = sa.select(sa.func.count()).where(schema.pages.c.scan == table.number).scalar_subquery()
        select = sa.select(table.number, table.started, table.finished, table.complete, counted).order_by(table.number)
        with self.reading() as connection:
            return tuple(ScanLine(*row) for row in connection.execute(select))

    def load_head(self, scan: int) -> Scan:
        """A scan without its sites: what is needed to go on with it."""
        with self.reading() as connection:
            return self._head(connection, scan)

    def load_sites(self, scan: int) -> tuple[StoredSite, ...]:
        """The sites of a scan in their order, without pages."""
        with self.reading() as connection:
            return tuple(self._sites(connection, scan))

    def load_scan(self, scan: int) -> Scan:
        """All facts of a scan, pages in the order of the queue; the same as its results.json would give."""
        with self.reading() as connection:
            head = self._head(connection, scan)
            sites = [self._with_pages(connection, scan, site) for site in self._sites(connection, scan)]
        return replace(head, sites=tuple(sites))

    def load_site(self, scan: int, site: int) -> Scan:
        """A scan as if it had looked at one of its sites alone, with all pages of that."""
        with self.reading() as connection:
            head = self._head(connection, scan)
            stored = [one for one in self._sites(connection, scan) if one.site == site]
            return replace(head, sites=tuple(self._with_pages(connection, scan, one) for one in stored))

    def load_digests(self, scan: int, site: int) -> tuple[PageDigest, ...]:
        """What site rules see of a site, in the order of its pages; pages that were not tested have none."""
        with self.reading() as connection:
            found = connection.execute(
                sa.select(schema.pages.c.ordinal, schema.pages.c.digest)
                .where(*rows.of(schema.pages, scan, site), schema.pages.c.digest.is_not(None))
                .order_by(schema.pages.c.ordinal)
            )
            places = ((f"{self._place(scan, site)}, digest of page {ordinal}", text) for ordinal, text in found)
            return tuple(from_plain(PageDigest, parse(text, source=at), source=at) for at, text in places)

    def problems(self, scan: int) -> tuple[Problem, ...]:
        """What failed or needs a person in a scan, by fingerprint; what is on most pages first."""
        with self.reading() as connection:
            found = connection.execute(rows.problems(scan)).all()
        return tuple(
            Problem(fingerprint, rule, Verdict(verdict), impact, pages, occurrences, largest)
            for fingerprint, rule, verdict, impact, pages, occurrences, largest in found
        )

    def _place(self, scan: int, site: int | None = None) -> str:
        return f"{self.name}, scan {scan}" + ("" if site is None else f", site {site}")

    def _head(self, connection: sa.Connection, scan: int) -> Scan:
        row = connection.execute(sa.select(schema.scans).where(schema.scans.c.number == scan)).one_or_none()
        if row is None:
            raise StoredDataError(f"There is no scan {scan} in this store.", where=self.name)
        source = self._place(scan)
        settings, tool, rules = (parse(text, source=source) for text in (row.settings, row.tool, row.rules))
        plain = {"number": scan, "started": row.started, "finished": row.finished, "complete": row.complete}
        return from_plain(Scan, {**plain, "settings": settings, "tool": tool, "rules": rules}, source=source)

    def _sites(self, connection: sa.Connection, scan: int) -> Iterator[StoredSite]:
        table = schema.sites
        for row in connection.execute(sa.select(table).where(table.c.scan == scan).order_by(table.c.site)).all():
            source = self._place(scan, row.site)
            result = from_plain(SiteResult, parse(row.result, source=source), source=source)
            target = from_plain(dict[str, object], parse(row.target, source=source), source=source)
            yield StoredSite(row.site, target, result, row.finished)

    def _with_pages(self, connection: sa.Connection, scan: int, stored: StoredSite) -> SiteResult:
        table, here = schema.pages, self._place(scan, stored.site)
        select = sa.select(table.c.ordinal, table.c.result).where(*rows.of(table, scan, stored.site))
        places = (
            (f"{here}, page {ordinal}", text) for ordinal, text in connection.execute(select.order_by(table.c.ordinal))
        )
        pages = tuple(share(page_from_plain(parse(text, source=at), source=at) for at, text in places))
        if stored.finished:
            return replace(stored.result, pages=pages)
        known = connection.execute(
            sa.select(sa.func.count()).select_from(schema.queue).where(*rows.of(schema.queue, scan, stored.site))
        ).scalar_one()
        return replace(
            stored.result,
            state="not-judged",
            reason="The scan stopped before this site was done.",
            sample=Sample(known, len(pages)),
            pages=pages,
        )
