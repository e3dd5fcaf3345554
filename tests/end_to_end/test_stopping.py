"""A scan can be stopped, killed and gone on with at any moment: nothing is lost, nothing is done twice."""

from __future__ import annotations

import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from curbcut_command import Command, Ended, curbcut, descendants, results, states, wait_until
from loopback_services import Service, chain, running

PAGES = 8
WAIT_S = 0.3

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="sends the signals of POSIX")


@pytest.fixture
def service() -> Iterator[Service]:
    with running(chain(PAGES, wait_s=WAIT_S)) as started:
        yield started


def visited(service: Service) -> int:
    """How many pages were asked for."""
    return sum(count for path, count in service.asked.items() if path.startswith("/page-") or path == "/")


def scanning(service: Service, folder: Path, *more: str) -> Command:
    return Command("scan", service.base, "--concurrency", "2", *more, cwd=folder)


def test_ctrl_c_ends_the_scan_in_good_order_and_resume_finishes_it(service: Service, tmp_path: Path) -> None:
    with scanning(service, tmp_path) as command:
        wait_until(lambda: visited(service) >= 3)
        command.send(signal.SIGINT)
        stopped = command.end()
    assert_stopped(stopped)
    assert results(tmp_path / "curbcut-report")["complete"] is False
    done = states(tmp_path / "curbcut-report")
    assert 0 < len(done) < PAGES
    assert set(done.values()) == {"tested"}, "a page under way is finished, not lost"
    assert visited(service) == len(done)

    finished = curbcut("scan", service.base, "--concurrency", "2", "--resume", cwd=tmp_path)
    assert finished.code == 0, finished.err
    assert_whole(service, tmp_path)
    assert visited(service) == PAGES, "no page is visited twice"


def test_the_signal_by_which_systems_end_a_process_does_the_same(service: Service, tmp_path: Path) -> None:
    with scanning(service, tmp_path) as command:
        wait_until(lambda: visited(service) >= 1)
        command.send(signal.SIGTERM)
        stopped = command.end()
    assert_stopped(stopped)
    assert (tmp_path / "curbcut-report" / "index.html").exists()


def test_a_second_ctrl_c_ends_at_once_and_leaves_no_browser(service: Service, tmp_path: Path) -> None:
    service.wait_s = 20.0
    with scanning(service, tmp_path) as command:
        wait_until(lambda: visited(service) >= 1)
        started = descendants(command.process.pid)
        command.send(signal.SIGINT)
        assert command.process.stderr is not None
        said = ""
        while "stopping" not in said:
            said = command.process.stderr.readline()
            assert said, "it ended after one signal, although a page was under way"
        command.send(signal.SIGINT)
        ended = command.end(within_s=15)
    assert ended.code == 3
    assert "--resume" in ended.err
    if sys.platform == "linux":
        assert started
        wait_until(lambda: not any(Path(f"/proc/{pid}").exists() for pid in started))


def test_a_kill_in_the_middle_loses_nothing_and_repeats_only_what_was_under_way(
    service: Service, tmp_path: Path
) -> None:
    def resumed(*arguments: str) -> Ended:
        return curbcut(*arguments, "--resume", "--concurrency", "2", cwd=tmp_path)

    nothing = resumed("scan", service.base)
    assert (nothing.code, visited(service)) == (2, 0)
    assert "There is no stopped scan" in nothing.err
    with scanning(service, tmp_path) as command:
        wait_until(lambda: visited(service) >= 4)
        command.send(signal.SIGKILL)
        command.end()
    assert not (tmp_path / "curbcut-report" / "results.json").exists()

    before = visited(service)
    other = resumed("scan", service.base, "--max-pages", "3")
    assert other.code == 2
    assert "started with other settings" in other.err
    assert visited(service) == before

    finished = resumed("scan", service.base)
    assert finished.code == 0, finished.err
    assert_whole(service, tmp_path)
    assert PAGES <= visited(service) <= PAGES + 2, "only pages that were under way are visited again"

    undisturbed = curbcut("scan", service.base, "--store", "other.db", "--output", "undisturbed", cwd=tmp_path)
    assert undisturbed.code == 0
    whole, again = results(tmp_path / "undisturbed"), results(tmp_path / "curbcut-report")
    assert again["sites"] == whole["sites"]
    assert again["scores"] == whole["scores"]


def assert_stopped(ended: Ended) -> None:
    """It was stopped, says so, and is not to be mistaken for a result."""
    assert ended.code == 3, ended.err
    assert "stopping: the pages under way are finished first" in ended.err
    assert "Traceback" not in ended.err
    assert "stopped" in ended.out.splitlines()[-1]


def assert_whole(service: Service, folder: Path) -> None:
    """Every page of the service is in the report, once, and the home page first."""
    scan = results(folder / "curbcut-report")
    assert scan["complete"] is True
    [site] = scan["sites"]
    paths = [page["url"].removeprefix(service.base) for page in site["pages"]]
    assert paths[0] == "/"
    assert sorted(paths) == sorted(["/", *(f"/page-{number}" for number in range(1, PAGES))])
    assert {page["state"] for page in site["pages"]} == {"tested"}


def test_a_plain_run_after_a_stop_names_the_way_to_go_on(service: Service, tmp_path: Path) -> None:
    with scanning(service, tmp_path) as command:
        wait_until(lambda: visited(service) >= 3)
        command.send(signal.SIGKILL)
        command.end()
    again = curbcut("scan", service.base, "--concurrency", "2", cwd=tmp_path)
    [note] = [line for line in again.err.splitlines() if "--resume" in line]
    assert note.startswith("note: scan 1 of the same pages was stopped after ")
    assert again.code == 0
    assert len(states(tmp_path / "curbcut-report")) == PAGES
    third = curbcut("scan", service.base, "--concurrency", "2", cwd=tmp_path)
    assert "--resume" not in third.err, "the last scan came to its end"
