"""`curbcut export` writes every format whole, in UTF-8, and what is no text only to a file."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from reports.exports import FILES, FORMATS
from reports.gate import GatePlan, judge_gate
from reports.results import load_results
from scanner.settings import Settings

RESULTS = Path(__file__).parents[2] / "docs" / "results-example.json"


def export(folder: Path, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-P", "-m", "scanner", "export", *arguments, "--today", "2026-11-24"]
    # A machine whose own encoding is not UTF-8.
    environment = {**os.environ, "PYTHONIOENCODING": "latin-1", "PYTHONUTF8": "0"}
    return subprocess.run(command, cwd=folder, env=environment, stdin=subprocess.DEVNULL, capture_output=True)


@pytest.mark.parametrize("name", ["json", "jsonl", "csv", "sarif"])
def test_text_is_the_same_bytes_in_a_file_and_on_standard_output(tmp_path: Path, name: str) -> None:
    shown = export(tmp_path, name, str(RESULTS))
    assert (shown.returncode, shown.stderr) == (0, b"")
    written = export(tmp_path, name, str(RESULTS), "--output", "folder/file")
    assert (written.returncode, written.stderr) == (0, b"")
    assert (tmp_path / "folder" / "file").read_bytes() == shown.stdout
    scan = load_results(RESULTS)
    verdict = judge_gate(scan, GatePlan(today="2026-11-24", max_untested=Settings().max_untested))
    assert shown.stdout == "".join(FORMATS[name](scan, verdict)).encode()


def test_results_that_exist_come_out_as_they_are(tmp_path: Path) -> None:
    assert export(tmp_path, "json", str(RESULTS)).stdout == RESULTS.read_bytes()


@pytest.mark.parametrize("name", FILES)
def test_what_is_no_text_goes_to_a_file_alone(tmp_path: Path, name: str) -> None:
    refused = export(tmp_path, name, str(RESULTS))
    assert (refused.returncode, refused.stdout) == (2, b"")
    assert b"is no text, so it is only written to a file. Name one: --output problems." in refused.stderr
    done = export(tmp_path, name, str(RESULTS), "--output", "problems.xlsx")
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout == b"written: problems.xlsx\n"
    assert (tmp_path / "problems.xlsx").read_bytes().startswith(b"PK")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["problems.xlsx"]


def test_a_file_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    done = export(tmp_path, "xlsx", str(RESULTS), "--output", "file/problems.xlsx")
    assert done.returncode == 2
    assert b"cannot be written" in done.stderr
