"""A new problem must be there twice to fail a build; a scan that runs out of time is no verdict."""

from __future__ import annotations

import http.server
import threading
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from curbcut_command import curbcut, results

PAGE = (
    '<!doctype html><html lang="en"><title>{0}</title><main><h1>{0}</h1><p>Welcome to the office.</p>{1}</main></html>'
)
BANNER = '<aside class="offer"><button class="close"></button></aside>'
STEADY = '<button class="send"></button>'


class Office(http.server.ThreadingHTTPServer):
    """A service whose banner comes with every first visit to a page only."""

    daemon_threads = True

    def __init__(self) -> None:
        self.visits: Counter[str] = Counter()
        super().__init__(("127.0.0.1", 0), _Answers)

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"


class _Answers(http.server.BaseHTTPRequestHandler):
    server: Office

    def do_GET(self) -> None:
        names = {"/flaky": BANNER, "/steady": STEADY, "/both": BANNER + STEADY, "/plain": ""}
        found = names.get(self.path.partition("?")[0])
        self.server.visits[self.path] += 1
        content = "" if found is None else found
        if self.server.visits[self.path] > 1:
            content = content.replace(BANNER, "")
        body = PAGE.format(self.path.strip("/").title() or "Office", content).encode()
        self.send_response(200 if found is not None else 404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Nothing."""


@pytest.fixture
def office() -> Iterator[Office]:
    server = Office()
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


def test_what_a_second_visit_does_not_find_is_listed_and_fails_nothing(office: Office, tmp_path: Path) -> None:
    ended = curbcut("check", f"{office.base}/flaky", "--gate", cwd=tmp_path)
    assert ended.code == 0, ended.out
    assert "Unstable, so not counted: a second visit did not find 1 problem (button-name) again." in ended.out
    assert office.visits["/flaky"] == 2
    assert len(results(tmp_path / "curbcut-report")["unstable"]) == 1
    again = curbcut("gate", "curbcut-report", cwd=tmp_path)
    assert (again.code, "Unstable" in again.out) == (0, True)


def test_what_is_there_twice_fails_and_the_rest_is_listed(office: Office, tmp_path: Path) -> None:
    pages = [f"{office.base}/{name}" for name in ("plain", "both", "steady")]
    ended = curbcut("check", *pages, "--gate", cwd=tmp_path)
    assert ended.code == 1
    assert "failed: 1 problem at serious or worse." in ended.out
    assert "Unstable" in ended.out
    assert office.visits["/plain"] == 1, "only pages with something new are visited again"


def test_without_a_gate_nothing_is_visited_again(office: Office, tmp_path: Path) -> None:
    assert curbcut("check", f"{office.base}/flaky", cwd=tmp_path).code == 0
    assert office.visits["/flaky"] == 1
    assert results(tmp_path / "curbcut-report")["unstable"] == []


def test_a_deadline_that_is_over_is_no_verdict(office: Office, tmp_path: Path) -> None:
    pages = [f"{office.base}/plain?{number}" for number in range(40)]
    ended = curbcut("check", *pages, "--gate", "--deadline", "1", "--concurrency", "1", cwd=tmp_path)
    assert ended.code == 3, ended.out
    assert ended.out.splitlines()[-1] == "Exit code 3: The scan stopped before its end. Its deadline was 1 s."
    assert "stopping: the deadline of 1 s is over" in ended.err
