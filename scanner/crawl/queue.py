"""Which address of a site comes next: breadth first, every address once, the same order in every run.

Pages are visited several at a time and end in any order, yet the order of the queue must not depend on
that. So a page's links wait with the page until every page before it is done, and only then get the next
ordinals: the queue grows exactly as if the pages had been visited one after the other.

The queue lives in the store. A page, its state here and the links that it lets in are committed together,
so a process can be killed at any moment: what was being visited is visited again, nothing else is.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from reports import rows
from reports.jsontext import clean, parse
from reports.model import PageDigest, PageResult
from reports.schema import pages, queue
from reports.store import Store
from rules.errors import UsageError

SeedOrLink = tuple[str, str]

WAITING, RUNNING, DONE = "waiting", "running", "done"
_AT_ONCE = 400


@dataclass(frozen=True, slots=True)
class QueueItem:
    """An address handed out: its place in the queue, how it was found, and which attempt this is (from 1)."""

    ordinal: int
    url: str
    depth: int
    found_on: str
    attempts: int


@dataclass(frozen=True, slots=True)
class QueueState:
    """How many addresses wait for a visit, are being visited, are done; `known` also has those beyond the limit."""

    waiting: int
    running: int
    done: int
    known: int


class LateResult(UsageError):
    """A page was reported that somebody else has taken over since; its result is not kept."""


class SiteQueue:
    """The queue of one site of one scan; `max_pages` is how many addresses are handed out at most, 0 all.

    Addresses come as pairs of a key, the same for every spelling of one address, and the address as
    found. Every method is one transaction.
    """

    def __init__(self, store: Store, *, scan: int, site: int, max_pages: int = 0) -> None:
        self._store = store
        self._scan = scan
        self._site = site
        self._max_pages = max_pages
        self._here = rows.of(queue, scan, site)

    def add_seeds(self, seeds: Iterable[SeedOrLink]) -> None:
        """Lets the addresses in that a crawl starts from, in their order; those known already change nothing."""
        with self._store.writing() as connection:
            self._append(connection, seeds, depth=0, found_on="")

    def take(self) -> QueueItem | None:
        """The next address to visit, now counted as running; None while there is nothing to hand out."""
        with self._store.writing() as connection:
            columns = (queue.c.ordinal, queue.c.url, queue.c.depth, queue.c.found_on, queue.c.attempts)
            select = sa.select(*columns).where(*self._chosen(), queue.c.state == WAITING)
            row = connection.execute(select.order_by(queue.c.ordinal).limit(1)).one_or_none()
            if row is None:
                return None
            item = QueueItem(row.ordinal, row.url, row.depth, row.found_on, row.attempts + 1)
            self._move(connection, item, before=(WAITING, row.attempts), after=(RUNNING, item.attempts))
            return item

    def give_back(self, item: QueueItem) -> None:
        """Lets an address wait again that was not visited after all; the attempt does not count."""
        with self._store.writing() as connection:
            self._move(connection, item, before=(RUNNING, item.attempts), after=(WAITING, item.attempts - 1))

    def commit_page(
        self,
        item: QueueItem,
        result: PageResult,
        *,
        digest: PageDigest | None = None,
        links: Iterable[SeedOrLink] = (),
    ) -> None:
        """Keeps a visited page, marks its address done and lets in the links whose turn it now is.

        Raises LateResult, and keeps nothing, when the address was handed out again in the meantime.
        """
        with self._store.writing() as connection:
            self._move(connection, item, before=(RUNNING, item.attempts), after=(DONE, item.attempts))
            rows.insert_page(
                connection, self._scan, self._site, item.ordinal, result=result, digest=digest, links=links
            )
            self._expand(connection)

    def reset_running(self) -> int:
        """How many addresses a killed run had taken; they wait again, and `attempts` remembers.

        An address whose third attempt comes up has cost two runs their lives: record it as crashed.
        """
        with self._store.writing() as connection:
            update = sa.update(queue).where(*self._here, queue.c.state == RUNNING)
            return connection.execute(update.values(state=WAITING)).rowcount

    def state(self) -> QueueState:
        """The numbers for progress and for the sample that the report names."""
        with self._store.reading() as connection:
            counted = sa.select(queue.c.state, sa.func.count()).where(*self._chosen()).group_by(queue.c.state)
            number = {row[0]: row[1] for row in connection.execute(counted)}
            known = connection.execute(sa.select(sa.func.count()).select_from(queue).where(*self._here)).scalar_one()
        return QueueState(number.get(WAITING, 0), number.get(RUNNING, 0), number.get(DONE, 0), known)

    def is_finished(self) -> bool:
        """Whether every address that is to be visited has been."""
        state = self.state()
        return state.waiting == 0 and state.running == 0

    def _chosen(self) -> tuple[sa.ColumnElement[bool], ...]:
        return (*self._here, queue.c.ordinal < self._max_pages) if self._max_pages else self._here

    def _move(
        self, connection: sa.Connection, item: QueueItem, *, before: tuple[str, int], after: tuple[str, int]
    ) -> None:
        # The number of the attempt tells apart two processes that both believe that they have the address.
        place = (*self._here, queue.c.ordinal == item.ordinal)
        found = (queue.c.state == before[0], queue.c.attempts == before[1])
        update = sa.update(queue).where(*place, *found).values(state=after[0], attempts=after[1])
        if connection.execute(update).rowcount != 1:
            raise LateResult("Another run of the same scan has taken over this address.", where=item.url)

    def _expand(self, connection: sa.Connection) -> None:
        """Lets in the links of each page that is done and has no unfinished page before it."""
        joined = sa.and_(*(queue.c[name] == pages.c[name] for name in ("scan", "site", "ordinal")))
        columns = (queue.c.ordinal, queue.c.state, queue.c.url, queue.c.depth, pages.c.links)
        first = sa.select(*columns).select_from(queue.outerjoin(pages, joined))
        first = first.where(*self._here, queue.c.expanded.is_(False)).order_by(queue.c.ordinal).limit(1)
        while (row := connection.execute(first).one_or_none()) is not None and row.state == DONE:
            self._append(
                connection, parse(row.links or "[]", source=self._store.name), depth=row.depth + 1, found_on=row.url
            )
            of_queue = (*self._here, queue.c.ordinal == row.ordinal)
            of_pages = (*rows.of(pages, self._scan, self._site), pages.c.ordinal == row.ordinal)
            connection.execute(sa.update(queue).where(*of_queue).values(expanded=True))
            connection.execute(sa.update(pages).where(*of_pages).values(links=None))

    def _append(self, connection: sa.Connection, found: Iterable[SeedOrLink], *, depth: int, found_on: str) -> None:
        fresh: dict[str, str] = {}
        for key, url in found:
            fresh.setdefault(_hash(key), clean(url))
        for known in self._known(connection, list(fresh)):
            del fresh[known]
        last = connection.execute(sa.select(sa.func.max(queue.c.ordinal)).where(*self._here)).scalar()
        start = 0 if last is None else last + 1
        common = {"scan": self._scan, "site": self._site, "depth": depth, "found_on": found_on}
        common |= {"state": WAITING, "attempts": 0, "expanded": False}
        new = [
            {**common, "ordinal": ordinal, "key": key, "url": url}
            for ordinal, (key, url) in enumerate(fresh.items(), start)
        ]
        if new:
            connection.execute(sa.insert(queue), new)

    def _known(self, connection: sa.Connection, keys: Sequence[str]) -> list[str]:
        found: list[str] = []
        for start in range(0, len(keys), _AT_ONCE):
            some = queue.c.key.in_(keys[start : start + _AT_ONCE])
            found.extend(connection.execute(sa.select(queue.c.key).where(*self._here, some)).scalars())
        return found


def _hash(key: str) -> str:
    return hashlib.sha256(clean(key).encode()).hexdigest()
