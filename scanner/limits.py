"""Time that judging may take: a rule that is slow on one page must not hold the scan, nor its other tabs.

Rules are plain Python that runs to its end, so only a signal gets between. Where there is none (Windows, other threads)
nothing is bounded.
"""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

from rules.model import Untested

RULE_S = 10.0
PAGE_S = 60.0


def rule_limits(*, each_s: float = RULE_S, all_s: float = PAGE_S) -> Callable[[], AbstractContextManager[None]]:
    """What to put around every rule of one page: it raises Untested in a rule that takes too long.

    Once all rules together have used `all_s`, those that are left get next to no time.
    """
    end = time.monotonic() + all_s

    def limit() -> AbstractContextManager[None]:
        return time_limit(max(0.01, min(each_s, end - time.monotonic())))

    return limit


@contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """Raises Untested inside the block once it has taken so long."""
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return

    def stop(*_: object) -> None:
        raise Untested(f"The check took longer than {seconds:.1f} seconds on this page.")

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
