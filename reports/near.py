"""What a store knows that is near to what it does not know: a wrong letter in an address or a fingerprint is common."""

from __future__ import annotations

import difflib

import sqlalchemy as sa

from reports import schema
from reports.store import Store

MOST = 3
_ALIKE = 10
_COMPARED = 20_000
_FINGERPRINT = 16


def near_fingerprints(store: Store, subject: str) -> tuple[str, ...]:
    """The fingerprints that begin like this one, or else have most letters at the same places."""
    table = schema.findings.c
    select = sa.select(table.fingerprint).where(sa.func.length(table.fingerprint) == _FINGERPRINT).distinct()
    with store.reading() as connection:
        known = sorted(connection.scalars(select))
    begun = [one for one in known if one.startswith(subject)] if subject else []
    if begun:
        return tuple(begun[:MOST])
    alike = sorted((-sum(a == b for a, b in zip(one, subject, strict=False)), one) for one in known)
    return tuple(one for same, one in alike[:MOST] if -same >= _ALIKE)


def near_pages(store: Store, url: str) -> tuple[str, ...]:
    """The addresses of pages that are written nearly like this one."""
    pages, queue = schema.pages.c, schema.queue.c
    here = (pages.scan == queue.scan, pages.site == queue.site, pages.ordinal == queue.ordinal)
    select = sa.select(queue.url).where(*here).distinct().order_by(queue.url).limit(_COMPARED)
    with store.reading() as connection:
        known = list(connection.scalars(select))
    return tuple(difflib.get_close_matches(url, known, n=MOST, cutoff=0.8))
