"""Seconds, CPU seconds and peak memory of a command with all its children, for the benchmarks."""

from __future__ import annotations

import os
import resource
import subprocess
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

TICK_S = 0.25


@dataclass(frozen=True, slots=True)
class Cost:
    """What a command cost: wall and CPU seconds, and peak proportional memory in MB, own process and all."""

    wall_s: float
    cpu_s: float
    own_mb: float
    all_mb: float
    exit_code: int
    output: str


def measure(command: Sequence[str]) -> Cost:
    """Run a command to its end and weigh it; memory is sampled four times a second (Linux only, else 0)."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    started = time.monotonic()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    peaks = [0.0, 0.0]
    watcher = threading.Thread(target=_watch, args=(process, peaks), daemon=True)
    watcher.start()
    output, _ = process.communicate()
    wall = time.monotonic() - started
    watcher.join()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Cost(wall, cpu, peaks[0], peaks[1], process.returncode, output)


def _watch(process: subprocess.Popen[str], peaks: list[float]) -> None:
    while process.poll() is None:
        family = [process.pid, *descendants(process.pid)]
        sizes = [pss_mb(pid) for pid in family]
        peaks[0] = max(peaks[0], sizes[0])
        peaks[1] = max(peaks[1], sum(sizes))
        time.sleep(TICK_S)


def descendants(pid: int) -> Iterator[int]:
    try:
        for thread in os.listdir(f"/proc/{pid}/task"):
            for child in Path(f"/proc/{pid}/task/{thread}/children").read_text("ascii").split():
                yield int(child)
                yield from descendants(int(child))
    except OSError:
        return


def pss_mb(pid: int) -> float:
    try:
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text("ascii").splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) / 1024
    except OSError:
        return 0.0
    return 0.0
