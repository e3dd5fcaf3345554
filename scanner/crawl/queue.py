"""The addresses of a site from found to visited: every one at most once, the same ones in every run.

Which of them comes next is decided in `scanner.crawl.frontier`.

The queue lives in the store. A page, its state here and the links that it lets in are committed together,
so a process can be killed at any moment: what was being visited is visited again, nothing else is.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import sqlalchemy as sa

from reports import rows
from reports.assets import Asset
from reports.model import PageDigest, PageResult
from reports.schema import queue
from reports.store import Store
from reports.stored_assets import keep_assets
from rules.errors import UsageError
from scanner.crawl import sample
from scanner.crawl.frontier import DONE, RUNNING, WAITING, WINDOW, Frontier

SeedOrLink = tuple[str, str]


@dataclass(frozen=True, slots=True)
class QueueItem:
    """An address handed out: its place in the queue, how it was found, and which attempt this is (from 1).

    `random` says that it was drawn and not chosen, `put_off` how often its server asked to come again later, `novel`
    that it is the first of its pattern, so perhaps of a kind of page that nobody has seen yet.
    """

    ordinal: int
    url: str
    depth: int
    found_on: str
    attempts: int
    random: bool = False
    put_off: int = 0
    novel: bool = False


@dataclass(frozen=True, slots=True)
class QueueState:
    """How many addresses wait for a visit, are being visited, are done; `known` also has those beyond the limit."""

    waiting: int
    running: int
    done: int
    known: int


@dataclass(frozen=True, slots=True)
class Census:
    """How many addresses of each pattern are known, and the pattern of each address handed out, by ordinal."""

    known: Mapping[str, int]
    picked: Mapping[int, str]


class LateResult(UsageError):
    """A page was reported that somebody else has taken over since; its result is not kept."""


class SiteQueue:
    """The queue of one site of one scan; `max_pages` is how many addresses are handed out at most, 0 all.

    Addresses come as pairs of a key, the same for every spelling of one address, and the address as
    found. `home` is the address of the site, `seed` where its draws start from. `window` is how many pages of a
    sample may be under way; another one makes another sample. `gate` has the last word on the links of a page.
    Every method is one transaction.
    """

    def __init__(
        self,
        store: Store,
        *,
        scan: int,
        site: int,
        max_pages: int = 0,
        seed: int = 0,
        home: str = "",
        window: int = WINDOW,
        gate: sample.Gate | None = None,
    ) -> None:
        self._store = store
        self._scan = scan
        self._site = site
        self._max_pages = max_pages
        self._place = sample.Place(scan, site, home, seed)
        self._frontier = Frontier(self._place, max_pages=max_pages, window=window, gate=gate, source=store.name)
        self._here = rows.of(queue, scan, site)

    def add_seeds(self, seeds: Iterable[SeedOrLink]) -> None:
        """Lets the addresses in that a crawl starts from, in their order; those known already change nothing.

        The first is the first to be visited. All must be in before any is handed out, or the sample would
        depend on when they came.
        """
        with self._store.writing() as connection:
            sample.let_in(connection, self._place, seeds, depth=0, found_on="")

    def take(self) -> QueueItem | None:
        """The next address to visit, now counted as running; None while there is nothing to hand out."""
        with self._store.writing() as connection:
            ordinal = self._frontier.next(connection)
            if ordinal is None:
                return None
            row = connection.execute(sa.select(queue).where(*self._here, queue.c.ordinal == ordinal)).one()
            found = (ordinal, row.url, row.depth, row.found_on)
            novel = self._frontier.is_novel(connection, ordinal)
            item = QueueItem(*found, row.attempts + 1, random=row.random, put_off=row.put_off, novel=novel)
            self._move(connection, item, before=(WAITING, row.attempts), after=(RUNNING, item.attempts))
            return item

    def give_back(self, item: QueueItem, *, put_off: bool = False) -> None:
        """Lets an address wait again that was not visited after all; the attempt does not count.

        That its server `put_off` the visit is remembered, also where the scan is stopped and goes on later.
        """
        with self._store.writing() as connection:
            self._move(connection, item, before=(RUNNING, item.attempts), after=(WAITING, item.attempts - 1))
            if put_off:
                here = sa.update(queue).where(*self._here, queue.c.ordinal == item.ordinal)
                connection.execute(here.values(put_off=item.put_off + 1))

    def commit_page(
        self,
        item: QueueItem,
        result: PageResult,
        *,
        digest: PageDigest | None = None,
        links: Iterable[SeedOrLink] = (),
        assets: Sequence[Asset] = (),
    ) -> None:
        """Keeps a visited page with its pictures, marks its address done and lets in the links whose turn it now is.

        Raises LateResult, and keeps nothing, when the address was handed out again in the meantime.
        """
        result = replace(result, random=item.random)
        with self._store.writing() as connection:
            self._move(connection, item, before=(RUNNING, item.attempts), after=(DONE, item.attempts))
            if assets and not keep_assets(connection, self._scan, assets):
                result = replace(result, pictures=(), spots=())
            rows.insert_page(
                connection, self._scan, self._site, item.ordinal, result=result, digest=digest, links=links
            )
            self._frontier.let_in(connection)

    def reset_running(self) -> int:
        """How many addresses a killed run had taken; they wait again, and `attempts` remembers.

        An address whose third attempt comes up has cost two runs their lives: record it as crashed.
        """
        with self._store.writing() as connection:
            update = sa.update(queue).where(*self._here, queue.c.state == RUNNING)
            return connection.execute(update.values(state=WAITING)).rowcount

    def state(self) -> QueueState:
        """The numbers for progress and for the sample that the report names."""
        counts = (sa.func.count(), sa.func.count(queue.c.pick))
        with self._store.reading() as connection:
            counted = sa.select(queue.c.state, *counts).where(*self._here).group_by(queue.c.state)
            number = {state: (known, picked) for state, known, picked in connection.execute(counted)}
        known, picks = (sum(column) for column in zip((0, 0), *number.values(), strict=True))
        left = known - picks
        if self._max_pages:
            left = min(left, max(0, self._max_pages - picks))
        again = number.get(WAITING, (0, 0))[1]
        return QueueState(again + left, number.get(RUNNING, (0, 0))[0], number.get(DONE, (0, 0))[0], known)

    def is_finished(self) -> bool:
        """Whether every address that is to be visited has been, and every link that was found is known."""
        with self._store.reading() as connection:
            return self._frontier.is_exhausted(connection)

    def census(self) -> Census:
        """What is known of the site's addresses, looked at or not."""
        with self._store.reading() as connection:
            return Census(*sample.census(connection, self._place))

    def _move(
        self, connection: sa.Connection, item: QueueItem, *, before: tuple[str, int], after: tuple[str, int]
    ) -> None:
        # The number of the attempt tells apart two processes that both believe that they have the address.
        place = (*self._here, queue.c.ordinal == item.ordinal)
        found = (queue.c.state == before[0], queue.c.attempts == before[1])
        update = sa.update(queue).where(*place, *found).values(state=after[0], attempts=after[1])
        if connection.execute(update).rowcount != 1:
            raise LateResult("Another run of the same scan has taken over this address.", where=item.url)
