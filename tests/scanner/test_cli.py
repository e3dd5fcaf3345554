"""The command line as people and programs meet it: help, errors in words, exit codes, and what is loaded."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from reports.model import PageResult, Sample, Scan, SiteResult, Tool
from reports.results import save_results
from rules.errors import NotJudged
from rules.model import PageOutcome, Place, Verdict
from rules.registry import load_rules
from scanner import cli
from scanner.__main__ import foreign_package, run
from scanner.settings_sources import load_settings
from scanner.sites import read_sites

ROOT = Path(__file__).resolve().parents[2]
COMMANDS = {
    "Start": ["demo", "scan", "init", "doctor"],
    "Fix": ["check", "language", "rules", "audit"],
    "Gate": ["gate", "review", "baseline"],
    "Report": ["report", "export", "history", "periodic", "purge"],
}
Said = Callable[..., tuple[int, str, str]]


@pytest.fixture
def said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Said:
    """Run a command line in an empty folder: exit code, standard output, standard error."""
    monkeypatch.chdir(tmp_path)

    def say(*arguments: str) -> tuple[int, str, str]:
        code = run(arguments)
        return code, *capsys.readouterr()

    return say


@pytest.fixture
def mute() -> Iterator[socket.socket]:
    """A server that only notes who comes."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        listening.settimeout(0)
        yield listening


def results_file(folder: Path, *, state: str = "judged", impact: str = "critical") -> Path:
    """A results.json with one problem on one page."""
    problem = PageOutcome(
        "image-alt",
        Verdict.FAILED,
        wcag=("1.1.1",),
        impact=impact,  # type: ignore[arg-type]
        target=Place("img", "<img>"),
        message="No text.",
        fingerprint="0123456789abcdef",
    )
    page = PageResult(url="https://www.example.gov/", outcomes=(problem,) if state == "judged" else ())
    site = SiteResult(
        url=page.url, name="Example", state=state, reason="Nobody was at home.", sample=Sample(1, 1), pages=(page,)
    )
    rules = tuple(replace(info, impact=impact) if info.id == "image-alt" else info for info in load_rules().infos)  # type: ignore[arg-type]
    scan = Scan(1, "2030-01-01T00:00:00Z", "2030-01-01T00:01:00Z", Tool("1"), {}, rules, (site,))
    path = folder / "results.json"
    save_results(path, scan)
    return path


def test_help_groups_the_commands_by_what_a_person_wants(said: Said) -> None:
    code, out, err = said("--help")
    assert (code, err) == (0, "")
    groups = re.findall(r"^(\w+):\n((?:  .*\n)+)", out, re.MULTILINE)
    found = {name: re.findall(r"^  (\w+) ", rows, re.MULTILINE) for name, rows in groups if name in COMMANDS}
    assert found == COMMANDS
    assert list(found) == list(COMMANDS)
    assert "..." not in out.replace("[ARGS]...", ""), "every command is told in a whole sentence"
    assert "Exit codes: 0 " in out


def test_without_arguments_there_is_help(said: Said) -> None:
    assert said()[:2] == said("--help")[:2]


@pytest.mark.parametrize("command", [name for names in COMMANDS.values() for name in names])
def test_every_command_has_help_in_plain_text(said: Said, command: str) -> None:
    code, out, _ = said(command, "--help")
    assert code == 0
    assert out.isascii()
    assert max(map(len, out.splitlines())) <= 80
    assert "--debug" in out or command == "baseline"


@pytest.mark.parametrize("command", ["scan", "check", "demo"])
def test_commands_that_look_at_pages_share_their_options(said: Said, command: str) -> None:
    _, out, _ = said(command, "--help")
    for option in ("--output DIR", "--json FILE", "--config FILE", "--store URL", "--concurrency N", "--plain"):
        assert option in out
    assert ("--resume" in out) == (command != "demo")
    assert ("--max-pages N" in out) == (command == "scan")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ("nonsense", "No such command 'nonsense'."),
        ("dmo", "Did you mean 'demo'?"),
        ("scan --outptu x", "--output"),
        ("scan --max-pages many", "expected a whole number, found 'many'."),
        ("scan --max-pages -1", "expected a whole number, found '-1'."),
        ("scan --concurrency 0", "expected a whole number from 1 to 64"),
        ("scan --profile wcag9", "expected the name of a profile"),
        ("scan --fail-on terrible", "expected an impact: critical, serious"),
        ("scan --output", "requires an argument"),
        ("scan --config none.toml", "there is no such file"),
        ("scan", "sites.txt: there is no such file."),
        ("scan empty.txt", "empty.txt: the list names no service."),
        ("scan nonsense", '"nonsense" is not an address.'),
        ("scan http://", '"http://" is not an address.'),
        ("scan ftp://example.gov", "only http and https"),
        ("scan sites-with-fault.txt", "sites-with-fault.txt:2: "),
        ("check", "There is no page to check."),
        ("check http://%%%/", "is not an address."),
        ("check page.html", "page.html: There is no such file."),
        ("check .", "This is a folder"),
        ("check page.html --only imag-alt", "Did you mean image-alt?"),
        ("check --from none.txt", "there is no such file."),
        ("check --from empty.txt", "There is no page to check."),
        ("gate none", "There is no such results file."),
        ("gate empty.txt", "empty.txt"),
        ("gate", "Missing argument"),
        ("report none.json", "There is no such results file."),
        ("baseline", "Missing command."),
        ("baseline create none.json", "There is no such results file."),
        ("baseline update none.json", "There is no such baseline."),
        ("baseline update . --rules --only-shrink", "Use one of both."),
        ("baseline show", "There is no such baseline."),
        ("gate . --today tomorrow", "expected a day such as 2027-01-31, found 'tomorrow'."),
        ("export pdf none", "There is no format 'pdf'. Use one of: text, markdown, github, junit, sarif, earl, json"),
        ("init nonsense", '"nonsense" is not an address.'),
        ("init a.gov --profile wcag9", "expected the name of a profile"),
        ("review none", "There is no such results file."),
        ("review . 0123456789abcdef", "There is no such results file."),
        ("audit none", "There is no kept evidence here."),
        ("rules no-such-rule", "There is no rule no-such-rule."),
        ("rules imag-alt", "Did you mean image-alt?"),
    ],
)
def test_wrong_usage_is_one_sentence_that_helps(said: Said, tmp_path: Path, arguments: str, words: str) -> None:
    (tmp_path / "empty.txt").write_text("# nothing\n", "utf-8")
    (tmp_path / "sites-with-fault.txt").write_text("https://www.example.gov\nhttps://www.example.gov max=3\n", "utf-8")
    code, out, err = said(*arguments.split())
    assert (code, out) == (2, "")
    assert re.fullmatch(r"error: .*[.?a-z`]\n", err), err
    assert words in err


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ("--output file.txt/report", "file.txt/report: Nothing can be written here"),
        ("--json file.txt/results.json", "file.txt/results.json: Nothing can be written here"),
        ("--json .", "This is a folder"),
        ("--store file.txt/store.db", "file.txt"),
        ("--store file.txt", "file.txt"),
        ("--gate --baseline none.txt", "none.txt: There is no such baseline."),
        ("--baseline none.txt", "none.txt: There is no such baseline."),
        ("--browser ./no-browser", "no-browser"),
        ("--browser ./fake-browser", "the browser did not start"),
        ("--output homepage", "homepage: This folder holds an index.html"),
    ],
)
def test_what_is_wrong_here_is_found_before_a_page_is_asked_for(
    said: Said, mute: socket.socket, tmp_path: Path, arguments: str, words: str
) -> None:
    (tmp_path / "file.txt").write_text("A file of somebody's, too long for an empty database. " * 20, "utf-8")
    (tmp_path / "homepage").mkdir()
    own = tmp_path / "homepage" / "index.html"
    own.write_text("<title>My own page</title>", "utf-8")
    fake = tmp_path / "fake-browser"
    fake.write_text('#!/bin/sh\n[ "$1" = --version ] && echo Chromium 150.0.0.0 && exit\nexit 1\n', "utf-8")
    fake.chmod(0o755)
    code, out, err = said("check", f"http://127.0.0.1:{mute.getsockname()[1]}/", *arguments.split())
    assert (code, out) == (2, "")
    assert err.splitlines()[-1].startswith("error: ")
    assert words in err.splitlines()[-1]
    assert own.read_text("utf-8") == "<title>My own page</title>"
    with pytest.raises(BlockingIOError):
        mute.accept()


def test_the_gate_says_ok_failed_or_not_judged(said: Said, tmp_path: Path) -> None:
    results_file(tmp_path)
    code, out, _ = said("gate", ".")
    assert code == 1
    assert out.startswith("failed: 1 problem at serious or worse.\n")
    assert "new: No text (critical, image-alt)" in out
    assert "https://www.example.gov/" in out

    assert said("baseline", "create", ".")[:2] == (0, "written: curbcut-baseline.txt with 1 known problem\n")
    code, out, _ = said("gate", "results.json", "--baseline", "curbcut-baseline.txt")
    assert (code, out.partition(":")[0]) == (0, "ok")

    results_file(tmp_path, state="not-judged")
    code, out, _ = said("gate", ".")
    assert code == 3
    assert out.startswith("not judged: not enough was looked at.\n")
    assert "Nobody was at home." in out


def test_the_gate_counts_from_the_impact_that_was_asked_for(said: Said, tmp_path: Path) -> None:
    results_file(tmp_path, impact="moderate")
    assert said("gate", ".")[0] == 0
    assert said("gate", ".", "--fail-on", "moderate")[0] == 1
    (tmp_path / "curbcut.toml").write_text('fail-on = "minor"\n', "utf-8")
    assert said("gate", ".")[0] == 1


def test_a_baseline_is_never_written_over(said: Said, tmp_path: Path) -> None:
    results_file(tmp_path)
    (tmp_path / "known.txt").write_text("mine", "utf-8")
    code, _, err = said("baseline", "create", ".", "--file", "known.txt")
    assert code == 2
    assert "exists already" in err
    assert (tmp_path / "known.txt").read_text("utf-8") == "mine"


def test_a_project_starts_with_files_that_are_right_and_writes_over_nothing(said: Said, tmp_path: Path) -> None:
    (tmp_path / ".gitignore").write_text("dist/", "utf-8")
    code, out, err = said("init", "benefits.example.gov", "--profile", "us-508", "--no-scan")
    assert (code, err) == (0, "")
    assert out.splitlines()[-1] == "next: curbcut scan, then curbcut baseline create curbcut-report"
    assert (tmp_path / ".gitignore").read_text("utf-8") == "dist/\n.curbcut/\ncurbcut-report/\n"
    settings = load_settings(None, {}, cwd=tmp_path)
    assert (settings.profile, settings.baseline) == ("us-508", tmp_path / "curbcut-baseline.txt")
    assert read_sites(tmp_path / "sites.txt")[0].url == "https://benefits.example.gov/"
    code, _, err = said("init", "https://other.example.gov")
    assert (code, err) == (2, "error: curbcut.toml: This file exists already, and nothing was written.\n")


def test_a_false_alarm_is_answered_once_and_named_ever_after(said: Said, tmp_path: Path) -> None:
    results_file(tmp_path)
    assert said("review", ".")[:2] == (0, "0 open questions.\n")
    code, _, err = said("review", ".", "0123456789abcdef", "--answer", "no-problem", "--name", "Ada")
    assert (code, "An answer needs --reason." in err) == (2, True)
    answer = ("--answer", "no-problem", "--name", "Ada Lovelace", "--reason", "It only decorates.")
    code, out, _ = said("review", ".", "0123456789abcdef", *answer, "--today", "2026-11-23")
    assert (code, out) == (0, "written: curbcut-reviews.txt: image-alt 0123456789abcdef is no problem\n")
    assert (tmp_path / "curbcut-reviews.txt").read_text("utf-8").splitlines()[1] == (
        '0123456789abcdef image-alt no-problem 1 2026-11-23 "Ada Lovelace"  It only decorates.'
    )
    assert said("gate", ".")[0] == 1
    (tmp_path / "curbcut.toml").write_text('reviews = "curbcut-reviews.txt"\n', "utf-8")
    code, out, _ = said("gate", ".")
    assert (code, "by Ada Lovelace" in out) == (0, True)


def test_a_report_can_be_written_again_over_itself_but_over_nothing_else(said: Said, tmp_path: Path) -> None:
    results_file(tmp_path)
    for _ in range(2):
        code, out, err = said("report", "results.json", "--output", "again")
        assert (code, err) == (0, "")
        assert out == f"written: {tmp_path / 'again' / 'index.html'}\n"
    (tmp_path / "index.html").write_text("<title>My own page</title>", "utf-8")
    code, _, err = said("report", "results.json", "--output", ".")
    assert code == 2
    assert "is no report of Curbcut's" in err
    assert (tmp_path / "index.html").read_text("utf-8") == "<title>My own page</title>"


def test_rules_are_listed_and_explained(said: Said) -> None:
    code, out, _ = said("rules")
    assert code == 0
    assert [line.split()[0] for line in out.splitlines()] == [info.id for info in load_rules().infos]
    code, out, _ = said("rules", "image-alt")
    assert code == 0
    assert "Why: " in out
    assert "How to fix: " in out
    assert "Success criteria: 1.1.1" in out


def test_a_traceback_comes_only_with_debug(said: Said) -> None:
    assert "Traceback" not in said("gate", "none")[2]
    code, _, err = said("gate", "none", "--debug")
    assert code == 2
    assert "Traceback" in err
    assert err.splitlines()[-1].startswith("error: ")


@pytest.mark.parametrize(
    ("error", "code", "words"),
    [
        (KeyError("x" * 9000), 4, "error: This is a defect in Curbcut: KeyError: "),
        (NotJudged("Too little was looked at."), 3, "error: Too little was looked at."),
        (KeyboardInterrupt(), 3, "stopped: "),
    ],
)
def test_whatever_ends_a_command_has_words_and_an_exit_code(
    said: Said, monkeypatch: pytest.MonkeyPatch, error: BaseException, code: int, words: str
) -> None:
    def broken(_: object) -> int:
        raise error

    monkeypatch.setattr(cli, "dispatch", broken)
    ended, out, err = said("rules")
    assert (ended, out) == (code, "")
    assert err.startswith(words)
    assert len(err) < 700


def _process(*arguments: str, cwd: Path, **more: object) -> subprocess.CompletedProcess[str]:
    environ = {**os.environ, "PYTHONPATH": str(ROOT)}
    options: dict[str, object] = {"capture_output": True, "text": True, "env": environ, **more}
    return subprocess.run([sys.executable, *arguments], cwd=cwd, check=False, **options)  # type: ignore[call-overload,no-any-return]


LOADED = """
import sys
from scanner.__main__ import run
code = run(sys.argv[1:])
print(code, *sorted({name.partition(".")[0] for name in sys.modules}), file=sys.stderr)
"""


@pytest.mark.parametrize(
    ("arguments", "also"),
    [
        ("--help", {"sqlalchemy", "jinja2", "rich", "bs4"}),
        ("gate results.json", {"sqlalchemy", "rich", "jinja2"}),
        ("report results.json", {"sqlalchemy", "rich"}),
        ("baseline create results.json", {"sqlalchemy", "rich", "jinja2"}),
        ("rules", {"sqlalchemy", "rich", "jinja2"}),
    ],
)
def test_commands_without_a_scan_load_no_browser_code(tmp_path: Path, arguments: str, also: set[str]) -> None:
    results_file(tmp_path)
    ended = _process("-c", LOADED, *arguments.split(), cwd=tmp_path)
    code, *loaded = ended.stderr.splitlines()[-1].split()
    assert code == ("1" if arguments.startswith("gate") else "0"), ended.stderr
    assert "scanner" in loaded
    assert not {"playwright", "httpx", "axe_playwright_python", "asyncio", *also} & set(loaded)


def test_a_reader_who_leaves_early_changes_no_exit_code(tmp_path: Path) -> None:
    results_file(tmp_path)
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "w") as gone:
        ended = _process(
            "-m", "scanner", "gate", ".", cwd=tmp_path, capture_output=False, stdout=gone, stderr=subprocess.PIPE
        )
    assert (ended.returncode, ended.stderr) == (1, "")


def test_a_terminal_that_knows_few_letters_gets_question_marks(tmp_path: Path) -> None:
    results_file(tmp_path)
    environ = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "ascii"}
    (tmp_path / "curbcut.toml").write_text('"höher" = 1\n', "utf-8")
    ended = _process("-m", "scanner", "gate", ".", cwd=tmp_path, env=environ)
    assert ended.returncode == 2
    assert "error: " in ended.stderr
    assert "h?her" in ended.stderr


def test_another_distribution_of_the_same_name_is_named(tmp_path: Path) -> None:
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "__init__.py").write_text("", "utf-8")
    environ = {**os.environ, "PYTHONPATH": os.pathsep.join((str(tmp_path), str(ROOT)))}
    ended = _process("-m", "scanner", "--version", cwd=ROOT.parent, env=environ)
    assert ended.returncode == 2
    assert f"Another package named `rules` is installed here ({tmp_path / 'rules'})" in ended.stderr
    assert "Install Curbcut alone" in ended.stderr
    assert foreign_package(ROOT) == ""
    assert "`rules`" in foreign_package(tmp_path)


def test_the_version_is_told(said: Said) -> None:
    code, out, _ = said("--version")
    assert code == 0
    assert re.fullmatch(r"curbcut \d+\.\d+\.\d+.*\n", out)
