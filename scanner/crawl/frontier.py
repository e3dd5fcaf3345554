"""Which known address of a site comes next, and when the links of a page become known.

Without a limit addresses come in the order in which they were found, breadth first, and all of them.
With a limit they are a sample (`scanner.crawl.sample`), and the number of a *pick* is its place in it.

Pages are visited several at a time and end in any order, yet neither order nor sample must depend on that.
So a page's links wait with the page until every page before it is done. A pick of a sample waits for the links
of the first half of the picks before it, and of all but the last WINDOW − 1; only where nothing that is known is
left to pick, for the links of all. Links of later pages it never sees, even if they are there already. A pick thus
depends on what stands on pages and on nothing else: as if they had been visited one after the other.
"""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa

from reports import rows
from reports.jsontext import parse
from reports.schema import pages, queue
from scanner.crawl import sample

WAITING, RUNNING, DONE = "waiting", "running", "done"
WINDOW = 12
"""How many pages of a sample are under way at most: a pick waits for the links of the pick so many before it."""


@dataclass(frozen=True, slots=True)
class Frontier:
    """The border of what is known of a site, at its `place` in the store; works within the transaction of its queue.

    `max_pages` is how many addresses are picked at most, 0 all; `window` how many pages of a sample may be under
    way; `gate` has the last word on the links of a page; `source` is how errors name the store.
    """

    place: sample.Place
    max_pages: int = 0
    window: int = WINDOW
    gate: sample.Gate | None = None
    source: str = ""

    def next(self, connection: sa.Connection) -> int | None:
        """The ordinal of the next address to visit, noted as picked; None while there is none."""
        again = self._again(connection)
        return self._pick(connection) if again is None else again

    def let_in(self, connection: sa.Connection) -> None:
        """Lets in the links whose turn it now is."""
        self._expand(connection, before=self._horizon(self._picks(connection)))

    def is_novel(self, connection: sa.Connection, ordinal: int) -> bool:
        """Whether no address of the same pattern was picked before this one."""
        picked = self.place.queued(queue.c.ordinal == ordinal)
        here = connection.execute(sa.select(queue.c.stratum, queue.c.pick).where(picked)).one()
        before = self.place.queued(queue.c.stratum == here.stratum, queue.c.pick < here.pick)
        return connection.execute(sa.select(queue.c.ordinal).where(before).limit(1)).first() is None

    def is_exhausted(self, connection: sa.Connection) -> bool:
        """Whether nothing more will be picked: every page that was is done, and every link that was found is known."""
        if self._unexpanded(connection) is not None:
            return False
        picks = self._picks(connection)
        return 0 < self.max_pages <= picks or self._next_found(connection) is None

    def _again(self, connection: sa.Connection) -> int | None:
        """The first address that was handed out before, and not visited."""
        waiting = self.place.queued(queue.c.state == WAITING, queue.c.pick >= 0)
        return connection.execute(sa.select(queue.c.ordinal).where(waiting).order_by(queue.c.pick).limit(1)).scalar()

    def _pick(self, connection: sa.Connection) -> int | None:
        """The next address of the queue or of the sample, noted as such; None while none can be known."""
        picks = self._picks(connection)
        horizon = self._horizon(picks)
        self._expand(connection, before=horizon)
        if 0 < self.max_pages <= picks:
            return None
        first = self._unexpanded(connection)
        if self.max_pages and first is not None and first[0] < horizon:
            return None
        chosen = self._choice(connection, picks)
        if chosen is None and not self._under_way(connection):
            # All or nothing: with the links of only some, the pick would depend on which were done first.
            self._expand(connection, before=picks)
            chosen = self._choice(connection, picks)
        if chosen is None:
            return None
        ordinal, random = chosen
        here = self.place.queued(queue.c.ordinal == ordinal)
        connection.execute(sa.update(queue).where(here).values(pick=picks, random=random))
        return ordinal

    def _under_way(self, connection: sa.Connection) -> bool:
        """Whether an address was handed out that is not done."""
        begun = self.place.queued(queue.c.state != DONE, queue.c.pick >= 0)
        return connection.execute(sa.select(queue.c.ordinal).where(begun).limit(1)).first() is not None

    def _choice(self, connection: sa.Connection, picks: int) -> tuple[int, bool] | None:
        """Ordinal of the next address among those let in, and whether it was drawn."""
        if self.max_pages:
            return sample.next_choice(connection, self.place, picks=picks, limit=self.max_pages)
        found = self._next_found(connection)
        return None if found is None else (found, False)

    def _horizon(self, picks: int) -> int:
        """The pick before which all links must be in for the pick that comes next; all, where nothing depends on it."""
        sampled = picks < self.max_pages
        return max((picks + 1) // 2, picks - self.window + 1) if sampled else picks

    def _picks(self, connection: sa.Connection) -> int:
        last = connection.execute(sa.select(sa.func.max(queue.c.pick)).where(self.place.queued())).scalar()
        return 0 if last is None else last + 1

    def _next_found(self, connection: sa.Connection) -> int | None:
        waiting = self.place.queued(queue.c.pick.is_(None))
        return connection.execute(sa.select(sa.func.min(queue.c.ordinal)).where(waiting)).scalar()

    def _unexpanded(self, connection: sa.Connection) -> tuple[int, int, str] | None:
        """Pick, ordinal and state of the first page whose links are not in yet."""
        columns = (queue.c.pick, queue.c.ordinal, queue.c.state)
        waiting = self.place.queued(queue.c.expanded.is_(False), queue.c.pick >= 0)
        row = connection.execute(sa.select(*columns).where(waiting).order_by(queue.c.pick).limit(1)).one_or_none()
        return None if row is None else (row.pick, row.ordinal, row.state)

    def _expand(self, connection: sa.Connection, *, before: int) -> None:
        """Lets in the links of pages picked `before`, in their order, while they are done."""
        while (first := self._unexpanded(connection)) is not None:
            pick, ordinal, state = first
            if pick >= before or state != DONE:
                return
            self._let_in_links(connection, ordinal)

    def _let_in_links(self, connection: sa.Connection, ordinal: int) -> None:
        of_queue = self.place.queued(queue.c.ordinal == ordinal)
        of_pages = (*rows.of(pages, self.place.scan, self.place.site), pages.c.ordinal == ordinal)
        page = connection.execute(sa.select(queue.c.url, queue.c.depth).where(of_queue)).one()
        text = connection.execute(sa.select(pages.c.links).where(*of_pages)).scalar()
        links = parse(text or "[]", source=self.source)
        sample.let_in(connection, self.place, links, depth=page.depth + 1, found_on=page.url, gate=self.gate)
        connection.execute(sa.update(queue).where(of_queue).values(expanded=True))
        connection.execute(sa.update(pages).where(*of_pages).values(links=None))
