"""Problems are shown where they are: outlined on the page, in frames and shadow trees too, or said not to be there."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from scanner.__main__ import run
from scanner.highlight import PICTURE, has_screen

PAGE = """<!doctype html><html lang=en><title>Page</title><h1>Send</h1><button id=bare></button>
<iframe title=Frame srcdoc="<input type=button id=framed>"></iframe><div id=host></div>
<script>document.getElementById("host").attachShadow({mode: "open"}).innerHTML =
"<div role=button tabindex=0 id=deep></div>"</script>"""
RED = (177, 14, 30)


@pytest.fixture(autouse=True)
def no_screen(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)


def test_without_a_screen_a_picture_shows_the_places(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "page.html").write_text(PAGE, "utf-8")
    assert run(["check", "page.html", "--only", "button-name", "--highlight", "--plain"]) == 0
    said = capsys.readouterr().out
    for name in ("#bare", "#framed", "#host >>> div"):
        assert f"{name}: This button has no name." in said
    assert "There is no screen here" in said
    with Image.open(tmp_path / "curbcut-report" / PICTURE) as picture:
        assert RED in {colour for _, colour in picture.convert("RGB").getcolors(1_000_000) or ()}


def test_where_nothing_was_found_there_is_nothing_to_show(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "page.html").write_text("<!doctype html><html lang=en><title>P</title><button>Go</button>", "utf-8")
    assert run(["check", "page.html", "--only", "button-name", "--highlight", "--plain"]) == 0
    assert "There is no place to show" in capsys.readouterr().out
    assert not (tmp_path / "curbcut-report" / PICTURE).exists()


@pytest.mark.parametrize(
    ("environ", "platform", "screen"),
    [
        ({}, "linux", False),
        ({"DISPLAY": ":0"}, "linux", True),
        ({"WAYLAND_DISPLAY": "w"}, "linux", True),
        ({}, "darwin", True),
    ],
)
def test_whether_there_is_a_screen(environ: dict[str, str], platform: str, screen: bool) -> None:
    assert has_screen(environ, platform=platform) is screen
