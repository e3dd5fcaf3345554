"""Which part of a command took how long, for people who wait for it."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass
class Timings:
    """A stop-watch over the parts of a command, in seconds; `clock` counts them."""

    clock: Callable[[], float] = time.monotonic
    parts: dict[str, float] = field(default_factory=dict)
    _last: float = field(init=False)

    def __post_init__(self) -> None:
        self._last = self.clock()

    def end_of(self, part: str) -> None:
        """Count the time since the part before to this one."""
        now = self.clock()
        self.parts[part] = self.parts.get(part, 0.0) + now - self._last
        self._last = now

    def lines(self, *, pages: int) -> list[str]:
        """A line for each part in the order in which they came, and one for all; `pages` were looked at."""
        whole = sum(self.parts.values())
        each = f", {whole / pages:.2f} s for each of {pages:,} pages" if pages > 1 else ""
        return [*(f"time: {name} {took:.2f} s" for name, took in self.parts.items()), f"time: all {whole:.2f} s{each}"]
