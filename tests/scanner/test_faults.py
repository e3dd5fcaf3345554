"""A browser that dies, or that cannot start, costs what it must and nothing else."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from reports.model import PageResult, Scan, Tool
from reports.store import open_store
from rules.errors import EnvironmentFault
from rules.page import PageState
from rules.registry import load_rules
from scanner.browser.discover import Browser as Installed
from scanner.crawl.site import SiteCrawl
from scanner.order import Order, begin, perform
from scanner.run import Listener
from scanner.settings_sources import load_settings
from scanner.sites import Target

PAGES = 8


@pytest.fixture
def site(tmp_path: Path, serve: Callable[[Path], str]) -> str:
    folder = tmp_path / "site"
    folder.mkdir()
    links = "".join(f"<li><a href=page-{number}.html>Page {number}</a>" for number in range(PAGES))
    for name in ("index", *(f"page-{number}" for number in range(PAGES))):
        text = f"<!doctype html><html lang=en><title>{name}</title><main><h1>{name}</h1><ul>{links}</ul></main>"
        (folder / f"{name}.html").write_text(text, "utf-8")
    return f"{serve(folder)}/index.html"


def scan(url: str, folder: Path, browser: Installed, on_page: Callable[[SiteCrawl, PageResult], None]) -> Scan:
    settings = load_settings(None, {"concurrency": 2}, cwd=folder)
    rules = load_rules()
    order = Order(settings, (Target(url=url),))
    with open_store(folder / "scans.db") as store:
        number = begin(order, store, rules, tool=Tool("0"), started="")
        listener = Listener(page=on_page)
        run = perform(order, store, number, rules, browser=browser, listener=listener, clock=lambda: "")
        return asyncio.run(run)


def below(pid: int) -> Iterator[tuple[int, list[bytes]]]:
    """The processes that a process has started, and those that they started, with their command lines."""
    for task in Path(f"/proc/{pid}/task").iterdir():
        for child in (task / "children").read_text("ascii").split():
            with contextlib.suppress(OSError):
                yield int(child), Path(f"/proc/{child}/cmdline").read_bytes().split(b"\0")
                yield from below(int(child))


def is_browser(command: list[bytes]) -> bool:
    return b"chrom" in command[0] and not any(part.startswith(b"--type=") for part in command)


def is_playwright(command: list[bytes]) -> bool:
    return b"run-driver" in command


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="finds the process through /proc")
@pytest.mark.parametrize("is_victim", [is_browser, is_playwright])
def test_a_killed_browser_costs_a_retry_and_no_page(
    site: str, tmp_path: Path, installed: Installed, is_victim: Callable[[list[bytes]], bool]
) -> None:
    done: list[str] = []
    killed: list[int] = []
    shared = {pid for pid, _ in below(os.getpid())}

    def kill_after_three(_: SiteCrawl, result: PageResult) -> None:
        done.append(result.url)
        if len(done) == 3:
            for pid, command in list(below(os.getpid())):
                if pid not in shared and is_victim(command):
                    os.kill(pid, signal.SIGKILL)
                    killed.append(pid)

    found = scan(site, tmp_path, installed, kill_after_three)
    assert killed, "there was no process to kill"
    [result] = found.sites
    assert found.complete
    assert len(result.pages) == PAGES + 1
    assert {page.state for page in result.pages} == {PageState.TESTED}, [page.reason for page in result.pages]


def test_a_browser_that_cannot_start_ends_the_scan_with_its_own_words(site: str, tmp_path: Path) -> None:
    false = Installed(Path("/bin/false"), "headless-shell", "setting", "1.0")
    with pytest.raises(EnvironmentFault, match="did not start"):
        scan(site, tmp_path, false, lambda _site, _result: None)
