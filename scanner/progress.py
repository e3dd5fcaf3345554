"""How a scan is going: one live line for people at a terminal, plain lines for everything else."""

from __future__ import annotations

import asyncio
import os
import sys
import time
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from typing import TYPE_CHECKING, ClassVar

from reports.model import PageResult
from rules.model import Verdict
from scanner import output

if TYPE_CHECKING:
    from rich.live import Live

    from scanner.crawl.site import SiteCrawl
    from scanner.run import Run

NAMES = 5


def progress_for(*, plain: bool, environ: Mapping[str, str] = os.environ) -> Progress:
    """The right kind of progress for where the output goes: live only at a terminal that can do it."""
    dumb = plain or environ.get("TERM") in ("dumb", "unknown") or bool(environ.get("CI"))
    return Progress() if dumb or not sys.stderr.isatty() else LiveProgress()


class Progress:
    """Plain lines on standard error: the state first, where the run stands at most every 15 seconds."""

    every_s: ClassVar[float] = 15.0

    def __init__(self) -> None:
        self._run: Run | None = None
        self._done = 0
        self._problems: set[tuple[int, str]] = set()
        self._site = ""
        self._started = time.monotonic()

    def say(self, text: str) -> None:
        """Say one line at once."""
        output.say(text)

    def page(self, site: SiteCrawl, result: PageResult) -> None:
        """Count a page that was looked at."""
        self._done += 1
        self._site = _name(site)
        # Without a criterion it is advice, which the last words do not count either.
        failed = (outcome for outcome in result.with_verdict(Verdict.FAILED) if outcome.wcag)
        self._problems.update((site.number, outcome.fingerprint) for outcome in failed)

    def leave(self) -> None:
        """Give the terminal back as it was, where the process ends without the end of the run."""

    @asynccontextmanager
    async def over(self, run: Run) -> AsyncIterator[None]:
        """Progress over a run, from its start to its end."""
        self._run = run
        self._started = time.monotonic()
        ticking = asyncio.create_task(self._tick())
        try:
            with self._shown():
                yield
        finally:
            ticking.cancel()

    def line(self) -> str:
        """Where the run stands: pages, rate, time left, site, problems so far."""
        known, before = self._pages()
        rate = self._done / max(time.monotonic() - self._started, 0.001)
        done = before + self._done
        parts = [f"{done:,} of {max(known, done):,} known pages"]
        if self._done:
            parts.append(f"{rate:.1f} a second")
        if self._done and known > done:
            parts.append(f"about {_duration((known - done) / rate)} left")
        found = len(self._problems)
        parts += [self._site] if self._site else []
        return ", ".join([*parts, "1 problem so far" if found == 1 else f"{found:,} problems so far"])

    @contextmanager
    def _shown(self) -> Iterator[None]:
        names = [_name(site) for site in self._run.sites] if self._run else []
        more = f" and {len(names) - NAMES} more" if len(names) > NAMES else ""
        self.say(f"started: {', '.join(names[:NAMES])}{more}")
        yield
        self.say(f"{'stopped' if self._run and self._run.stopping else 'done'}: {self.line()}")

    async def _tick(self) -> None:
        while True:
            await asyncio.sleep(self.every_s)
            self._show()

    def _show(self) -> None:
        self.say(f"running: {self.line()}")

    def _pages(self) -> tuple[int, int]:
        """How many pages are to be looked at as far as is known, and how many a run before this one did."""
        states = [site.queue.state() for site in self._run.sites] if self._run else []
        done = sum(state.done for state in states)
        return done + sum(state.waiting + state.running for state in states), max(0, done - self._done)


class LiveProgress(Progress):
    """The same as one line that is written over."""

    every_s: ClassVar[float] = 1.0
    _live: Live | None = None

    def say(self, text: str) -> None:
        """Say one line above the live one."""
        if self._live is None:
            super().say(text)
        else:
            self._live.console.print(output.printable(text), markup=False, highlight=False, emoji=False)

    def leave(self) -> None:
        """Give the terminal back as it was, where the process ends without the end of the run."""
        if self._live is not None:
            self._live.stop()
            self._live = None

    @contextmanager
    def _shown(self) -> Iterator[None]:
        from rich.console import Console
        from rich.live import Live

        with Live(console=Console(stderr=True), auto_refresh=False, transient=True) as live:
            self._live = live
            try:
                yield
            finally:
                self._live = None

    def _show(self) -> None:
        from rich.text import Text

        if self._live is not None:
            text = Text(output.printable(self.line()), no_wrap=True, overflow="ellipsis")
            self._live.update(text, refresh=True)


def _name(site: SiteCrawl) -> str:
    return site.target.name or site.target.url


def _duration(seconds: float) -> str:
    """A time left as people say it; never more exact than it is."""
    if seconds < 60:
        return f"{max(1, round(seconds))} s"
    if seconds < 5400:
        return f"{round(seconds / 60)} min"
    return f"{seconds / 3600:.1f} h"
