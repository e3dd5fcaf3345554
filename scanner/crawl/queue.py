"""Which address of a site comes next: every address at most once, the same ones in every run.

Without a limit addresses come in the order in which they were found, breadth first, and all of them.
With a limit they are a sample (`scanner.crawl.sample`), and the number of a *pick* is its place in it.

Pages are visited several at a time and end in any order, yet neither order nor sample must depend on that.
So a page's links wait with the page until every page before it is done. A pick of a sample waits for the links
of the first half of the picks before it, and of all but the last WINDOW − 1; only where nothing that is known is
left to pick, for the links of all. Links of later pages it never sees, even if they are there already. A pick thus
depends on what stands on pages and on nothing else: as if they had been visited one after the other.

The queue lives in the store. A page, its state here and the links that it lets in are committed together,
so a process can be killed at any moment: what was being visited is visited again, nothing else is.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

import sqlalchemy as sa

from reports import rows
from reports.jsontext import parse
from reports.model import PageDigest, PageResult
from reports.schema import pages, queue
from reports.store import Store
from rules.errors import UsageError
from scanner.crawl import sample

SeedOrLink = tuple[str, str]

WAITING, RUNNING, DONE = "waiting", "running", "done"
WINDOW = 12
"""How many pages of a sample are under way at most: a pick waits for the links of the pick so many before it."""


@dataclass(frozen=True, slots=True)
class QueueItem:
    """An address handed out: its place in the queue, how it was found, and which attempt this is (from 1).

    `random` says that it was drawn and not chosen.
    """

    ordinal: int
    url: str
    depth: int
    found_on: str
    attempts: int
    random: bool = False


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
        self._window = window
        self._gate = gate
        self._place = sample.Place(scan, site, home, seed)
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
            ordinal = self._again(connection)
            if ordinal is None:
                ordinal = self._pick(connection)
            if ordinal is None:
                return None
            columns = (queue.c.url, queue.c.depth, queue.c.found_on, queue.c.attempts, queue.c.random)
            row = connection.execute(sa.select(*columns).where(*self._here, queue.c.ordinal == ordinal)).one()
            item = QueueItem(ordinal, row.url, row.depth, row.found_on, row.attempts + 1, row.random)
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
        result = replace(result, random=item.random)
        with self._store.writing() as connection:
            self._move(connection, item, before=(RUNNING, item.attempts), after=(DONE, item.attempts))
            rows.insert_page(
                connection, self._scan, self._site, item.ordinal, result=result, digest=digest, links=links
            )
            self._expand(connection, before=self._horizon(self._picks(connection)))

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
            if self._unexpanded(connection) is not None:
                return False
            picks = self._picks(connection)
            return 0 < self._max_pages <= picks or self._next_found(connection) is None

    def census(self) -> Census:
        """What is known of the site's addresses, looked at or not."""
        with self._store.reading() as connection:
            return Census(*sample.census(connection, self._place))

    def _again(self, connection: sa.Connection) -> int | None:
        """The first address that was handed out before, and not visited."""
        waiting = (*self._here, queue.c.state == WAITING, queue.c.pick >= 0)
        return connection.execute(sa.select(queue.c.ordinal).where(*waiting).order_by(queue.c.pick).limit(1)).scalar()

    def _pick(self, connection: sa.Connection) -> int | None:
        """The next address of the queue or of the sample, noted as such; None while none can be known."""
        picks = self._picks(connection)
        horizon = self._horizon(picks)
        self._expand(connection, before=horizon)
        if 0 < self._max_pages <= picks:
            return None
        first = self._unexpanded(connection)
        if self._max_pages and first is not None and first[0] < horizon:
            return None
        chosen = self._choice(connection, picks)
        if chosen is None and not self._under_way(connection):
            # All or nothing: with the links of only some, the pick would depend on which were done first.
            self._expand(connection, before=picks)
            chosen = self._choice(connection, picks)
        if chosen is None:
            return None
        ordinal, random = chosen
        place = (*self._here, queue.c.ordinal == ordinal)
        connection.execute(sa.update(queue).where(*place).values(pick=picks, random=random))
        return ordinal

    def _under_way(self, connection: sa.Connection) -> bool:
        """Whether an address was handed out that is not done."""
        select = sa.select(queue.c.ordinal).where(*self._here, queue.c.state != DONE, queue.c.pick >= 0)
        return connection.execute(select.limit(1)).first() is not None

    def _choice(self, connection: sa.Connection, picks: int) -> tuple[int, bool] | None:
        """Ordinal of the next address among those let in, and whether it was drawn."""
        if self._max_pages:
            return sample.next_choice(connection, self._place, picks=picks, limit=self._max_pages)
        found = self._next_found(connection)
        return None if found is None else (found, False)

    def _horizon(self, picks: int) -> int:
        """The pick before which all links must be in for the pick that comes next; all, where nothing depends on it."""
        sampled = picks < self._max_pages
        return max((picks + 1) // 2, picks - self._window + 1) if sampled else picks

    def _picks(self, connection: sa.Connection) -> int:
        last = connection.execute(sa.select(sa.func.max(queue.c.pick)).where(*self._here)).scalar()
        return 0 if last is None else last + 1

    def _next_found(self, connection: sa.Connection) -> int | None:
        waiting = (*self._here, queue.c.pick.is_(None))
        return connection.execute(sa.select(sa.func.min(queue.c.ordinal)).where(*waiting)).scalar()

    def _unexpanded(self, connection: sa.Connection) -> tuple[int, int, str] | None:
        """Pick, ordinal and state of the first page whose links are not in yet."""
        columns = (queue.c.pick, queue.c.ordinal, queue.c.state)
        waiting = (*self._here, queue.c.expanded.is_(False), queue.c.pick >= 0)
        row = connection.execute(sa.select(*columns).where(*waiting).order_by(queue.c.pick).limit(1)).one_or_none()
        return None if row is None else (row.pick, row.ordinal, row.state)

    def _expand(self, connection: sa.Connection, *, before: int) -> None:
        """Lets in the links of pages picked `before`, in their order, while they are done."""
        while (first := self._unexpanded(connection)) is not None:
            pick, ordinal, state = first
            if pick >= before or state != DONE:
                return
            self._let_in_links(connection, ordinal)

    def _let_in_links(self, connection: sa.Connection, ordinal: int) -> None:
        of_queue = (*self._here, queue.c.ordinal == ordinal)
        of_pages = (*rows.of(pages, self._scan, self._site), pages.c.ordinal == ordinal)
        page = connection.execute(sa.select(queue.c.url, queue.c.depth).where(*of_queue)).one()
        text = connection.execute(sa.select(pages.c.links).where(*of_pages)).scalar()
        links = parse(text or "[]", source=self._store.name)
        sample.let_in(connection, self._place, links, depth=page.depth + 1, found_on=page.url, gate=self._gate)
        connection.execute(sa.update(queue).where(*of_queue).values(expanded=True))
        connection.execute(sa.update(pages).where(*of_pages).values(links=None))

    def _move(
        self, connection: sa.Connection, item: QueueItem, *, before: tuple[str, int], after: tuple[str, int]
    ) -> None:
        # The number of the attempt tells apart two processes that both believe that they have the address.
        place = (*self._here, queue.c.ordinal == item.ordinal)
        found = (queue.c.state == before[0], queue.c.attempts == before[1])
        update = sa.update(queue).where(*place, *found).values(state=after[0], attempts=after[1])
        if connection.execute(update).rowcount != 1:
            raise LateResult("Another run of the same scan has taken over this address.", where=item.url)
