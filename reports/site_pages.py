"""The pages of one stored site, one at a time: a site of any size is gone through in little memory."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import sqlalchemy as sa

from reports import rows, schema
from reports.jsontext import clean, compact, parse
from reports.model import PageDigest, PageResult
from reports.plain import from_plain
from reports.results import page_from_plain, page_to_plain
from reports.store import Store
from rules.model import Verdict
from rules.page import PageState

AT_ONCE = 50

_LONG = frozenset({"focus_path", "inventory", "notes", "pictures", "reading", "spots", "wording"})


def site_pages(store: Store, scan: int, site: int) -> Iterator[tuple[int, PageResult]]:
    """Ordinal and result of every page of a site in the order of the queue."""
    for ordinal, text, source in _texts(store, schema.pages.c.result, scan, site):
        yield ordinal, page_from_plain(parse(text, source=source), source=source)


def light_pages(store: Store, scan: int, site: int) -> Iterator[PageResult]:
    """The pages of a site with what tells their problems and whether rules looked, and nothing else.

    Of all that passed one line is left, as a sign that the page was judged; so years of scans can be gone through.
    """
    for _, text, source in _texts(store, schema.pages.c.result, scan, site):
        yield page_from_plain(_lightened(parse(text, source=source)), source=source)


def one_page(store: Store, scan: int, site: int, url: str) -> PageResult | None:
    """The page of a site at an address as it was asked for; None where the scan did not meet it."""
    pages, queue = schema.pages.c, schema.queue.c
    select = (
        sa.select(pages.ordinal, pages.result)
        .where(*rows.of(schema.pages, scan, site), *rows.of(schema.queue, scan, site))
        .where(pages.ordinal == queue.ordinal, queue.url == clean(url))
        .order_by(pages.ordinal)
    )
    with store.reading() as connection:
        found = connection.execute(select).first()
    if found is None:
        return None
    source = _place(store, scan, site, found.ordinal)
    return page_from_plain(parse(found.result, source=source), source=source)


def site_digests(store: Store, scan: int, site: int) -> Iterator[tuple[int, PageDigest]]:
    """Ordinal and digest of every page of a site that has one, in the order of the queue."""
    for ordinal, text, source in _texts(store, schema.pages.c.digest, scan, site):
        yield ordinal, from_plain(PageDigest, parse(text, source=source), source=f"{source}, digest")


def as_duplicate(page: PageResult, reason: str) -> PageResult:
    """The result of a page that turned out to be another one again: it is not judged a second time."""
    unjudged = replace(page, state=PageState.DUPLICATE, reason=reason, outcomes=())
    return replace(unjudged, pictures=(), focus_path=None, spots=())


def set_aside(store: Store, scan: int, site: int, ordinal: int, reason: str) -> None:
    """Write a page's result again as a duplicate: no digest, no findings."""
    pages, findings = schema.pages, schema.findings
    with store.writing() as connection:
        place = (*rows.of(pages, scan, site), pages.c.ordinal == ordinal)
        text = connection.execute(sa.select(pages.c.result).where(*place)).scalar_one()
        source = _place(store, scan, site, ordinal)
        result = as_duplicate(page_from_plain(parse(text, source=source), source=source), reason)
        connection.execute(sa.update(pages).where(*place).values(result=compact(page_to_plain(result)), digest=None))
        connection.execute(sa.delete(findings).where(*rows.of(findings, scan, site), findings.c.ordinal == ordinal))


def _lightened(plain: Any) -> Any:
    """A page as JSON without what is long; what has not the shape of a page stays, so that reading it says why."""
    outcomes = plain.get("outcomes") if isinstance(plain, dict) else None
    if not isinstance(outcomes, list) or not all(isinstance(one, dict) for one in outcomes):
        return plain
    passed = [one for one in outcomes if one.get("verdict") == Verdict.PASSED]
    told = [one for one in outcomes if one.get("verdict") != Verdict.PASSED]
    return {**{key: plain[key] for key in plain if key not in _LONG}, "outcomes": [*told, *passed[:1]]}


def _texts(store: Store, column: sa.Column[str], scan: int, site: int) -> Iterator[tuple[int, str, str]]:
    """Ordinal, text and place of the pages of a site that have something in a column."""
    table = schema.pages
    last = -1
    while True:
        found_after = (*rows.of(table, scan, site), table.c.ordinal > last, column.is_not(None))
        select = sa.select(table.c.ordinal, column).where(*found_after)
        with store.reading() as connection:
            found = connection.execute(select.order_by(table.c.ordinal).limit(AT_ONCE)).all()
        for ordinal, text in found:
            yield ordinal, text, _place(store, scan, site, ordinal)
        if len(found) < AT_ONCE:
            return
        last = found[-1].ordinal


def _place(store: Store, scan: int, site: int, ordinal: int) -> str:
    return f"{store.name}, scan {scan}, site {site}, page {ordinal}"
