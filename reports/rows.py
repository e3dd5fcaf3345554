"""Facts as rows of the store; every function here works within its caller's transaction."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

import sqlalchemy as sa

from reports import schema
from reports.jsontext import clean, compact
from reports.model import PageDigest, PageResult, Scan, SiteResult
from reports.plain import to_plain
from reports.results import page_to_plain
from rules.model import Verdict

_COUNTED = (Verdict.FAILED, Verdict.CANT_TELL)


def of(table: sa.Table, scan: int, site: int) -> tuple[sa.ColumnElement[bool], ...]:
    """The condition that rows of `table` belong to a site of a scan."""
    return (table.c.scan == scan, table.c.site == site)


def insert_head(connection: sa.Connection, scan: Scan) -> int:
    """The number that a scan gets; its sites are not written."""
    written = connection.execute(
        sa.insert(schema.scans).values(
            started=scan.started,
            finished=scan.finished,
            complete=scan.complete,
            settings=compact(to_plain(scan.settings)),
            tool=compact(to_plain(scan.tool)),
            rules=compact(to_plain(sorted(scan.rules, key=lambda info: info.id))),
        )
    )
    key = written.inserted_primary_key
    assert key is not None  # every table has a primary key
    return int(key[0])


def insert_site(
    connection: sa.Connection,
    scan: int,
    site: int,
    result: SiteResult,
    *,
    target: Mapping[str, object],
    finished: bool,
) -> None:
    """Writes a site without its pages."""
    connection.execute(
        sa.insert(schema.sites).values(
            scan=scan,
            site=site,
            url=clean(result.url),
            finished=finished,
            target=compact(to_plain(dict(target))),
            result=site_json(result),
        )
    )


def site_json(result: SiteResult) -> str:
    """What is kept of a site beside its pages."""
    return compact(to_plain(replace(result, pages=())))


def insert_visited(connection: sa.Connection, scan: int, site: int, ordinal: int, page: PageResult) -> None:
    """Writes a page that was visited elsewhere, and the place in the queue that it needs."""
    connection.execute(
        sa.insert(schema.queue).values(
            scan=scan,
            site=site,
            ordinal=ordinal,
            key=str(ordinal),
            url=clean(page.url),
            depth=0,
            found_on="",
            state="done",
            attempts=1,
            expanded=True,
            stratum="",
            draw="",
            pick=ordinal,
            random=page.random,
        )
    )
    insert_page(connection, scan, site, ordinal, result=page)


def insert_page(
    connection: sa.Connection,
    scan: int,
    site: int,
    ordinal: int,
    *,
    result: PageResult,
    digest: PageDigest | None = None,
    links: Iterable[tuple[str, str]] | None = None,
) -> None:
    """Writes a page that stands in the queue at `ordinal`, and its findings, within the caller's transaction."""
    connection.execute(
        sa.insert(schema.pages).values(
            scan=scan,
            site=site,
            ordinal=ordinal,
            result=compact(page_to_plain(result)),
            digest=None if digest is None else compact(to_plain(digest)),
            links=None if links is None else compact(to_plain(list(links))),
        )
    )
    place = {"scan": scan, "site": site, "ordinal": ordinal}
    found = [
        place
        | {"line": line, "rule": o.rule, "verdict": o.verdict.value, "fingerprint": o.fingerprint}
        | {"impact": o.impact, "count": o.count}
        for line, o in enumerate(result.outcomes)
        if o.verdict in _COUNTED
    ]
    if found:
        connection.execute(sa.insert(schema.findings), found)


def problems(scan: int) -> sa.Select[str, str, str, str, int, int, int]:
    """The question for what failed or needs a person by fingerprint, what is on most pages first."""
    table = schema.findings.c
    a_page = (
        sa.select(table.fingerprint, table.rule, table.verdict, table.impact, sa.func.sum(table.count).label("here"))
        .where(table.scan == scan)
        .group_by(table.fingerprint, table.rule, table.verdict, table.impact, table.site, table.ordinal)
        .subquery()
    )
    identity = (a_page.c.fingerprint, a_page.c.rule, a_page.c.verdict, a_page.c.impact)
    found_on = sa.func.count()
    sums = (found_on, sa.cast(sa.func.sum(a_page.c.here), sa.Integer), sa.cast(sa.func.max(a_page.c.here), sa.Integer))
    return sa.select(*identity, *sums).group_by(*identity).order_by(found_on.desc(), *identity)
