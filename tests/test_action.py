"""The shell parts of the GitHub Action do what they say: serve, wait, judge, tell, comment once, and only shrink."""

from __future__ import annotations

import http.server
import json
import os
import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from scanner.starter import starter_files

ROOT = Path(__file__).parents[1]
PARTS = ROOT / ".github" / "action"
PAGE = '<!doctype html><html lang="en"><title>Office</title><main><h1>Office</h1><p>Welcome.</p>{0}</main></html>'
BUTTON = "<button></button>"

pytestmark = pytest.mark.skipif(not shutil.which("bash"), reason="needs bash")


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A checked-out repository with one page, and `curbcut` where a runner finds it."""
    programs = tmp_path / "bin"
    programs.mkdir()
    (programs / "curbcut").write_text(f'#!/bin/sh\nexec "{sys.executable}" -P -m scanner "$@"\n', "utf-8")
    (programs / "curbcut").chmod(0o755)
    folder = tmp_path / "checkout"
    folder.mkdir()
    (folder / "index.html").write_text(PAGE.format(""), "utf-8")
    (folder / "urls.txt").write_text("index.html\n", "utf-8")
    return folder


def run(name: str, folder: Path, **environ: str) -> subprocess.CompletedProcess[str]:
    names = {
        **os.environ,
        "PATH": f"{folder.parent / 'bin'}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": str(ROOT),
        "GITHUB_OUTPUT": str(folder.parent / "output.txt"),
        "GITHUB_STEP_SUMMARY": str(folder.parent / "summary.md"),
        **environ,
    }
    return subprocess.run(
        ["bash", PARTS / name], cwd=folder, env=names, capture_output=True, text=True, stdin=subprocess.DEVNULL
    )


def written(folder: Path, name: str) -> str:
    return (folder.parent / name).read_text("utf-8")


@pytest.mark.parametrize("name", ["gate.sh", "shrink.sh"])
def test_shell_parts_can_be_read_by_a_shell(name: str) -> None:
    assert subprocess.run(["bash", "-n", PARTS / name]).returncode == 0
    if lint := shutil.which("shellcheck"):
        assert subprocess.run([lint, PARTS / name]).returncode == 0


@pytest.mark.parametrize(
    ("kind", "path"),
    [
        ("github-actions", ROOT / "action.yml"),
        ("github-workflows", ROOT / ".github" / "workflows" / "ci.yml"),
        ("gitlab-ci", ROOT / ".gitlab" / "curbcut.gitlab-ci.yml"),
    ],
    ids=str,
)
def test_files_for_builds_fit_the_schemas_of_those_who_run_them(kind: str, path: Path) -> None:
    done = against_schema(kind, path)
    assert done.returncode == 0, done.stdout


def test_the_workflow_that_init_writes_fits_the_schema(tmp_path: Path) -> None:
    path = tmp_path / "workflow.yml"
    files = starter_files("https://www.example.gov/", profile="us-508")
    path.write_text(files[".github/workflows/curbcut.yml"], "utf-8")
    assert against_schema("github-workflows", path).returncode == 0


def test_a_broken_workflow_does_not_fit(tmp_path: Path) -> None:
    (tmp_path / "broken.yml").write_text("on: push\njobs:\n  one:\n    runs-on: []\n    stepz: []\n", "utf-8")
    assert against_schema("github-workflows", tmp_path / "broken.yml").returncode == 1


def against_schema(kind: str, path: Path) -> subprocess.CompletedProcess[str]:
    """What check-jsonschema says of a file, by a schema that comes with it."""
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", f"vendor.{kind}", str(path)]
    return subprocess.run(command, capture_output=True, text=True)


def test_workflows_are_right_where_a_linter_is_there() -> None:
    lint = shutil.which("actionlint")
    if lint is None:
        pytest.skip("needs actionlint")
    assert subprocess.run([lint], cwd=ROOT).returncode == 0


def test_every_file_and_input_that_the_action_uses_is_there() -> None:
    text = (ROOT / "action.yml").read_text("utf-8")
    for path in re.findall(r"\$GITHUB_ACTION_PATH/([\w./-]+)", text):
        assert (ROOT / path).is_file(), path
    inputs = set(re.findall(r"^  ([\w-]+):$", text.partition("inputs:")[2].partition("outputs:")[0], re.MULTILINE))
    assert set(re.findall(r"inputs\.([\w-]+)", text)) == inputs


def test_a_good_change_goes_through_and_is_told_in_the_summary(desk: Path) -> None:
    done = run("gate.sh", desk)
    assert done.returncode == 0, done.stderr
    assert written(desk, "output.txt") == "exit-code=0\n"
    assert "Curbcut: nothing that fails found by automated checks on 1 page." in written(desk, "summary.md")
    assert "::notice title=Curbcut nothing that fails" in done.stdout
    made = {path.name for path in (desk / "curbcut-report").iterdir()}
    assert {"comment.md", "curbcut-junit.xml", "curbcut.sarif", "index.html"} <= made


def test_a_new_problem_is_an_output_and_the_script_itself_goes_on(desk: Path) -> None:
    (desk / "index.html").write_text(PAGE.format(BUTTON), "utf-8")
    done = run("gate.sh", desk)
    assert (done.returncode, written(desk, "output.txt")) == (0, "exit-code=1\n")
    assert "::error file=index.html,title=Curbcut%3A button-name::" in done.stdout
    assert "### Curbcut: 1 problem at serious or worse" in written(desk, "summary.md")


def test_a_site_is_served_waited_for_and_ended(desk: Path) -> None:
    port = _free_port()
    address = f"http://127.0.0.1:{port}/"
    serve = f'"{sys.executable}" -m http.server {port} --bind 127.0.0.1'
    done = run("gate.sh", desk, CURBCUT_START=serve, CURBCUT_WAIT_FOR=address, CURBCUT_RUN=f"check {address}")
    assert written(desk, "output.txt") == "exit-code=0\n", done.stdout + done.stderr
    with pytest.raises(OSError, match="refused"):
        _connect(port)


def test_a_site_that_does_not_answer_is_no_verdict(desk: Path) -> None:
    address = f"http://127.0.0.1:{_free_port()}/"
    done = run("gate.sh", desk, CURBCUT_WAIT_FOR=address, CURBCUT_WAIT_SECONDS="1")
    assert written(desk, "output.txt") == "exit-code=3\n"
    assert f"Nothing answered at {address} within 1 seconds." in written(desk, "summary.md")
    assert "::error title=Curbcut could not judge this change::" in done.stdout


def test_a_command_that_fails_without_results_is_never_a_pass(desk: Path) -> None:
    done = run("gate.sh", desk, CURBCUT_RUN="check --from none.txt")
    assert (done.returncode, written(desk, "output.txt")) == (0, "exit-code=2\n")
    assert "could not judge this change" in written(desk, "summary.md")


def git_in(folder: Path) -> Callable[..., str]:
    return lambda *arguments: (
        subprocess.run(["git", *arguments], cwd=folder, capture_output=True, text=True, check=True).stdout
    )


def team(desk: Path) -> Callable[..., str]:
    """A repository with one known problem, pushed to a remote one."""
    git = git_in(desk)
    (desk / "index.html").write_text(PAGE.format(BUTTON), "utf-8")
    run("gate.sh", desk)
    environ = {**os.environ, "PYTHONPATH": str(ROOT)}
    create = [sys.executable, "-P", "-m", "scanner", "baseline", "create", "curbcut-report"]
    subprocess.run(create, cwd=desk, env=environ, check=True, capture_output=True)
    subprocess.run(["git", "init", "-q", "--bare", "-b", "main", desk.parent / "remote.git"], check=True)
    git("init", "-q", "-b", "main")
    git("remote", "add", "origin", str(desk.parent / "remote.git"))
    git("add", "index.html", "urls.txt", "curbcut-baseline.txt")
    git("-c", "user.name=T", "-c", "user.email=t@example.gov", "commit", "-qm", "Start")
    git("push", "-q", "--set-upstream", "origin", "main")
    return git


def test_the_ratchet_commits_what_is_fixed_and_pushes_it(desk: Path) -> None:
    git = team(desk)
    assert run("shrink.sh", desk).returncode == 0
    assert git("rev-list", "--count", "origin/main").strip() == "1", "nothing was fixed"

    (desk / "index.html").write_text(PAGE.format(""), "utf-8")
    run("gate.sh", desk)
    done = run("shrink.sh", desk)
    assert done.returncode == 0, done.stderr
    assert git("log", "-1", "--format=%s", "origin/main").strip() == "Take fixed problems out of the baseline"
    assert git("show", "--numstat", "--format=", "origin/main").split() == ["0", "1", "curbcut-baseline.txt"]


def test_where_the_ratchet_may_not_push_the_summary_proposes_the_change(desk: Path) -> None:
    git = team(desk)
    refuses = desk.parent / "remote.git" / "hooks" / "pre-receive"
    refuses.write_text("#!/bin/sh\nexit 1\n", "utf-8")
    refuses.chmod(0o755)
    (desk / "index.html").write_text(PAGE.format(""), "utf-8")
    run("gate.sh", desk)
    assert run("shrink.sh", desk).returncode == 0
    assert git("rev-list", "--count", "origin/main").strip() == "1"
    patch = written(desk, "summary.md").partition("```diff\n")[2].removesuffix("```\n")
    git("reset", "-q", "--hard", "origin/main")
    subprocess.run(["git", "apply", "-"], cwd=desk, input=patch, text=True, check=True)
    assert "button-name 1 on" not in (desk / "curbcut-baseline.txt").read_text("utf-8")


# -- one comment -------------------------------------------------------------------------------------------------------


@dataclass
class GitHub:
    """A server that keeps the comments of one pull request as GitHub's API does."""

    comments: list[dict[str, Any]] = field(default_factory=list)
    status: int = 200
    base: str = ""


@pytest.fixture
def github() -> Iterator[GitHub]:
    state = GitHub()

    class Answers(http.server.BaseHTTPRequestHandler):
        def _answer(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            body = json.loads(self.rfile.read(length)) if length else {}
            answer: Any = {}
            if self.headers["Authorization"] != "Bearer t0ken" or state.status != 200:
                self.send_response(state.status if state.status != 200 else 401)
            else:
                self.send_response(200)
                answer = self._done(body)
            self.end_headers()
            self.wfile.write(json.dumps(answer).encode())

        def _done(self, body: dict[str, Any]) -> Any:
            path, _, query = self.path.partition("?")
            if self.command == "GET":
                page = int(re.search(r"&page=(\d+)", query)[1])  # type: ignore[index]
                assert path == "/repos/team/site/issues/7/comments"
                return state.comments[(page - 1) * 100 : page * 100]
            if self.command == "POST":
                assert path == "/repos/team/site/issues/7/comments"
                state.comments.append({"id": len(state.comments) + 1, "body": body["body"]})
                return state.comments[-1]
            assert self.command == "PATCH"
            number = int(path.removeprefix("/repos/team/site/issues/comments/"))
            state.comments[number - 1]["body"] = body["body"]
            return state.comments[number - 1]

        do_GET = do_POST = do_PATCH = _answer

        def log_message(self, format: str, *args: object) -> None:
            """Nothing."""

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    state.base = f"http://127.0.0.1:{server.server_address[1]}"
    yield state
    server.shutdown()
    server.server_close()
    thread.join()


def comment(github: GitHub, folder: Path, text: str) -> subprocess.CompletedProcess[str]:
    (folder / "comment.md").write_text(text, "utf-8")
    names = {"GITHUB_API_URL": github.base, "GITHUB_REPOSITORY": "team/site", "GITHUB_TOKEN": "t0ken"}
    return subprocess.run(
        [sys.executable, PARTS / "comment.py", "comment.md"],
        cwd=folder,
        env={**os.environ, **names, "CURBCUT_ISSUE": "7"},
        capture_output=True,
        text=True,
    )


def test_one_comment_is_written_and_then_kept_up_to_date(github: GitHub, tmp_path: Path) -> None:
    github.comments += [{"id": number + 1, "body": f"Comment {number} <!-- curbcut -->"} for number in range(120)]
    assert comment(github, tmp_path, "<!-- curbcut -->\nred").returncode == 0
    assert comment(github, tmp_path, "<!-- curbcut -->\ngreen").returncode == 0
    assert len(github.comments) == 121
    assert github.comments[-1]["body"] == "<!-- curbcut -->\ngreen"


def test_a_fork_that_may_not_comment_is_told_where_the_same_text_is(github: GitHub, tmp_path: Path) -> None:
    github.status = 403
    done = comment(github, tmp_path, "<!-- curbcut -->\nred")
    assert (done.returncode, "summary of this step says the same" in done.stdout) == (0, True)


def test_any_other_fault_is_seen(github: GitHub, tmp_path: Path) -> None:
    github.status = 500
    assert comment(github, tmp_path, "<!-- curbcut -->\nred").returncode != 0


def _free_port() -> int:
    import socket

    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def _connect(port: int) -> None:
    import socket

    with socket.create_connection(("127.0.0.1", port), timeout=5):
        pass
