"""The same service gives the same results, byte for byte but for times and pictures, however restless it is.

Two scans of the demo under different noise (answers that take 0 to 300 ms, a banner that moves and counts,
lazy images, ids that are drawn anew for each answer), one page at a time and four at a time.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from curbcut_command import Command

from scanner.demo.noise import Noise
from scanner.demo.serve import serve

pytestmark = pytest.mark.timeout(600)
"""Two scans take their time where other tests run beside them."""

TIMES = ("started", "finished")
"""The only values of results.json that may differ: when the scan began and ended."""


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Two finished scans of two restless days, one after the other as they would take each other's time."""
    one, four = tmp_path_factory.mktemp("one"), tmp_path_factory.mktemp("four")
    noises = Noise(seed=1), Noise(seed=2)
    for noise, tabs, folder in ((noises[0], "1", one), (noises[1], "4", four)):
        with (
            serve(latency=noise.latency, mutate=noise.mutate) as service,
            Command("scan", service, "--concurrency", tabs, cwd=folder) as scan,
        ):
            ended = scan.end(within_s=240)
        assert ended.code == 0, ended.err + ended.out
    return one, four


def written(folder: Path) -> str:
    """results.json with the server's port, which is another one for each, and without times.

    A picture is named by what it shows, and the two days do show other things: the banner counts.
    Its size stays in.
    """
    text = (folder / "curbcut-report" / "results.json").read_text("utf-8")
    text = re.sub(r"127\.0\.0\.1:\d+", "127.0.0.1:port", text)
    text = re.sub(r'"assets/[0-9a-f]{64}\.webp"', '"assets/picture"', text)
    for name in TIMES:
        text, found = re.subn(rf'^ "{name}": "[^"]+"', f' "{name}": ""', text, flags=re.MULTILINE)
        assert found == 1, name
    return text


def test_the_noise_is_there(folders: tuple[Path, Path]) -> None:
    """Otherwise the rest of this file would prove nothing."""
    html = "<header></header><input id=name><img src=a.png><h1>Title</h1>"
    first, second = (Noise(seed).mutate("/", html) for seed in (1, 2))
    assert first != second
    assert re.search(r'id="name-[0-9a-f]{8}"', first)
    assert 'loading="lazy"' in first
    assert "@keyframes" in first
    assert len({round(Noise(seed).latency("/"), 3) for seed in range(20)}) > 10


def test_findings_and_scores_are_the_same(folders: tuple[Path, Path]) -> None:
    first, second = (json.loads(written(folder)) for folder in folders)
    assert first["scores"] == second["scores"]
    for before, after in zip(first["sites"], second["sites"], strict=True):
        assert [page["url"] for page in before["pages"]] == [page["url"] for page in after["pages"]]
        for page, again in zip(before["pages"], after["pages"], strict=True):
            assert page == again, page["url"]
        assert before["site_outcomes"] == after["site_outcomes"]


def test_results_are_the_same_bytes_but_for_times_and_pictures(folders: tuple[Path, Path]) -> None:
    first, second = map(written, folders)
    assert first == second
    assert len(first) > 10_000
