"""A part of a service is looked at: the same pages on every day, every kind of page among them, and a number.

Three scans of 40 pages of a service of 300, whose answers take their time and come in any order: one page at a
time, four at a time, and two at a time with a kill in the middle.
"""

from __future__ import annotations

import json
import random
import re
import signal
import time
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from curbcut_command import Command, curbcut, wait_until
from loopback_services import Service, running

MOST = 40
SIZES = {"news": 160, "guides": 70, "forms": 40, "people": 25}
"""Pages below each folder; with the home page and an index for each folder the service has 300."""

SHELL = (
    "<!doctype html><html lang=en><title>{title}</title><body>"
    "<header class=site-header><nav aria-label=Main><a href=/>Home</a></nav></header>"
    "<main class='{kind}'><h1>{title}</h1>{body}</main><footer class=site-footer><p>Department</p></footer>"
)
BODIES = {
    "news": "<div class=story><h2>What changed</h2><p>Rates go up.</p></div>",
    "guides": "<nav class=steps aria-label=Steps><a href=/>Start</a></nav><h2>Step one</h2><p>Get ready.</p>",
    "forms": "<form><label>Name <input name=name></label><button type=button>Go on</button></form>",
    "people": "<aside class=card><h2>Contact</h2><p>Room 4</p></aside>",
}


def page(path: str) -> tuple[int, str, str] | None:
    """The service: an index for each folder leads to its pages, and each page to the next of its folder."""
    folder, _, name = path.strip("/").partition("/")
    if path == "/":
        links = "".join(f"<p><a href=/{folder}>All {folder}</a>" for folder in SIZES)
        return 200, "text/html", SHELL.format(kind="home", title="Department", body=links)
    if folder not in SIZES:
        return None
    if not name:
        links = "".join(f"<li><a href=/{folder}/{n}>{folder} {n}</a>" for n in range(0, SIZES[folder], 2))
        return 200, "text/html", SHELL.format(kind="index", title=f"All {folder}", body=f"<ul>{links}</ul>")
    number = int(name)
    barrier = "<img src=/plan.png>" if number % 3 else ""
    beside = f"<p><a href=/{folder}/{number + 1}>Next</a>" if number + 1 < SIZES[folder] else ""
    return 200, "text/html", SHELL.format(kind=folder, title=f"{folder} {name}", body=BODIES[folder] + barrier + beside)


def restless(seed: int) -> Service:
    """The service on a day when answers take 0 to 200 ms, drawn anew for each."""
    chance = random.Random(seed)

    def answer(path: str) -> tuple[int, str, str] | None:
        time.sleep(chance.uniform(0, 0.2))
        return page(path)

    return Service(answer)


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    one, four = tmp_path_factory.mktemp("one"), tmp_path_factory.mktemp("four")
    most = ("--max-pages", str(MOST))
    with (
        running(restless(1)) as first,
        running(restless(2)) as second,
        Command("scan", f"{first.base}/", *most, "--concurrency", "1", cwd=one) as slow,
        Command("scan", f"{second.base}/", *most, "--concurrency", "4", "--keep-evidence", cwd=four) as fast,
    ):
        for ended in (fast.end(within_s=240), slow.end(within_s=240)):
            assert ended.code == 0, ended.err
    return one, four


def written(folder: Path) -> str:
    """results.json without the server's port, which is another one for each, and without times."""
    text = (folder / "curbcut-report" / "results.json").read_text("utf-8")
    text = re.sub(r"127\.0\.0\.1:\d+", "127.0.0.1:port", text)
    return re.sub(r'^ "(started|finished)": "[^"]+"', r' "\1": ""', text, flags=re.MULTILINE)


def site(folder: Path) -> dict[str, Any]:
    [found] = json.loads(written(folder))["sites"]
    return dict(found)


def test_the_same_pages_and_numbers_on_every_day(folders: tuple[Path, Path]) -> None:
    first, second = map(site, folders)
    assert [page["url"] for page in first["pages"]] == [page["url"] for page in second["pages"]]
    assert first["sample"] == second["sample"]
    assert first["scores"] == second["scores"]


def test_results_are_the_same_bytes_but_for_times(folders: tuple[Path, Path]) -> None:
    first, second = map(written, folders)
    assert first == second


def test_a_scan_that_was_killed_goes_on_with_the_same_sample(folders: tuple[Path, Path], tmp_path: Path) -> None:
    with running(restless(3)) as service:
        order = ("scan", f"{service.base}/", "--max-pages", str(MOST), "--concurrency", "2")
        with Command(*order, cwd=tmp_path) as command:
            wait_until(lambda: len(service.asked) >= MOST // 2)
            command.send(signal.SIGKILL)
            command.end()
        ended = curbcut(*order, "--resume", cwd=tmp_path)
    assert ended.code == 0, ended.err
    assert site(tmp_path) == site(folders[0])


def test_kept_evidence_is_judged_as_the_sample_that_it_is(folders: tuple[Path, Path], tmp_path: Path) -> None:
    ended = curbcut("audit", str(folders[1] / "curbcut-report" / "evidence"), cwd=tmp_path)
    assert ended.code == 0, ended.err
    scan, again = site(folders[1]), site(tmp_path)
    assert [again[name] for name in ("pages", "sample", "scores")] == [
        scan[name] for name in ("pages", "sample", "scores")
    ]


def test_every_kind_of_page_is_among_them_and_the_rest_in_proportion(folders: tuple[Path, Path]) -> None:
    pages = site(folders[0])["pages"]
    assert len(pages) == MOST
    assert all(page["state"] == "tested" for page in pages)
    assert len({page["template"] for page in pages}) == 6
    drawn = Counter(page["url"].split("/")[3] for page in pages if page["random"])
    assert drawn.total() == MOST - 9
    for folder, known in SIZES.items():
        assert abs(drawn[folder] - drawn.total() * known / sum(SIZES.values())) < 2.5, folder


def test_the_number_is_an_estimate_with_a_likely_range(folders: tuple[Path, Path]) -> None:
    scores = site(folders[0])["scores"]
    assert scores["exact"] is False
    low, high = scores["headline"]["range"]
    assert low < scores["headline"]["high"] < high


def test_what_was_left_out_is_told_by_kind(folders: tuple[Path, Path]) -> None:
    found = site(folders[0])
    kinds = {kind["pattern"]: kind for kind in found["sample"]["kinds"]}
    assert sum(kind["known"] for kind in kinds.values()) == found["sample"]["known"]
    assert kinds["/news/*"]["known"] > 80
    assert kinds["/news/*"]["title"].startswith("news ")
    report = folders[0] / "curbcut-report" / "services" / "01.html"
    told = " ".join(re.sub(r"<[^>]+>", " ", report.read_text("utf-8")).split())
    assert f"Pages like /news/* {kinds['/news/*']['known']} {kinds['/news/*']['looked_at']}" in told
    assert re.search(r"Opened 40 of \d+ known pages; 31 of them were drawn at random", told)
