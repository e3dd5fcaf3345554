"""Names of hosts looked up once for a while, those without an address too: pages name the same few again and again."""

from __future__ import annotations

import asyncio
import math
import socket
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from scanner.net.addresses import Address
from scanner.net.resolve import Resolver

KEPT_S = 300.0
NOT_KEPT_S = 60.0
MOST_NAMES = 5_000


@dataclass
class Names:
    """A resolver that remembers what another one said, and asks it once at a time for a name.

    Addresses are kept for `KEPT_S` seconds, that there is no such name for `NOT_KEPT_S`, any other failure not at all.

    A page with twenty files of a host that does not exist would else ask twenty times, and every page after it;
    resolvers answer such a burst slowly or lose part of it, which costs seconds each. `clock` gives seconds.
    """

    resolve: Resolver
    clock: Callable[[], float]
    _known: dict[str, tuple[float, asyncio.Task[Sequence[Address]]]] = field(default_factory=dict)

    async def __call__(self, host: str) -> Sequence[Address]:
        """The addresses of a name, best first; raises OSError where there are none."""
        since, task = self._known.get(host, (0.0, None))
        if task is None or self.clock() - since > _kept_s(task):
            if len(self._known) >= MOST_NAMES:
                self._known = {name: entry for name, entry in self._known.items() if not entry[1].done()}
            task = asyncio.create_task(self._ask(host))
            self._known[host] = (self.clock(), task)
        # Shielded: whoever gives up waiting leaves the answer to the others.
        return await asyncio.shield(task)

    async def _ask(self, host: str) -> Sequence[Address]:
        return await self.resolve(host)

    def forget(self) -> None:
        """End what is still being asked."""
        for _, task in self._known.values():
            task.cancel()
        self._known.clear()


def _kept_s(task: asyncio.Task[Sequence[Address]]) -> float:
    """Seconds from the question on for which its answer counts."""
    if not task.done():
        return math.inf
    if task.cancelled():
        return -1.0
    error = task.exception()
    if error is None:
        return KEPT_S
    return NOT_KEPT_S if isinstance(error, socket.gaierror) and error.errno == socket.EAI_NONAME else -1.0
