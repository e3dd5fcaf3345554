"""The real command in a process of its own, and its results."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
LONGEST_S = 240.0


@dataclass(frozen=True)
class Ended:
    """How a command ended: its exit code and what it printed where."""

    code: int
    out: str
    err: str


class Command:
    """A running `curbcut` in a folder; it and all that it started are gone when the test is over."""

    def __init__(self, *arguments: str, cwd: Path, environ: dict[str, str] | None = None, **more: Any) -> None:
        names = {**os.environ, "PYTHONPATH": str(ROOT), "TERM": "dumb", **(environ or {})}
        pipes: dict[str, Any] = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "scanner", *arguments], cwd=cwd, env=names, text=True, **{**pipes, **more}
        )

    def __enter__(self) -> Command:
        return self

    def __exit__(self, *_: object) -> None:
        if self.process.poll() is None:
            self.process.kill()
            self.process.communicate()

    def end(self, *, within_s: float = LONGEST_S) -> Ended:
        """How it ended; fails where it does not in time."""
        out, err = self.process.communicate(timeout=within_s)
        return Ended(self.process.returncode, out or "", err or "")

    def send(self, number: signal.Signals) -> None:
        """Send it a signal."""
        self.process.send_signal(number)

    def renderers(self) -> list[int]:
        """The processes of its browser that show pages."""
        return [pid for pid in descendants(self.process.pid) if "--type=renderer" in command_line(pid)]


def curbcut(*arguments: str, cwd: Path, within_s: float = LONGEST_S, **environ: str) -> Ended:
    """How a command ends that nobody disturbs."""
    with Command(*arguments, cwd=cwd, environ=environ) as running:
        return running.end(within_s=within_s)


def results(folder: Path) -> dict[str, Any]:
    """The results.json in a report folder."""
    read: dict[str, Any] = json.loads((folder / "results.json").read_text("utf-8"))
    return read


def states(folder: Path) -> dict[str, str]:
    """The states of all pages by their paths, or by their names where they are files."""
    pages = [page for site in results(folder)["sites"] for page in site["pages"]]
    return {
        "/" + page["url"].split("/", 3)[-1] if "://" in page["url"] else page["url"]: page["state"] for page in pages
    }


def closed_port() -> int:
    """A port on loopback where nobody listens."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


def wait_until(met: Callable[[], bool], *, within_s: float = 60.0) -> None:
    """Return when a condition is met; fail where it never is."""
    end = time.monotonic() + within_s
    while not met():
        assert time.monotonic() < end, "what the test waits for never came"
        time.sleep(0.02)


def descendants(pid: int) -> list[int]:
    """All processes below one, on Linux."""
    children: dict[int, list[int]] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            fields = stat.read_text("utf-8", "replace").rpartition(")")[2].split()
            children.setdefault(int(fields[1]), []).append(int(stat.parent.name))
    found, waiting = [], [pid]
    while waiting:
        below = children.get(waiting.pop(), [])
        found += below
        waiting += below
    return found


def command_line(pid: int) -> str:
    """The command line of a process; empty where it is gone."""
    with suppress(OSError):
        return Path(f"/proc/{pid}/cmdline").read_text("utf-8", "replace")
    return ""
