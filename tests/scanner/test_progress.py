"""Progress tells where a run stands: one live line for a terminal that can, plain lines for everything else."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, ClassVar

import pytest

from reports.model import PageResult, SiteResult, Tool
from reports.store import Store, open_store
from rules.model import PageOutcome, Verdict
from scanner.crawl.pace import Limits
from scanner.crawl.queue import SiteQueue
from scanner.crawl.site import SiteCrawl
from scanner.progress import LiveProgress, Progress, progress_for
from scanner.run import Run, RunPlan
from scanner.sites import Target
from scanner.visit import VisitPlan

NAMES = ("Benefits", "Taxes\x1b[31m")


@pytest.fixture
def run(tmp_path: Path) -> Iterator[Run]:
    """A run over two services of three known pages each, nothing looked at yet."""
    with open_store(tmp_path / "store.db") as store:
        plan = RunPlan(scan=1, concurrency=1, limits=Limits(), visit=VisitPlan(), tabs=_unused())
        yield Run(store, plan, _unused(), _crawls(store))


def _crawls(store: Store) -> list[SiteCrawl]:
    targets = [Target(url=f"https://{number}.example.gov/", name=name) for number, name in enumerate(NAMES)]
    sites = [(SiteResult(url=target.url, name=target.name), {"url": target.url}) for target in targets]
    number = store.create_scan(started="", tool=Tool("1"), rules=(), sites=sites)
    crawls = []
    for position, target in enumerate(targets):
        queue = SiteQueue(store, scan=number, site=position)
        queue.add_seeds([(f"{target.url}{page}", f"{target.url}{page}") for page in range(3)])
        crawls.append(SiteCrawl(position, target, queue))
    return crawls


def _unused() -> Any:
    return None


def look_at(progress: Progress, site: SiteCrawl, *fingerprints: str, wcag: tuple[str, ...] = ("1.1.1",)) -> None:
    """Commit the next page of a site with these problems, and tell progress."""
    item = site.queue.take()
    assert item
    outcomes = tuple(PageOutcome("rule", Verdict.FAILED, wcag=wcag, fingerprint=known) for known in fingerprints)
    result = PageResult(url=item.url, outcomes=outcomes)
    site.queue.commit_page(item, result)
    progress.page(site, result)


async def test_a_line_says_pages_rate_time_left_service_and_problems(run: Run) -> None:
    progress = Progress()
    async with progress.over(run):
        assert progress.line() == "0 of 6 known pages, 0 problems so far"
        look_at(progress, run.sites[0], "a", "b")
        line = progress.line()
    assert line.startswith("1 of 6 known pages, ")
    assert " a second, about " in line
    assert line.endswith(" left, Benefits, 2 problems so far")


async def test_the_same_problem_on_two_pages_is_one_and_advice_is_none(run: Run) -> None:
    progress = Progress()
    async with progress.over(run):
        for _ in range(2):
            look_at(progress, run.sites[0], "a")
        look_at(progress, run.sites[0], "advice", wcag=())
        assert progress.line().endswith(", 1 problem so far")
        look_at(progress, run.sites[1], "a")
        assert progress.line().endswith(", 2 problems so far"), "another service's problem is another one"


async def test_pages_that_a_run_before_looked_at_count_as_done_but_not_for_the_rate(run: Run) -> None:
    look_at(Progress(), run.sites[0])
    progress = Progress()
    async with progress.over(run):
        assert progress.line() == "1 of 6 known pages, 0 problems so far"
        look_at(progress, run.sites[0])
        assert progress.line().startswith("2 of 6 known pages, ")


async def test_plain_lines_begin_with_the_state_and_hold_no_control_characters(
    run: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    progress = Progress()
    async with progress.over(run):
        look_at(progress, run.sites[1])
    out, err = capsys.readouterr()
    assert out == ""
    lines = err.splitlines()
    assert [line.partition(": ")[0] for line in lines] == ["started", "done"]
    assert all(line.isprintable() for line in lines), lines


async def test_a_stopped_run_is_not_called_done(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    async with Progress().over(run):
        run.stop()
    assert capsys.readouterr().err.splitlines()[-1].startswith("stopped: ")


async def test_lines_come_while_nothing_happens_and_only_so_often(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    class Hasty(Progress):
        every_s: ClassVar[float] = 0.05

    progress = Hasty()
    async with progress.over(run):
        for _ in range(3):
            look_at(progress, run.sites[0])  # pages alone bring no line
        assert "running" not in capsys.readouterr().err
        await asyncio.sleep(0.3)
        assert "running: 3 of 6 known pages" in capsys.readouterr().err
    capsys.readouterr()
    await asyncio.sleep(0.15)
    assert capsys.readouterr().err == "", "nothing is said after the end"
    assert Progress.every_s == 15


async def test_nobody_listening_does_not_end_the_run(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "w") as gone:
        monkeypatch.setattr(sys, "stderr", gone)
        progress = Progress()
        async with progress.over(run):
            look_at(progress, run.sites[0])
        assert progress.line().startswith("1 of 6")


@contextmanager
def _terminal(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    ours, theirs = os.openpty()
    with os.fdopen(theirs, "w") as terminal, os.fdopen(ours, "rb"):
        monkeypatch.setattr(sys, "stderr", terminal)
        yield


@pytest.mark.skipif(sys.platform == "win32", reason="needs the terminals of POSIX")
@pytest.mark.parametrize(
    ("plain", "environ", "kind"),
    [
        (False, {"TERM": "xterm"}, LiveProgress),
        (True, {"TERM": "xterm"}, Progress),
        (False, {"TERM": "dumb"}, Progress),
        (False, {"TERM": "xterm", "CI": "true"}, Progress),
    ],
)
def test_only_a_terminal_that_can_gets_the_live_line(
    monkeypatch: pytest.MonkeyPatch, plain: bool, environ: dict[str, str], kind: type[Progress]
) -> None:
    with _terminal(monkeypatch):
        assert type(progress_for(plain=plain, environ=environ)) is kind


def test_a_pipe_gets_plain_lines() -> None:
    assert type(progress_for(plain=False, environ={"TERM": "xterm"})) is Progress
