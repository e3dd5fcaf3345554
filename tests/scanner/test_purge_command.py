"""`curbcut purge` says what it removes, removes nothing on a dry run, and needs to be told how long scans are kept."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from reports.store import open_store
from scanner.__main__ import run

sys.path.insert(0, str(Path(__file__).parents[1] / "reports"))

import scans
import years

Said = Callable[..., tuple[int, str, str]]


@pytest.fixture
def said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Said:
    monkeypatch.chdir(tmp_path)
    several = [years.on(day, scans.page()) for day in ("2024-01-01", "2025-12-01", "2026-01-01")]
    years.written(tmp_path / ".curbcut" / "curbcut.db", *several)

    def say(*arguments: str) -> tuple[int, str, str]:
        code = run(["purge", "--today", "2026-02-01", *arguments])
        return code, *capsys.readouterr()

    return say


def left() -> list[int]:
    with open_store(".curbcut/curbcut.db") as store:
        return [line.number for line in store.scans()]


def test_the_setting_says_how_long(said: Said) -> None:
    Path("curbcut.toml").write_text('keep = "24 months"\n', "utf-8")
    assert said("--dry-run")[:2] == (
        0,
        "would be removed: scan 1 of 2024-01-01, 1 page of https://a.example/\n"
        "1 scan from before 2024-02-01 would be removed.\n",
    )
    assert left() == [1, 2, 3]
    assert said()[1].startswith("removed: scan 1 of 2024-01-01")
    assert left() == [2, 3]


def test_the_last_scan_stays_and_says_why(said: Said) -> None:
    code, out, _ = said("--keep", "1 day")
    assert code == 0
    assert "stays: scan 3 of 2026-01-01, 1 page of https://a.example/: it is the last one of https://a.example/" in out
    assert left() == [3]


@pytest.mark.parametrize(
    ("arguments", "what"),
    [
        ([], "Nothing says how long scans are kept."),
        (["--keep", "soon"], 'keep is "soon", expected a time such as "24 months", in days, weeks, months or years.'),
        (["--keep", "1 day", "--store", "none.db"], "There is no such store."),
    ],
)
def test_what_is_wrong_removes_nothing(said: Said, arguments: list[str], what: str) -> None:
    code, out, err = said(*arguments)
    assert code != 0
    assert what in err
    assert out == ""
    assert left() == [1, 2, 3]
