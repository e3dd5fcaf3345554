"""A disk that fills up in the middle of a scan ends it with a clear error; once there is room the scan goes on."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from curbcut_command import Command, curbcut, results, wait_until
from loopback_services import Service, chain, running

PAGES = 16


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of eight megabytes in memory; only root on Linux may make one."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = shutil.which("mount")
    made = mount and subprocess.run([mount, "-t", "tmpfs", "-o", "size=8m", "tmpfs", folder], capture_output=True)
    if sys.platform != "linux" or not made or made.returncode:
        pytest.skip("no disk can be made here")
    yield folder
    subprocess.run(["umount", "-l", folder], check=True)


@pytest.fixture
def service() -> Iterator[Service]:
    with running(chain(PAGES, wait_s=0.3)) as started:
        yield started


def test_a_full_disk_is_said_and_the_scan_goes_on_when_there_is_room(
    service: Service, tmp_path: Path, disk: Path
) -> None:
    ballast = disk / "ballast"
    scan = ("scan", service.base, "--store", str(disk / "scans.db"), "--concurrency", "2")
    with Command(*scan, cwd=tmp_path) as command:
        wait_until(lambda: service.asked.total() >= 4)
        fill(ballast)
        full = command.end()
    assert full.code == 2, full.err
    error = next(line for line in full.err.splitlines() if line.startswith("error:"))
    assert "scans.db" in error
    assert "cannot be opened or written" in error
    assert "Make room" in error
    assert "Traceback" not in full.err
    assert service.asked.total() < PAGES, "the disk was to fill up in the middle"

    ballast.unlink()
    again = curbcut(*scan, "--resume", cwd=tmp_path)
    assert again.code == 0, again.err
    scanned = results(tmp_path / "curbcut-report")
    [site] = scanned["sites"]
    assert scanned["complete"] is True
    assert len(site["pages"]) == len({page["url"] for page in site["pages"]}) == PAGES
    assert {page["state"] for page in site["pages"]} <= {"tested", "duplicate"}


def fill(ballast: Path) -> None:
    """Leave no room on a disk."""
    with suppress(OSError), ballast.open("wb", buffering=0) as file:
        while True:
            file.write(b"x" * 4096)
