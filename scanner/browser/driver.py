"""Playwright's driver, the program between Curbcut and the browser, which may lack something of its own."""

from __future__ import annotations

import asyncio
import re
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from playwright.async_api import Error, Playwright, async_playwright

from rules.errors import EnvironmentFault

ANSWER_S = 60.0

_LIBRARY = re.compile(r"(lib[\w.+-]+\.so[\w.]*): cannot open shared object")


@asynccontextmanager
async def driver(
    command: tuple[str, ...] = (sys.executable, "-m", "playwright", "--version"),
) -> AsyncIterator[Playwright]:
    """A Playwright of its own. Raises EnvironmentFault where its driver cannot run on this machine.

    Where it can and this start failed all the same, Playwright's Error is raised, for which it has no kind of its own.
    `command` asks the driver for its version.
    """
    try:
        started = await async_playwright().start()
    except Exception as error:
        if complaint := await asyncio.to_thread(_complaint, command):
            raise fault(complaint) from error
        raise Error(f"Playwright did not start: {error}") from error
    try:
        yield started
    finally:
        await started.stop()


def fault(complaint: str) -> EnvironmentFault:
    """What is wrong in the driver's own words, and what helps where these name a library that is missing."""
    missing = _LIBRARY.search(complaint)
    if missing is None:
        do = "Install Curbcut again in an environment of its own."
    elif missing[1].startswith("libatomic"):
        do = "Install that library, on Debian and Ubuntu: `sudo apt-get install libatomic1`."
    else:
        do = f"Install the package of your system that has {missing[1]}."
    return EnvironmentFault(f"Playwright's driver does not run: {complaint}", do=do)


def _complaint(command: tuple[str, ...]) -> str:
    """The last line that the driver prints when it fails at the simplest thing; "" when it does not."""
    try:
        asked = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=ANSWER_S)
    except (OSError, subprocess.TimeoutExpired) as error:
        return str(error)
    said = asked.stderr.strip().splitlines() or [f"it ended with code {asked.returncode}"]
    return said[-1][:300] if asked.returncode else ""
