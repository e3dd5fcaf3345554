"""`curbcut history` as people meet it: lines, a JSON file, and an error that names what is near."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from scanner.__main__ import run

sys.path.insert(0, str(Path(__file__).parents[1] / "reports"))

import scans
import years

Said = Callable[..., tuple[int, str, str]]


@pytest.fixture
def said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Said:
    """Run a command line beside a store with two scans of a service: exit code, standard output, standard error."""
    monkeypatch.chdir(tmp_path)
    first, second = years.on("2026-01-01", scans.page(scans.failed(years.A))), years.on("2026-02-01", scans.page())
    years.written(tmp_path / ".curbcut" / "curbcut.db", first, second)

    def say(*arguments: str) -> tuple[int, str, str]:
        code = run(arguments)
        return code, *capsys.readouterr()

    return say


def test_a_problem_and_a_page_are_told_in_lines_and_as_data(said: Said, tmp_path: Path) -> None:
    code, out, _ = said("history", years.A, "--json", "told.json")
    assert code == 0
    assert "  Fixed: 1 February 2026 (scan 2).\n" in out
    [told] = json.loads((tmp_path / "told.json").read_text("utf-8"))
    assert told["fixed"] == {"day": "2026-02-01", "scan": 2}
    code, out, _ = said("history", "https://A.example")
    assert (code, out.splitlines()[0]) == (0, "Page https://a.example/ of A")


def test_decisions_of_the_settings_are_told(said: Said, tmp_path: Path) -> None:
    lines = (
        'rule = "image-alt"',
        'selector = "#it"',
        'reason = "New map."',
        'owner = "Maps"',
        "expires = 2027-01-31",
    )
    (tmp_path / "agreed.toml").write_text("\n".join(["[[exception]]", *lines]), "utf-8")
    (tmp_path / "curbcut.toml").write_text('exceptions = "agreed.toml"\n', "utf-8")
    assert "Agreed exception: image-alt at #it, agreed until 2027-01-31 (Maps): New map." in said("history", years.A)[1]


@pytest.mark.parametrize(
    ("subject", "what"),
    [
        ("aaaaaaaaaaaabbbb", f"fingerprint aaaaaaaaaaaabbbb. Near to it: {years.A}."),
        ("a.example/x", "address a.example/x."),
        ("https://a.example/index", "Near to it: https://a.example/."),
        ("0123456789abcdef", "Fingerprints stand in reports"),
    ],
)
def test_what_is_not_known_is_an_error_that_names_what_is_near_and_the_store(
    said: Said, subject: str, what: str
) -> None:
    code, out, err = said("history", subject)
    assert (code, out) == (2, "")
    assert what in err
    assert "curbcut.db" in err


def test_without_a_store_the_error_says_what_makes_one(said: Said) -> None:
    code, _, err = said("history", years.A, "--store", "none.db")
    assert code != 0
    assert "There is no such store." in err
    assert not Path("none.db").exists()
