"""Pictures in the store: beside the scan that took them, and gone with it."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa

from reports import schema
from reports.assets import Asset, Assets
from reports.store import Store

MOST = 40_000_000
"""Bytes of the pictures of one scan; the pages after that have none, so that a report can be sent."""


def keep_assets(connection: sa.Connection, scan: int, assets: Sequence[Asset]) -> bool:
    """Whether the pictures of a page are kept now, within the caller's transaction; equal ones are kept once."""
    table = schema.assets
    here = table.c.scan == scan
    new = {asset.name: asset.data for asset in assets}
    known = connection.execute(sa.select(table.c.name).where(here, table.c.name.in_(new))).scalars()
    for name in known.all():
        del new[name]
    held = connection.execute(sa.select(sa.func.coalesce(sa.func.sum(table.c.size), 0)).where(here)).scalar_one()
    if held + sum(map(len, new.values())) > MOST:
        return False
    for name, data in new.items():
        connection.execute(sa.insert(table).values(scan=scan, name=name, size=len(data), data=data))
    return True


def stored_assets(store: Store, scan: int) -> Assets:
    """The pictures of a scan in an open store."""
    table = schema.assets

    def read(name: str) -> bytes | None:
        with store.reading() as connection:
            wanted = sa.select(table.c.data).where(table.c.scan == scan, table.c.name == name)
            return connection.execute(wanted).scalar_one_or_none()

    return read
