"""A team keeps its gate on: the story of a service, its repository and its pull requests, with the real command."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from curbcut_command import ROOT, Ended, closed_port, curbcut, results
from loopback_services import Service, running

COLOURS = "amber azure beige black brown coral green ivory mauve olive".split()  # noqa: SIM905
FRUITS = (
    *("apple", "banana", "cherry", "damson", "elder", "feijoa", "grape", "huckle", "imbe", "jujube"),
    *("kiwi", "lemon", "mango", "nectar", "orange", "papaya", "quince", "rowan", "salak", "tamarind"),
)
PATHS = ("/", "/apply", "/contact", "/forms", "/news")
OLD = 200
TODAY = "2026-11-23"
SETTINGS = 'max-pages = 20\nbaseline = "curbcut-baseline.txt"\n'


def button(name: str) -> str:
    """A button that nobody gave a name; its classes make it a component of its own."""
    return f'<button class="{name}"></button>'


def page(title: str, *content: str) -> str:
    links = "".join(f'<a href="{path}">{path.strip("/").title() or "Home"}</a> ' for path in PATHS)
    text = f"<p>Here is what the office has to say about {title.lower()}.</p><p>{links}</p>"
    body = f"<main><h1>{title}</h1>{text}{''.join(content)}</main>"
    return f'<!doctype html><html lang="en"><head><title>{title} – Office</title></head><body>{body}</body></html>'


NAMES = [f"{fruit}-{colour}" for colour in COLOURS for fruit in FRUITS]
SHARE = OLD // len(PATHS)


def old_site() -> dict[str, str]:
    """The service as it always was: five pages, forty problems on each."""
    return {
        path: page(path.strip("/").title() or "Home", *map(button, NAMES[place * SHARE : (place + 1) * SHARE]))
        for place, path in enumerate(PATHS)
    }


@dataclass
class Team:
    """A repository and the service that is built from it."""

    repository: Path
    service: Service
    site: dict[str, str]

    @property
    def base(self) -> str:
        return f"{self.service.base}/"

    def scan(self, *options: str, **environ: str) -> Ended:
        """A build: the gate over the whole service."""
        shutil.rmtree(self.repository / "curbcut-report", ignore_errors=True)
        return self.run("scan", self.base, "--gate", "--today", TODAY, *options, **environ)

    def run(self, *arguments: str, **environ: str) -> Ended:
        return curbcut(*arguments, cwd=self.repository, **environ)

    def git(self, *arguments: str) -> str:
        names = {"GIT_AUTHOR_NAME": "Team", "GIT_AUTHOR_EMAIL": "team@example.gov"}
        names |= {"GIT_COMMITTER_NAME": "Team", "GIT_COMMITTER_EMAIL": "team@example.gov"}
        done = subprocess.run(
            ["git", *arguments], cwd=self.repository, env={**os.environ, **names}, capture_output=True, text=True
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def baseline(self) -> str:
        return (self.repository / "curbcut-baseline.txt").read_text("utf-8")


@pytest.fixture(scope="module")
def first_day(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Team]:
    """The day on which the team began: everything that is wrong went into a baseline, which was committed."""
    site: dict[str, str] = {}

    def answer(path: str) -> tuple[int, str, str] | None:
        text = site.get(path)
        mime = "text/plain" if path == "/robots.txt" else "text/html"
        return None if text is None else (200, mime, text)

    with running(Service(answer)) as service:
        team = Team(tmp_path_factory.mktemp("team"), service, site)
        site.update(old_site())
        (team.repository / "curbcut.toml").write_text("max-pages = 20\n", "utf-8")
        (team.repository / ".gitignore").write_text(".curbcut/\ncurbcut-report/\n", "utf-8")
        first = team.run("scan", team.base)
        assert first.code == 0, first.err
        assert team.run("baseline", "create", "curbcut-report").out.endswith(f"with {OLD} known problems\n")
        shutil.copytree(team.repository / "curbcut-report", team.repository.parent / "first-report")
        (team.repository / "curbcut.toml").write_text(SETTINGS, "utf-8")
        team.git("init", "-q", "-b", "main")
        team.git("add", ".")
        team.git("commit", "-q", "-m", "Keep new problems out")
        yield team


@pytest.fixture
def team(first_day: Team) -> Team:
    """The team on the morning after, whatever the last pull request did."""
    first_day.git("reset", "-q", "--hard", "HEAD")
    first_day.git("clean", "-fdq")
    first_day.site.clear()
    first_day.site.update(old_site())
    return first_day


def test_the_first_run_is_green_by_its_baseline(team: Team) -> None:
    ended = team.scan()
    assert ended.code == 0, ended.out
    assert ended.out.startswith("ok: No new problems at serious or worse found by automated checks on 5 pages.\n")
    assert team.git("status", "--porcelain") == "", "a build writes nothing that is under version control"


def test_a_fix_and_a_new_problem_of_the_same_kind_are_red_and_the_new_one_is_named(team: Team) -> None:
    site = team.site["/apply"]
    team.site["/apply"] = site.replace(button(NAMES[SHARE]), "").replace(
        "</main>", button("send-form").replace("<button", '<button id="send"') + "</main>"
    )
    ended = team.scan()
    assert ended.code == 1
    assert ended.out.startswith("failed: 1 new problem at serious or worse.\n")
    assert "  Fixed, thank you: 1 problem (button-name)." in ended.out
    assert f"       {team.base}apply\n" in ended.out
    assert "       #send\n" in ended.out
    assert ended.out.count("  new: ") == 1


def test_a_renamed_page_is_green(team: Team) -> None:
    text = team.site.pop("/contact")
    team.site["/contact-us"] = text
    for path, content in team.site.items():
        team.site[path] = content.replace('href="/contact"', 'href="/contact-us"')
    ended = team.scan()
    assert ended.code == 0, ended.out
    assert "On other pages than before: 40 problems (button-name)." in ended.out


def test_one_more_of_a_known_problem_on_a_page_is_red(team: Team) -> None:
    known = button(NAMES[0])
    team.site["/"] = team.site["/"].replace(known, known + known)
    ended = team.scan()
    assert ended.code == 1
    assert f"2 times on {team.base} (known: 1)" in ended.out


PLUGIN = """
from rules import failed, page_rule


@page_rule(
    title="Titles shout less", why="Some people leave.", fix="Whisper.", wcag=("1.3.1",), impact="critical",
    scope="component", role="content",
)
def quiet_title(page):
    "A rule of another house."
    for heading in page.dom.by_tag("h1"):
        yield failed(heading, "This title shouts.")
"""


def test_a_new_rule_on_an_unchanged_site_is_green_and_warns(team: Team) -> None:
    house = team.repository.parent / "house"
    (house / "house-1.0.dist-info").mkdir(parents=True)
    (house / "house_rules.py").write_text(PLUGIN, "utf-8")
    (house / "house-1.0.dist-info" / "METADATA").write_text(
        "Metadata-Version: 2.1\nName: house\nVersion: 1.0\n", "utf-8"
    )
    entry = "[curbcut.rules]\nquiet-title = house_rules:quiet_title\n"
    (house / "house-1.0.dist-info" / "entry_points.txt").write_text(entry, "utf-8")
    upgraded = {"PYTHONPATH": f"{ROOT}{os.pathsep}{house}"}
    ended = team.scan(**upgraded)
    assert ended.code == 0, ended.out
    assert (
        "Newly detected by checks that the baseline does not know, so not counted: 1 problem (quiet-title)."
        in ended.out
    )

    (team.repository / "curbcut.toml").write_text(f"{SETTINGS}[gate]\nnew-rules-from = 2026-11-24\n", "utf-8")
    assert team.run("gate", "curbcut-report", "--today", "2026-11-23").code == 0
    assert team.run("gate", "curbcut-report", "--today", "2026-11-24").code == 1
    before = team.baseline()
    assert team.run("baseline", "update", "curbcut-report", "--rules").code == 0
    added = set(team.baseline().splitlines()) - set(before.splitlines())
    assert sorted(line.split()[1] for line in added if line[0] != "#") == ["quiet-title", "quiet-title"]
    assert team.run("gate", "curbcut-report", "--today", "2026-11-24").code == 0


def exceptions(*lines: tuple[str, str]) -> str:
    return "\n".join(
        f'[[exception]]\nrule = "button-name"\nfingerprint = "{fingerprint}"\nreason = "The shop closes."\n'
        f'owner = "Shop team"\nexpires = {day}\n'
        for fingerprint, day in lines
    )


def test_a_hundred_exceptions_change_no_score_and_one_that_is_over_is_red(team: Team) -> None:
    names = [line.split()[0] for line in team.baseline().splitlines() if " button-name " in line and line[0] != "r"]
    agreed = [(name, "2027-01-31") for name in names[:100]]
    (team.repository / "curbcut.toml").write_text(f'{SETTINGS}exceptions = "agreed.toml"\n', "utf-8")
    (team.repository / "agreed.toml").write_text(exceptions(*agreed), "utf-8")
    ended = team.scan()
    assert ended.code == 0, ended.out
    assert "100 agreed exceptions in use, which change no score: " in ended.out
    with_them, without = results(team.repository / "curbcut-report"), results(team.repository.parent / "first-report")
    assert len(with_them["agreed"]) == 100
    assert json.dumps(scores(with_them)) == json.dumps(scores(without))
    report = (team.repository / "curbcut-report" / "index.html").read_text("utf-8")
    assert report.count("Agreed exception for 1 problem: button-name at ") == 100

    over = team.run("gate", "curbcut-report", "--today", "2027-02-01")
    assert over.code == 1
    assert (
        f"The exception for button-name at {names[0]} ended on 2027-01-31, and the problem is still there." in over.out
    )
    assert "Shop team had agreed: The shop closes." in over.out


def scores(read: dict) -> list[object]:
    return [read["scores"], *([site["scores"], [page["scores"] for page in site["pages"]]] for site in read["sites"])]


def test_a_page_outside_the_sample_is_not_fixed(team: Team) -> None:
    few = team.scan("--max-pages", "3")
    assert few.code == 3
    assert f"3 pages of {team.base} tested, and 5 when the baseline was made." in few.out
    (team.repository / "curbcut.toml").write_text(f"{SETTINGS}[gate]\nexpected-pages = 3\n", "utf-8")
    ended = team.run("gate", "curbcut-report", "--today", TODAY)
    assert (ended.code, "Fixed" in ended.out) == (0, False)
    assert "Nothing says whether 80 problems of the baseline are fixed: " in ended.out
    before = team.baseline()
    team.run("baseline", "update", "curbcut-report", "--only-shrink")
    assert team.baseline() == before


def test_the_ratchet_on_main_only_takes_out_and_what_returns_is_red(team: Team) -> None:
    fixed = dict(team.site)
    fixed["/news"] = team.site["/news"].replace(button(NAMES[-1]), "")
    team.site.update(fixed)
    assert team.scan().code == 0
    assert team.run("baseline", "update", "curbcut-report", "--only-shrink", "--dry-run").code == 0
    assert team.git("diff", "--numstat") == ""
    assert team.run("baseline", "update", "curbcut-report", "--only-shrink").code == 0
    assert team.git("diff", "--numstat").split() == ["0", "1", "curbcut-baseline.txt"]
    team.site.update(old_site())
    ended = team.scan()
    assert ended.code == 1
    assert ended.out.startswith("failed: 1 new problem")


LOGIN = (
    '<form action="/in" method="post"><label>User name <input name="user"></label>'
    '<label>Password <input type="password" name="password"></label><button>Sign in</button></form>'
)


def test_a_login_wall_is_no_verdict(team: Team) -> None:
    wall = f'<!doctype html><html lang="en"><title>Sign in</title><main><h1>Sign in</h1>{LOGIN}</main></html>'
    for path in PATHS:
        team.site[path] = wall
    ended = team.scan()
    assert ended.code == 3, ended.out
    assert "login" in ended.out.lower()
    assert ended.out.startswith("not judged: ")


def test_a_server_that_is_down_is_no_verdict(team: Team) -> None:
    ended = team.run("scan", f"http://127.0.0.1:{closed_port()}/", "--gate")
    assert ended.code == 3
    assert "was not judged: " in ended.out


def test_a_robots_file_that_allows_nothing_is_no_verdict_and_says_what_helps(team: Team) -> None:
    team.site["/robots.txt"] = "User-agent: *\nDisallow: /\n"
    ended = team.scan()
    assert ended.code == 3, ended.out
    assert "robots.txt" in ended.out
    assert "own-site" in ended.out
