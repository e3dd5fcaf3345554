"""How a scan is going: a live display for people at a terminal, plain lines for everything else."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from reports.model import PageResult
from rules.model import Verdict

if TYPE_CHECKING:
    from rich.live import Live

    from scanner.crawl.site import SiteCrawl
    from scanner.run import Run

LINE_S = 15.0
LIVE_S = 0.5


def progress_for(*, plain: bool) -> Progress:
    """The right kind of progress for where the output goes: live only at a terminal that can do it."""
    dumb = plain or os.environ.get("TERM") == "dumb" or bool(os.environ.get("CI"))
    return Progress() if dumb or not sys.stderr.isatty() else LiveProgress()


@dataclass
class Progress:
    """Plain lines on standard error, the state first, at most one every 15 seconds."""

    problems: int = 0
    done: int = 0
    site: str = ""
    started: float = 0.0
    _run: Run | None = None
    _last: float = field(default=0.0)

    def say(self, text: str) -> None:
        """One line, at once."""
        print(text, file=sys.stderr, flush=True)

    def page(self, site: SiteCrawl, result: PageResult) -> None:
        """Count a page that was looked at, and say so when it is time."""
        self.done += 1
        self.site = site.target.name or site.target.url
        self.problems += sum(outcome.count for outcome in result.with_verdict(Verdict.FAILED))
        if time.monotonic() - self._last >= LINE_S:
            self._last = time.monotonic()
            self.show(self.line())

    @contextmanager
    def over(self, run: Run) -> Iterator[None]:
        """Progress over a run, from its start to its end."""
        self._run = run
        self.started = self._last = time.monotonic()
        self.show("started: " + ", ".join(site.target.name or site.target.url for site in run.sites[:5]))
        yield
        self.show(f"done: {self.line().partition(': ')[2]}")

    def show(self, line: str) -> None:
        """Show where the run stands."""
        self.say(line)

    def line(self) -> str:
        """Where the run stands: pages, rate, time left, site, problems so far."""
        passed_s = max(time.monotonic() - self.started, 0.001)
        known = sum(_to_do(site) for site in self._run.sites) if self._run else 0
        rate = self.done / passed_s
        left = f", about {(known - self.done) / rate:.0f} s left" if rate and known > self.done else ""
        return (
            f"running: {self.done} of {max(known, self.done)} known pages, {rate:.1f} a second{left}, "
            f"{self.site}, {self.problems} problems so far"
        )


class LiveProgress(Progress):
    """The same, as one line that is written over."""

    _live: Live | None = None

    @contextmanager
    def over(self, run: Run) -> Iterator[None]:
        """Progress over a run, from its start to its end."""
        from rich.console import Console
        from rich.live import Live
        from rich.text import Text

        def now() -> Text:
            return Text("".join(c if c.isprintable() else "?" for c in self.line()))

        self._run = run
        self.started = time.monotonic()
        with Live(
            console=Console(stderr=True), get_renderable=now, refresh_per_second=1 / LIVE_S, transient=True
        ) as live:
            self._live = live
            yield
        self._live = None

    def say(self, text: str) -> None:
        """One line above the live one."""
        if self._live is not None:
            self._live.console.print(text, markup=False, highlight=False)
        else:
            super().say(text)

    def show(self, line: str) -> None:
        """Nothing: the live line shows itself."""


def _to_do(site: SiteCrawl) -> int:
    state = site.queue.state()
    return state.waiting + state.running + state.done
