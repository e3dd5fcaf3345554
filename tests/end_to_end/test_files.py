"""`check FILE` speaks of files as they were named, whatever port served them, and works with gate and baseline."""

from __future__ import annotations

from pathlib import Path

import pytest
from curbcut_command import curbcut, results, states

TITLE = "<!doctype html><html lang=en><title>Fares and tickets</title>"
HEAD = f"{TITLE}<link rel=stylesheet href=style.css><main><h1>Fares and tickets</h1>"
PAGES = {
    "whole.html": f"""{HEAD}<iframe src=inner.html title=Inner></iframe>
        <div><template shadowrootmode=open><p><slot></slot></p><button></button></template><img src=x.png></div>
        <script>navigator.sendBeacon('/log', 'x')</script>""",
    "inner.html": f"{HEAD}<img src=y.png>",
    "sub/bare.html": f"{HEAD}<p>No style here.",
    "sub/styled.html": f"{HEAD.replace('style.css', '../style.css')}<link rel=stylesheet href=/style.css><p>One.",
    "sub/hidden.html": f"{HEAD.replace('style.css', '/.hidden/style.css')}<p>One.",
    ".hidden/style.css": "body { color: black }",
    "tables.html": f"{HEAD}<p>One.",
    "style.css": "body { color: black; background: white }",
    "notes.txt": "Just notes.",
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("files")
    for name, content in PAGES.items():
        (made / name).parent.mkdir(exist_ok=True)
        (made / name).write_text(content, "utf-8")
    return made


def test_files_are_told_as_they_were_named_in_their_order(folder: Path) -> None:
    named = ["sub/bare.html", "tables.html", "notes.txt", "./inner.html", "sub/styled.html", "sub/hidden.html"]
    ended = curbcut("check", *named, "tables.html", cwd=folder)
    assert ended.code == 3
    assert list(states(folder / "curbcut-report").items()) == [
        ("sub/bare.html", "unstyled"),
        ("tables.html", "tested"),
        ("notes.txt", "not-html"),
        ("./inner.html", "tested"),
        ("sub/styled.html", "tested"),
        ("sub/hidden.html", "unstyled"),
    ]
    [site] = results(folder / "curbcut-report")["sites"]
    reasons = [page["reason"] for page in site["pages"]]
    assert reasons[0] == "A style sheet did not load: sub/style.css"
    assert reasons[-1] == "A style sheet did not load: .hidden/style.css"
    assert "127.0.0.1" not in (folder / "curbcut-report" / "results.json").read_text("utf-8")
    assert "127.0.0.1" not in ended.out


def test_a_file_from_elsewhere_reads_its_own_folder_alone(folder: Path, tmp_path: Path) -> None:
    curbcut("check", str(folder / "sub" / "styled.html"), str(folder / "inner.html"), cwd=tmp_path)
    assert list(states(tmp_path / "curbcut-report").values()) == ["unstyled", "tested"]
    text = (tmp_path / "curbcut-report" / "results.json").read_text("utf-8")
    assert f'"A style sheet did not load: {folder}/sub/style.css"' in text
    assert "127.0.0.1" not in text


def test_the_same_files_give_the_same_bytes_whatever_port_served_them(folder: Path) -> None:
    texts = []
    for name in ("first", "second"):
        ended = curbcut("check", "whole.html", "--output", name, "--store", f"{name}.db", "--keep-evidence", cwd=folder)
        assert ended.err.splitlines()[-1].startswith("done: 1 of 1"), ended.err
        text = (folder / name / "results.json").read_text("utf-8")
        texts.append([line for line in text.splitlines() if not line.startswith((' "started"', ' "finished"'))])
    assert texts[0] == texts[1]

    curbcut("audit", "first/evidence", "--output", "again", cwd=folder)
    [kept], [again] = results(folder / "first")["sites"], results(folder / "again")["sites"]
    assert again["pages"] == kept["pages"], "frames and shadow trees come through evidence, too"
    [page] = kept["pages"]
    places = [outcome["target"] for outcome in page["outcomes"] if outcome["verdict"] == "failed" and outcome["target"]]
    assert any(place["frame"] for place in places)
    assert any(">>>" in place["selector"] for place in places)
    assert page["notes"] == ["Refused, because Curbcut only reads: POST log"]


def test_the_gate_lets_known_problems_pass_and_names_new_ones(folder: Path) -> None:
    page = folder / "gated.html"
    page.write_text(f"{HEAD}<img src=a.png>", "utf-8")
    first = curbcut("check", "gated.html", "--gate", "--output", "gated", cwd=folder)
    assert first.code == 1
    assert first.out.startswith("failed: 1 problem at serious or worse.\n")
    assert "\n       gated.html\n" in first.out

    assert curbcut("baseline", "create", "gated", "--file", "known.txt", cwd=folder).code == 0
    page.write_text(f"{HEAD}<img src=a.png><p><button></button>", "utf-8")
    second = curbcut("check", "gated.html", "--baseline", "known.txt", "--output", "gated", cwd=folder)
    assert second.code == 1
    assert second.out.startswith("failed: 1 new problem at serious or worse.\n")
    assert "button-name" in second.out
    assert "image-alt)" not in second.out.partition("\n\n")[0]
    assert second.out.splitlines()[-1] == "Exit code 1: 1 new problem at serious or worse."
    assert curbcut("gate", "gated", "--baseline", "known.txt", cwd=folder).code == 1

    shown = [line.partition("see it here: curbcut ")[2] for line in second.out.splitlines()]
    [command] = filter(None, shown)
    assert command == "check gated.html --only button-name"
    assert curbcut(*command.split(), "--output", "one", cwd=folder).code == 0
    [site] = results(folder / "one")["sites"]
    assert {outcome["rule"] for outcome in site["pages"][0]["outcomes"]} == {"button-name"}
