"""A scan of a service that does everything wrong: every page ends as it must, in bounded time, and nothing stays."""

from __future__ import annotations

import json
import sys
import uuid
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from chaos_site import CHAOS, ChaosSite, in_turn, serving
from curbcut_command import ROOT, Command, results, wait_until
from lxml import html

LONGEST_S = 270.0
"""It takes about a minute on two free cores; this tells a scan that hangs from a busy machine."""
SETTINGS = """
page-timeout = 2
page-memory = 700
concurrency = 1
"""
MARK = "CURBCUT_CHAOS"


@pytest.fixture
def site() -> Iterator[ChaosSite]:
    with serving() as started:
        yield started


def begun(folder: Path, mark: str, *arguments: str) -> Command:
    """The command at work in a folder of its own; all its processes carry the mark."""
    folder.mkdir(exist_ok=True)
    (folder / "curbcut.toml").write_text(SETTINGS, "utf-8")
    return Command(*arguments, cwd=folder, environ={MARK: mark})


def left(mark: str) -> list[str]:
    """Command lines of processes that carry a mark, on Linux."""
    found = []
    for environ in Path("/proc").glob("[0-9]*/environ"):
        with suppress(OSError):
            if f"{MARK}={mark}".encode() in environ.read_bytes().split(b"\0"):
                found.append(environ.with_name("cmdline").read_text("utf-8", "replace"))
    return found


def test_every_misdeed_ends_as_it_must(site: ChaosSite, tmp_path: Path) -> None:
    """In two halves at the same time: what one waits for, by silence or because it rests, the other uses."""
    paths = {site.address(path): path for path in in_turn()}
    mark = uuid.uuid4().hex
    pages: dict[str, dict[str, Any]] = {}
    with ExitStack() as stack:
        commands = []
        for half in (0, 1):
            (tmp_path / f"{half}.txt").write_text("\n".join(list(paths)[half::2]), "utf-8")
            command = begun(tmp_path / str(half), mark, "check", "--from", f"../{half}.txt")
            commands.append(stack.enter_context(command))
        for half, command in enumerate(commands):
            ended = command.end(within_s=LONGEST_S)
            assert ended.code in (0, 3), ended.err
            assert "Traceback" not in ended.err
            report = tmp_path / str(half) / "curbcut-report"
            pages |= {paths[page["url"]]: page for page in results(report)["sites"][0]["pages"]}
            assert_sound(report)
    wrong = {
        path: (page["state"], page["reason"]) for path, page in pages.items() if page["state"] not in CHAOS[path].ends
    }
    assert not wrong, json.dumps(wrong, indent=1)
    assert pages.keys() == CHAOS.keys()
    assert all(page["reason"] for page in pages.values() if page["state"] != "tested")
    assert site.posted == []
    if sys.platform == "linux":
        wait_until(lambda: not left(mark), within_s=10)


def test_a_maze_without_end_is_left_when_enough_was_seen(site: ChaosSite, tmp_path: Path) -> None:
    mark = uuid.uuid4().hex
    with begun(tmp_path, mark, "scan", f"{site.base}/calendar/1", "--max-pages", "12") as command:
        ended = command.end(within_s=LONGEST_S)
    assert ended.code in (0, 3), ended.err
    [maze] = results(tmp_path / "curbcut-report")["sites"]
    assert 2 <= len(maze["pages"]) <= 12
    assert site.asked.total() < 100
    if sys.platform == "linux":
        wait_until(lambda: not left(mark), within_s=10)


def assert_sound(report: Path) -> None:
    """Results are valid and the report is markup of ours alone."""
    schema = json.loads((ROOT / "docs" / "results.schema.json").read_text("utf-8"))
    jsonschema.validate(results(report), schema)
    documents = list(report.rglob("*.html"))
    assert documents
    for path in documents:
        text = path.read_text("utf-8")
        assert "document.title='owned'</script>" not in text
        assert not set(text) & {"\u202e", "\u202c", "\x07", "\x1b"}, path
        tree = html.fromstring(text.encode(), parser=html.HTMLParser(encoding="utf-8"))
        for script in tree.iter("script"):
            assert (script.get("src", "").removeprefix("../"), script.text) == ("report.js", None), path
        for element in tree.iter():
            assert not [name for name in element.attrib if name.startswith("on")], path
            assert not element.get("href", "").strip().lower().startswith(("javascript:", "data:")), path
