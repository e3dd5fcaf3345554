"""Old scans removed from a store, and never the last one of a service: what is known of it now stays."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from reports import database, schema
from reports.store import Store
from reports.text import one_line
from reports.traces import is_crawl


@dataclass(frozen=True, slots=True)
class OldScan:
    """A scan that is older than what is kept: its number, day, services and pages, and why it stays all the same."""

    number: int
    day: str
    services: tuple[str, ...]
    pages: int
    reason: str = ""


def old_scans(store: Store, *, before: str) -> tuple[OldScan, ...]:
    """The scans that ended before a day, the oldest first; those that stay have a reason.

    A service's last scan stays, and so does the last one that came to its end and could test a page.
    """
    lines = sorted(store.scans(), key=lambda line: (line.started, line.number))
    last: dict[tuple[str, bool], int] = {}
    services: dict[int, tuple[str, ...]] = {}
    for line in lines:
        sites = store.load_sites(line.number)
        services[line.number] = tuple(stored.result.url for stored in sites)
        for stored in sites:
            if is_crawl(stored):
                whole = stored.finished and stored.result.state == "judged"
                last |= {(stored.result.url, True): line.number} if whole else {}
                last[stored.result.url, False] = line.number
    needed = {number: url for (url, _), number in last.items()}
    return tuple(
        OldScan(line.number, day, services[line.number], line.pages, _reason(needed.get(line.number)))
        for line in lines
        if (day := (line.finished or line.started)[:10]) < before
    )


def remove(store: Store, scans: Sequence[OldScan]) -> None:
    """Removes scans with all that belongs to them, at once or not at all, and gives their room back."""
    with store.writing() as connection:
        for scan in scans:
            connection.execute(sa.delete(schema.scans).where(schema.scans.c.number == scan.number))
    if scans:
        database.give_room_back(store.engine)


def _reason(url: str | None) -> str:
    return "" if url is None else f"it is the last one of {one_line(url, 200)}"
