"""A scan of a service that does everything wrong: every page ends as it must, in bounded time, and nothing stays."""

from __future__ import annotations

import json
import sys
import uuid
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import jsonschema
import pytest
from chaos_site import CHAOS, ChaosSite, in_turn, serving
from curbcut_command import ROOT, Ended, curbcut, results, wait_until
from lxml import html

LONGEST_S = 270.0
"""It takes about a minute on two free cores; this tells a scan that hangs from a busy machine."""
SETTINGS = """
page-timeout = 2
page-memory = 900
concurrency = 2
"""
MARK = "CURBCUT_CHAOS"


@pytest.fixture
def site() -> Iterator[ChaosSite]:
    with serving() as started:
        yield started


def run(folder: Path, *arguments: str) -> tuple[Ended, str]:
    """How the command ended, and the mark that all its processes carry."""
    (folder / "curbcut.toml").write_text(SETTINGS, "utf-8")
    mark = uuid.uuid4().hex
    ended = curbcut(*arguments, cwd=folder, within_s=LONGEST_S, **{MARK: mark})
    return ended, mark


def left(mark: str) -> list[str]:
    """Command lines of processes that carry a mark, on Linux."""
    found = []
    for environ in Path("/proc").glob("[0-9]*/environ"):
        with suppress(OSError):
            if f"{MARK}={mark}".encode() in environ.read_bytes().split(b"\0"):
                found.append(environ.with_name("cmdline").read_text("utf-8", "replace"))
    return found


def test_every_misdeed_ends_as_it_must(site: ChaosSite, tmp_path: Path) -> None:
    paths = {site.address(path): path for path in in_turn()}
    (tmp_path / "urls.txt").write_text("\n".join(paths), "utf-8")
    ended, mark = run(tmp_path, "check", "--from", "urls.txt")
    assert ended.code in (0, 3), ended.err
    assert "Traceback" not in ended.err
    report = tmp_path / "curbcut-report"
    pages = {paths[page["url"]]: page for page in results(report)["sites"][0]["pages"]}
    wrong = {
        path: (page["state"], page["reason"]) for path, page in pages.items() if page["state"] not in CHAOS[path].ends
    }
    assert not wrong, json.dumps(wrong, indent=1)
    assert pages.keys() == CHAOS.keys()
    assert all(page["reason"] for page in pages.values() if page["state"] != "tested")
    assert "MB of memory" in pages["/memory"]["reason"]
    assert site.posted == []
    assert_sound(report)
    if sys.platform == "linux":
        wait_until(lambda: not left(mark), within_s=10)


def test_a_maze_without_end_is_left_when_enough_was_seen(site: ChaosSite, tmp_path: Path) -> None:
    ended, mark = run(tmp_path, "scan", f"{site.base}/calendar/1", "--max-pages", "12")
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
        assert tree.findall(".//script") == []
        for element in tree.iter():
            assert not [name for name in element.attrib if name.startswith("on")], path
            assert not element.get("href", "").strip().lower().startswith(("javascript:", "data:")), path
