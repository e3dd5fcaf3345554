"""The pages of one stored site, one at a time: a site of any size is gone through in little memory."""

from __future__ import annotations

from collections.abc import Iterator

import sqlalchemy as sa

from reports import rows, schema
from reports.jsontext import compact, parse
from reports.model import PageResult
from reports.results import page_from_plain, page_to_plain
from reports.store import Store

AT_ONCE = 50


def site_pages(store: Store, scan: int, site: int) -> Iterator[tuple[int, PageResult]]:
    """Ordinal and result of every page of a site in the order of the queue."""
    table = schema.pages
    last = -1
    while True:
        select = sa.select(table.c.ordinal, table.c.result).where(*rows.of(table, scan, site), table.c.ordinal > last)
        with store.reading() as connection:
            found = connection.execute(select.order_by(table.c.ordinal).limit(AT_ONCE)).all()
        for ordinal, text in found:
            source = f"{store.name}, scan {scan}, site {site}, page {ordinal}"
            yield ordinal, page_from_plain(parse(text, source=source), source=source)
        if len(found) < AT_ONCE:
            return
        last = found[-1].ordinal


def set_aside(store: Store, scan: int, site: int, ordinal: int, result: PageResult) -> None:
    """Write a page's result again as one that does not count: no digest, no findings."""
    pages, findings = schema.pages, schema.findings
    with store.writing() as connection:
        place = (*rows.of(pages, scan, site), pages.c.ordinal == ordinal)
        connection.execute(sa.update(pages).where(*place).values(result=compact(page_to_plain(result)), digest=None))
        connection.execute(sa.delete(findings).where(*rows.of(findings, scan, site), findings.c.ordinal == ordinal))
