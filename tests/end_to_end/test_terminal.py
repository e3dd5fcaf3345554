"""What a person at a terminal sees: one live line while it works, plain last words, and Ctrl-C that works."""

from __future__ import annotations

import os
import re
import select
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from curbcut_command import Command, wait_until
from loopback_services import Service, chain, running

if sys.platform == "win32":
    pytest.skip("needs the terminals of POSIX", allow_module_level=True)

import fcntl
import termios

CONTROL = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]|\r")


class Terminal:
    """A command at a terminal of its own."""

    def __init__(self, *arguments: str, cwd: Path, **environ: str) -> None:
        self.ours, theirs = os.openpty()
        termios.tcsetwinsize(theirs, (24, 100)) if hasattr(termios, "tcsetwinsize") else None
        self.shown = ""
        stream = {"stdin": theirs, "stdout": theirs, "stderr": theirs}
        environ = {"TERM": "xterm-256color", "CI": "", **environ}
        self.command = Command(
            *arguments, cwd=cwd, environ=environ, start_new_session=True, preexec_fn=_take_terminal, **stream
        )
        os.close(theirs)

    def __enter__(self) -> Terminal:
        return self

    def __exit__(self, *_: object) -> None:
        self.command.__exit__()
        os.close(self.ours)

    def read_until(self, text: str = "", *, within_s: float = 90.0) -> None:
        """Read what is shown until a text comes, or without one until the command ends."""
        end = time.monotonic() + within_s
        while not text or text not in self.shown:
            assert time.monotonic() < end, self.shown
            if select.select([self.ours], [], [], 0.2)[0]:
                try:
                    self.shown += os.read(self.ours, 4096).decode("utf-8", "replace")
                except OSError:  # the other side is closed
                    break
        if not text:
            self.command.process.wait(timeout=within_s)

    def type(self, keys: str) -> None:
        """Press keys."""
        os.write(self.ours, keys.encode())


def _take_terminal() -> None:
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)


@pytest.fixture
def service() -> Iterator[Service]:
    with running(chain(6, wait_s=0.5)) as started:
        yield started


def test_a_live_line_while_it_works_and_plain_last_words(service: Service, tmp_path: Path) -> None:
    with Terminal("scan", service.base, "--concurrency", "1", cwd=tmp_path) as terminal:
        terminal.read_until()
        assert terminal.command.process.returncode == 0, terminal.shown
    live, plain = terminal.shown.split(f"{service.base.removeprefix('http://')}: ", 1)
    assert len(re.findall(r"\d of \d known pages, [\d.]+ a second", live)) >= 2, "it is written again and again"
    assert "\x1b[2K" in live, "over itself"
    assert "running: " not in live, "no lines for a log"
    assert not CONTROL.search(plain.replace("\r\n", "\n"))
    assert plain.rstrip().splitlines()[-1].startswith("Exit code 0: ")
    assert not re.search(r"[\u2500-\u257f\u2800-\u28ff\U0001f000-\U0001ffff]", terminal.shown), "no box, no spinner"


def test_plain_lines_where_they_are_wanted(service: Service, tmp_path: Path) -> None:
    with Terminal("check", f"{service.base}/", "--plain", cwd=tmp_path) as terminal:
        terminal.read_until()
    shown = terminal.shown.replace("\r\n", "\n")
    assert not CONTROL.search(shown)
    assert re.search(r"^started: ", shown, re.MULTILINE)
    assert re.search(r"^done: 1 of 1 known pages", shown, re.MULTILINE)


def test_ctrl_c_at_the_terminal_reaches_every_process_and_no_page_is_lost(service: Service, tmp_path: Path) -> None:
    service.wait_s = 1.0
    with Terminal("scan", service.base, "--concurrency", "1", cwd=tmp_path) as terminal:
        terminal.read_until("1 of ")
        terminal.type("\x03")
        terminal.read_until()
        assert terminal.command.process.returncode == 3, terminal.shown
    shown = CONTROL.sub("", terminal.shown)
    assert "stopping: the pages under way are finished first" in shown
    assert "Not tested: 0 of" in shown, "the browser was not torn away from the page under way"
    assert "Traceback" not in shown


@pytest.mark.parametrize("after_s", [0.0, 0.2])
def test_ctrl_c_while_the_browser_starts_is_no_defect(service: Service, tmp_path: Path, after_s: float) -> None:
    with Terminal("scan", service.base, cwd=tmp_path) as terminal:
        terminal.read_until("0 of 1 known pages")
        time.sleep(after_s)
        terminal.type("\x03")
        terminal.read_until()
        assert terminal.command.process.returncode == 3, terminal.shown
    assert not re.search("defect|Traceback|Error|Loop", terminal.shown)
    assert "Exit code 3: The scan stopped before its end." in terminal.shown


def test_a_second_ctrl_c_gives_the_terminal_back_as_it_was(service: Service, tmp_path: Path) -> None:
    service.wait_s = 20.0
    with Terminal("scan", service.base, cwd=tmp_path) as terminal:
        terminal.read_until("0 of 1 known pages")
        wait_until(lambda: service.asked["/"] > 0)
        terminal.type("\x03")
        terminal.read_until("stopping: ")
        terminal.type("\x03")
        terminal.read_until(within_s=15)
        assert terminal.command.process.returncode == 3
    hidden, shown = terminal.shown.rfind("\x1b[?25l"), terminal.shown.rfind("\x1b[?25h")
    assert 0 <= hidden < shown, "the cursor is there again"
    assert "stopped: at once" in terminal.shown


def test_the_list_that_comes_along_is_not_scanned_without_a_yes(tmp_path: Path) -> None:
    (tmp_path / "sites.txt").write_bytes((Path(__file__).parents[2] / "sites.txt").read_bytes())
    with Terminal("scan", cwd=tmp_path) as terminal:
        terminal.read_until("Scan them?")
        terminal.type("n\n")
        terminal.read_until()
        assert terminal.command.process.returncode == 2
    assert "Hosts: " in terminal.shown
    assert "Contact that they will see: " in terminal.shown
    assert "Nothing was scanned." in terminal.shown
    with Command("scan", cwd=tmp_path, stdin=subprocess.DEVNULL) as command:
        ended = command.end()
    assert ended.code == 2
    assert "Nobody is there to confirm" in ended.err
