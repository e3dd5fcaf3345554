"""Whatever services and pages do, a scan ends in named states and an exit code, and the pages beside are unaffected."""

from __future__ import annotations

import os
import signal
import socket
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from curbcut_command import Command, Ended, closed_port, curbcut, results, states
from loopback_services import Service, hostile, running

EXPECTED = {
    "/": "tested",
    "/good": "tested",
    "/missing": "error-page",
    "/broken": "error-page",
    "/login": "login",
    "/refused": "blocked",
    "/data": "not-html",
    "/spin": "timeout",
    "/bare": "unstyled",
    "/starved": "incomplete-data",
    "/endless": "timeout",
    "/crash": "crashed",
    "/barrier": "tested",
}
SETTINGS = "page-timeout = 2.5\n"


@pytest.fixture(scope="module")
def service() -> Iterator[Service]:
    with running(hostile(" ".join(EXPECTED))) as started:
        yield started


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("bad-input")
    (made / "curbcut.toml").write_text(SETTINGS, "utf-8")
    return made


@pytest.fixture(scope="module")
def scanned(service: Service, folder: Path) -> Ended:
    with Command("scan", service.base, "--concurrency", "1", cwd=folder) as command:

        def kill_renderers() -> None:
            for pid in command.renderers():
                with suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)

        service.on_crash = kill_renderers
        return command.end()


@pytest.mark.skipif(sys.platform != "linux", reason="finds the browser's processes in /proc")
def test_every_page_of_a_service_that_does_everything_wrong_has_its_state(scanned: Ended, folder: Path) -> None:
    assert states(folder / "curbcut-report") == EXPECTED


def test_too_much_that_could_not_be_tested_is_no_judgement(scanned: Ended) -> None:
    assert scanned.code == 3
    assert scanned.out.splitlines()[-1].startswith("Exit code 3: ")
    assert len(scanned.out.splitlines()) <= 15


def test_every_untested_page_says_why_in_a_sentence(scanned: Ended, folder: Path) -> None:
    [site] = results(folder / "curbcut-report")["sites"]
    for page in site["pages"]:
        assert page["reason"].endswith(".") or page["reason"].count("http") == 1 or page["state"] == "tested", page


def test_pages_beside_bad_ones_are_judged(scanned: Ended, folder: Path) -> None:
    [site] = results(folder / "curbcut-report")["sites"]
    [barrier] = [page for page in site["pages"] if page["url"].endswith("/barrier")]
    assert any(outcome["verdict"] == "failed" and outcome["rule"] == "image-alt" for outcome in barrier["outcomes"])


def test_exactly_named_pages_that_lead_nowhere(service: Service, folder: Path) -> None:
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        mute = f"http://127.0.0.1:{silent.getsockname()[1]}/mute"
        listed = [
            "http://no-such-host.invalid/host",
            f"http://127.0.0.1:{closed_port()}/port",
            mute,
            f"{service.base}/good",
        ]
        (folder / "urls.txt").write_text("# exactly these\n" + "\n".join(listed), "utf-8")
        ended = curbcut("check", "--from", "urls.txt", "--output", "named", cwd=folder)
    assert ended.code == 3
    expected = {"/host": "unreachable", "/port": "unreachable", "/mute": "timeout", "/good": "tested"}
    assert list(states(folder / "named").items()) == list(expected.items())


def test_a_service_that_cannot_be_reached_is_never_a_good_result(folder: Path) -> None:
    ended = curbcut("scan", f"http://127.0.0.1:{closed_port()}/", "--gate", "--output", "nowhere", cwd=folder)
    assert ended.code == 3
    assert ended.out.startswith("not judged: ")
    assert "nothing accepts connections" in ended.out.splitlines()[-1]
    assert (folder / "nowhere" / "index.html").exists()
