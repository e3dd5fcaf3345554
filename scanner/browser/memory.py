"""How much memory the pages of a browser take; one that grows beyond its limit is ended before the machine suffers.

The browser itself names its processes (CDP `SystemInfo`), and Linux tells what each holds that it shares with no file.
Elsewhere nothing is watched, and the browser's own limits hold: a renderer that finds no more memory crashes.
"""

from __future__ import annotations

import asyncio
import os
import re
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

from playwright.async_api import Browser, CDPSession, Error

TICK_S = 0.5
OWN_SHARE = 2
"""The browser's own process may take so many times a page's memory before the browser is renewed."""

_HELD = re.compile(r"^(?:RssAnon|RssShmem):\s+(\d+) kB$", re.MULTILINE)


class MemoryWatch:
    """The memory of one browser, looked at twice a second. `outgrown` is true once the browser itself is too large."""

    def __init__(self, session: CDPSession, limit_mb: int) -> None:
        self.limit_mb = limit_mb
        self.outgrown = False
        self._session = session
        self._ended: set[int] = set()
        self._unclaimed = 0

    @classmethod
    @asynccontextmanager
    async def over(cls, browser: Browser, limit_mb: int) -> AsyncIterator[MemoryWatch]:
        """A watch for as long as the block lasts."""
        watch = cls(await browser.new_browser_cdp_session(), limit_mb)
        looking = asyncio.create_task(watch._look())
        try:
            yield watch
        finally:
            looking.cancel()
            with suppress(asyncio.CancelledError):
                await looking

    def claim(self) -> str:
        """Why a page just lost its renderer, if this watch took it away; each loss is told once."""
        if not self._unclaimed:
            return ""
        self._unclaimed -= 1
        return f"The page took more than {self.limit_mb:,} MB of memory and was ended."

    async def _look(self) -> None:
        with suppress(Error):  # the browser is gone, or has no such command
            while held_mb(os.getpid()):
                await asyncio.sleep(TICK_S)
                for process in (await self._session.send("SystemInfo.getProcessInfo"))["processInfo"]:
                    self._weigh(process["type"], int(process["id"]))

    def _weigh(self, kind: str, pid: int) -> None:
        held = held_mb(pid)
        if kind == "browser":
            self.outgrown = self.outgrown or held > self.limit_mb * OWN_SHARE
        elif kind == "renderer" and held > self.limit_mb and pid not in self._ended and _is_renderer(pid):
            self._ended.add(pid)
            self._unclaimed += 1
            with suppress(OSError):
                os.kill(pid, signal.SIGKILL)


def held_mb(pid: int) -> float:
    """Memory in MB that a process holds and shares with no file; 0 where that is not known."""
    try:
        status = Path(f"/proc/{pid}/status").read_text("ascii", "replace")
    except OSError:
        return 0.0
    return sum(int(kilobytes) for kilobytes in _HELD.findall(status)) / 1024


def _is_renderer(pid: int) -> bool:
    """Whether it is what the browser said: process ids are used again, and inside a container they may differ."""
    try:
        return b"--type=renderer" in Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return False
