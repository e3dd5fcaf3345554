"""The way out kept running in a thread of its own: judging a page must not hold up the pages that load meanwhile."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from rules.errors import EnvironmentFault
from scanner.net.dial import Dialler
from scanner.net.forward import Forward


@contextmanager
def forwarding(dialler: Dialler) -> Iterator[Forward]:
    """The proxy on loopback for as long as the block runs; raises EnvironmentFault where it cannot listen."""
    forward = Forward(dialler)
    ready = threading.Event()
    loops: list[asyncio.AbstractEventLoop] = []
    faults: list[OSError] = []
    ending = asyncio.Event()

    async def serve() -> None:
        loops.append(asyncio.get_running_loop())
        try:
            await forward.start()
        except OSError as error:
            faults.append(error)
            return
        finally:
            ready.set()
        await ending.wait()
        await forward.stop()

    thread = threading.Thread(target=asyncio.run, args=(serve(),), name="curbcut-forward", daemon=True)
    thread.start()
    ready.wait()
    if faults:
        raise EnvironmentFault(f"No port on loopback could be opened: {faults[0].strerror}.")
    try:
        yield forward
    finally:
        loops[0].call_soon_threadsafe(ending.set)
        thread.join()
