"""Which known address is looked at next when there is room for only some: every pattern once, then at random.

The patterns of addresses are the strata of the sample (`scanner.crawl.pattern`). After the home page every
pattern is taken once, the largest first, until half of the pages are spent: these pages are *chosen*. The
others are *drawn*: a stratum has its turn when it is furthest behind its share of the known addresses, and
gives the address with the smallest hash of seed and address. So pages drawn from a stratum are a simple random
sample of it, the same for the same seed in whatever order a crawl met them.

These functions work within the transaction of the queue. What they need to go on stands in the database:
a draw of its own for each address, and for each stratum how many of it are known, chosen and drawn.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import sqlalchemy as sa

from reports import rows
from reports.jsontext import clean
from reports.schema import queue, strata
from scanner.crawl.pattern import local, pattern

_AT_ONCE = 400


@dataclass(frozen=True, slots=True)
class Place:
    """Where a site's sample is: its scan, its number in it, the address of its home page, and the seed."""

    scan: int
    site: int
    home: str
    seed: int

    def queued(self, *more: sa.ColumnElement[bool]) -> sa.ColumnElement[bool]:
        """The condition for addresses of this site."""
        return sa.and_(*rows.of(queue, self.scan, self.site), *more)

    def stratum(self, *more: sa.ColumnElement[bool]) -> sa.ColumnElement[bool]:
        """The condition for strata of this site."""
        return sa.and_(*rows.of(strata, self.scan, self.site), *more)

    def drawn(self, text: str) -> str:
        """The hash that decides over an address or a pattern."""
        return _digits(f"{self.seed}\n{text}")


Gate = Callable[[sa.Connection, str, Mapping[str, str]], Collection[str]]
"""Which of the new addresses on a page stay out: called in the order in which links are let in, with the page's
address and the new addresses by the hash of their keys, also where there are none."""


class _Alike(NamedTuple):
    """How many strata had equally many addresses chosen and drawn, what they know in all, and the most of one."""

    chosen: int
    drawn: int
    strata: int
    known: int
    largest: int


def let_in(
    connection: sa.Connection,
    place: Place,
    found: Iterable[tuple[str, str]],
    *,
    depth: int,
    found_on: str,
    gate: Gate | None = None,
) -> None:
    """Adds the addresses that are not known yet, in their order, as pairs of a key and the address."""
    fresh: dict[str, tuple[str, str]] = {}
    for key, url in found:
        key = clean(key)
        fresh.setdefault(_digits(key), (key, clean(url)))
    for known in _among(connection, place, queue, list(fresh)):
        del fresh[known]
    for refused in gate(connection, found_on, {key: url for key, (_, url) in fresh.items()}) if gate else ():
        del fresh[refused]
    last = connection.execute(sa.select(sa.func.max(queue.c.ordinal)).where(place.queued())).scalar()
    common = {"scan": place.scan, "site": place.site, "depth": depth, "found_on": found_on}
    common |= {"state": "waiting", "attempts": 0, "expanded": False, "pick": None, "random": False}
    new: list[dict[str, Any]] = []
    patterns: Counter[str] = Counter()
    for ordinal, (key, (address, url)) in enumerate(fresh.items(), 0 if last is None else last + 1):
        own = local(address, place.home)
        patterns[pattern(own)] += 1
        of_it = {"stratum": place.drawn(pattern(own)), "draw": place.drawn(own)}
        new.append({**common, **of_it, "ordinal": ordinal, "key": key, "url": url})
    if new:
        connection.execute(sa.insert(queue), new)
        _count(connection, place, patterns)


def next_choice(connection: sa.Connection, place: Place, *, picks: int, limit: int) -> tuple[int, bool] | None:
    """Ordinal of the next address and whether it is drawn at random; None where none is known that waits."""
    if picks == 0:
        first = connection.execute(sa.select(sa.func.min(queue.c.ordinal)).where(place.queued())).scalar()
        return None if first is None else _taken(connection, place, first, random=False)
    alike = _alike(connection, place)
    drawn = sum(group.drawn * group.strata for group in alike)
    untouched = [group for group in alike if group.chosen + group.drawn == 0]
    random = not untouched or picks - drawn >= limit // 2
    groups = _furthest_behind(alike) if random else untouched
    if not groups:
        return None
    stratum = min(_first_of(connection, place, group) for group in groups)
    waiting = place.queued(queue.c.stratum == stratum, queue.c.pick.is_(None))
    smallest = sa.select(queue.c.ordinal).where(waiting).order_by(queue.c.draw, queue.c.key).limit(1)
    return _taken(connection, place, connection.execute(smallest).scalar_one(), random=random)


def census(connection: sa.Connection, place: Place) -> tuple[Mapping[str, int], Mapping[int, str]]:
    """How many addresses of each pattern are known; and the pattern of every address handed out, by ordinal."""
    here = strata.c
    known = connection.execute(sa.select(here.pattern, here.known).where(place.stratum()).order_by(here.pattern))
    joined = queue.join(strata, place.stratum(here.key == queue.c.stratum))
    picked = sa.select(queue.c.ordinal, here.pattern).select_from(joined)
    picked = picked.where(place.queued(queue.c.pick.is_not(None))).order_by(queue.c.ordinal)
    return dict(known.all()), dict(connection.execute(picked).all())


def _alike(connection: sa.Connection, place: Place) -> list[_Alike]:
    # One pass over an index gives all that decides, however many strata there are.
    here = strata.c
    sums = (sa.func.count(), sa.func.sum(here.known), sa.func.max(here.known))
    grouped = sa.select(here.chosen, here.drawn, *sums).where(place.stratum()).group_by(here.chosen, here.drawn)
    return [_Alike(*map(int, row)) for row in connection.execute(grouped)]


def _furthest_behind(alike: Sequence[_Alike]) -> list[_Alike]:
    """The groups whose largest strata are furthest behind their share of the draws; none where nothing is left."""
    drawn = sum(group.drawn * group.strata for group in alike)
    whole = sum(group.known - group.chosen * group.strata for group in alike)
    behind = {
        group: (drawn + 1) * (group.largest - group.chosen) - group.drawn * whole
        for group in alike
        if group.largest > group.chosen + group.drawn
    }
    furthest = max(behind.values(), default=0)
    return [group for group, value in behind.items() if value == furthest]


def _first_of(connection: sa.Connection, place: Place, group: _Alike) -> str:
    """The first of the largest strata of a group."""
    here = strata.c
    same = (here.chosen == group.chosen, here.drawn == group.drawn, here.known == group.largest)
    return str(connection.execute(sa.select(sa.func.min(here.key)).where(place.stratum(*same))).scalar_one())


def _taken(connection: sa.Connection, place: Place, ordinal: int, *, random: bool) -> tuple[int, bool]:
    """Counts an address as chosen or drawn in its stratum."""
    stratum = sa.select(queue.c.stratum).where(place.queued(queue.c.ordinal == ordinal)).scalar_subquery()
    more = {"drawn": strata.c.drawn + 1} if random else {"chosen": strata.c.chosen + 1}
    connection.execute(sa.update(strata).where(place.stratum(strata.c.key == stratum)).values(**more))
    return ordinal, random


def _count(connection: sa.Connection, place: Place, patterns: Mapping[str, int]) -> None:
    """Adds to the known addresses of each pattern."""
    keys = {place.drawn(name): name for name in patterns}
    known = _among(connection, place, strata, list(keys))
    at = {"scan": place.scan, "site": place.site}
    for key in known:
        more = strata.c.known + patterns[keys.pop(key)]
        connection.execute(sa.update(strata).where(place.stratum(strata.c.key == key)).values(known=more))
    new = [
        {**at, "key": key, "pattern": name, "known": patterns[name], "chosen": 0, "drawn": 0}
        for key, name in keys.items()
    ]
    if new:
        connection.execute(sa.insert(strata), new)


def _among(connection: sa.Connection, place: Place, table: sa.Table, keys: Sequence[str]) -> list[str]:
    """Those of the keys that a table of this site has."""
    found: list[str] = []
    for start in range(0, len(keys), _AT_ONCE):
        some = table.c.key.in_(keys[start : start + _AT_ONCE])
        select = sa.select(table.c.key).where(*rows.of(table, place.scan, place.site), some)
        found.extend(connection.execute(select).scalars())
    return found


def _digits(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
