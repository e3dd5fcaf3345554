"""Evidence that a scan kept gives the scan's own judgement again, without a browser and without the network."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import DemoScan
from curbcut_command import ROOT, results

WATCHED = """
import sys

def watch(event, arguments):
    if event in ("subprocess.Popen", "os.posix_spawn", "os.fork", "os.exec", "socket.connect", "socket.bind"):
        sys.exit(f"audit did {event}: {arguments!r}")

sys.addaudithook(watch)
from scanner.__main__ import run
sys.exit(run(sys.argv[1:]))
"""


@pytest.fixture(scope="module")
def audited(demo_scan: DemoScan, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The report folder of the demo's evidence, judged again by a command that may not reach out."""
    folder = tmp_path_factory.mktemp("audit")
    evidence = demo_scan.folder / "curbcut-report" / "evidence"
    ended = subprocess.run(
        [sys.executable, "-c", WATCHED, "audit", str(evidence), "--json", "again.json"],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (ended.returncode, ended.stderr) == (0, "")
    assert ended.stdout.splitlines()[0] == demo_scan.ended.out.splitlines()[0]
    return folder


def test_every_outcome_and_score_is_the_scans_own(demo_scan: DemoScan, audited: Path) -> None:
    scan, again = results(demo_scan.folder / "curbcut-report"), results(audited / "curbcut-report")
    [before], [after] = scan["sites"], again["sites"]
    for page, judged in zip(before["pages"], after["pages"], strict=True):
        assert judged == page, page["url"]
    assert after["site_outcomes"] == before["site_outcomes"]
    assert after["scores"] == before["scores"]
    assert again["rules"] == scan["rules"]
    assert again["tool"] == scan["tool"]


def test_results_go_where_they_were_asked_for_as_well(audited: Path) -> None:
    written = json.loads((audited / "again.json").read_text("utf-8"))
    assert written == results(audited / "curbcut-report")
    assert (audited / "curbcut-report" / "index.html").is_file()
