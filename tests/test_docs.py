"""The documents say what is so: links lead somewhere, commands run, generated pages are current, words are ours."""

from __future__ import annotations

import itertools
import json
import re
import shlex
import subprocess
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path

import jsonschema
import pytest

from reports.results import load_results, to_json
from reports.score import score_scan
from reports.words import banned_words
from rules.errors import CurbcutError
from rules.model import Verdict
from scanner.settings_sources import load_settings
from scanner.sites import parse_sites

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
DOCUMENTS = sorted([*ROOT.glob("*.md"), *DOCS.glob("*.md")])
EVERY_DOCUMENT = pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.relative_to(ROOT).as_posix())

Desk = Callable[[str], subprocess.CompletedProcess[str]]

LARGEST_PICTURE = 300_000
TESTED_ELSEWHERE = {
    "./run demo": "tests/test_run.py::test_browser_is_searched_once_for_commands_that_use_one",
    "./run test": "tests/test_run.py::test_every_check_runs_and_pytest_has_the_last_line",
    "uv tool install curbcut": "tests/test_wheel.py::test_command_comes_from_the_wheel",
    "curbcut demo": "tests/test_wheel.py::test_demo_runs_from_another_folder",
}

PAGE = '<!doctype html><html lang="en"><title>{0}</title><main><h1>{0}</h1><p>{1}</p></main></html>'
LINK = '<a href="contact.html">Contact</a>'
KNOWN = '<img src="seal.png" width="40" height="40">'
NEW = "<button></button>"


def prose(path: Path) -> str:
    """A document without its code."""
    return re.sub(r"^```.*?^```$|`[^`\n]+`", "", path.read_text("utf-8"), flags=re.MULTILINE | re.DOTALL)


def code(path: Path, language: str) -> list[str]:
    """The code blocks of a document in one language."""
    return re.findall(rf"^```{language}\n(.*?)^```$", path.read_text("utf-8"), re.MULTILINE | re.DOTALL)


def commands(path: Path) -> list[str]:
    """The command lines that a document shows, in their order."""
    return [line for block in code(path, "sh") for line in block.splitlines()]


def links(path: Path) -> list[tuple[str, str]]:
    """Text and address of every link, pictures left out."""
    return re.findall(r"(?<!!)\[([^\]]*)\]\(([^)\s]+)\)", prose(path))


def headings(path: Path) -> list[tuple[int, str]]:
    """Level and text of every heading."""
    text = re.sub(r"^```.*?^```$", "", path.read_text("utf-8"), flags=re.MULTILINE | re.DOTALL)
    return [(len(marks), text.strip()) for marks, text in re.findall(r"^(#+) (.+)$", text, re.MULTILINE)]


def anchors(path: Path) -> set[str]:
    """The names of a document's headings in addresses."""
    return {re.sub(r"[^\w\- ]", "", text.lower()).replace(" ", "-") for _, text in headings(path)}


# -- what documents look like ----------------------------------------------------------------------------------------


@EVERY_DOCUMENT
def test_relative_links_lead_somewhere(path: Path) -> None:
    for _, address in links(path):
        if "://" in address:
            continue
        file, _, anchor = address.partition("#")
        target = path.parent / file if file else path
        assert target.exists(), address
        assert not anchor or anchor in anchors(target), address


@EVERY_DOCUMENT
def test_link_texts_say_where_they_lead(path: Path) -> None:
    vague = {"", "here", "this", "link", "more", "read more", "click here", "this page"}
    assert [text for text, _ in links(path) if text.strip().lower() in vague or "://" in text] == []


@EVERY_DOCUMENT
def test_headings_are_in_order(path: Path) -> None:
    levels = [level for level, _ in headings(path)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(below <= above + 1 for above, below in itertools.pairwise(levels))


@EVERY_DOCUMENT
def test_headings_have_names_of_their_own(path: Path) -> None:
    if path.name != "CHANGELOG.md":
        assert len(anchors(path)) == len(headings(path))


@EVERY_DOCUMENT
def test_tables_have_headers_and_full_rows(path: Path) -> None:
    for found in re.findall(r"(?:^\|.*\|$\n?)+", path.read_text("utf-8"), re.MULTILINE):
        rows = [re.split(r"(?<!\\)\|", row)[1:-1] for row in found.splitlines()]
        assert all(cell.strip() for cell in rows[0]), rows[0]
        assert all(re.fullmatch(r" ?:?-+:? ?", cell) for cell in rows[1]), rows[1]
        assert {len(row) for row in rows} == {len(rows[0])}, rows[0]


@EVERY_DOCUMENT
def test_pictures_have_a_text_that_says_what_they_show(path: Path) -> None:
    for text, address in re.findall(r"!\[([^\]]*)\]\(([^)\s]+)\)", prose(path)):
        assert len(text.split()) >= 20, text
        picture = path.parent / address
        assert picture.read_bytes().startswith(b"\x89PNG")
        assert picture.stat().st_size < LARGEST_PICTURE


@EVERY_DOCUMENT
def test_no_document_has_a_banned_word(path: Path) -> None:
    assert banned_words(prose(path)) == []


def test_every_document_is_in_the_index() -> None:
    listed = {(DOCS / address).resolve() for _, address in links(DOCS / "README.md")}
    missing = [path.name for path in DOCS.glob("*.md") if path.name != "README.md" and path.resolve() not in listed]
    assert missing == [], "docs/README.md is the index"


# -- what follows from code ------------------------------------------------------------------------------------------


def test_generated_pages_are_current() -> None:
    check = subprocess.run([sys.executable, DOCS / "generate.py", "--check"], cwd=ROOT, capture_output=True, text=True)
    assert check.returncode == 0, check.stderr


def test_generator_names_what_is_out_of_date(tmp_path: Path) -> None:
    for path in DOCS.glob("generate*.py"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    script = [sys.executable, str(tmp_path / "generate.py")]
    subprocess.run(script, cwd=tmp_path, check=True, capture_output=True)
    assert subprocess.run([*script, "--check"], cwd=tmp_path).returncode == 0
    (tmp_path / "rules.md").write_text("old", "utf-8")
    stale = subprocess.run([*script, "--check"], cwd=tmp_path, capture_output=True, text=True)
    assert (stale.returncode, stale.stderr) == (1, "out of date: docs/rules.md; `python docs/generate.py` writes it\n")


def test_the_example_of_results_is_valid_and_read_back() -> None:
    path = DOCS / "results-example.json"
    schema = json.loads((DOCS / "results.schema.json").read_text("utf-8"))
    jsonschema.validate(json.loads(path.read_text("utf-8")), schema)
    scan = load_results(path)
    assert to_json(scan, score_scan(scan).as_json()) == path.read_text("utf-8")


def test_the_example_of_results_shows_something_of_everything() -> None:
    scan = load_results(DOCS / "results-example.json")
    [site] = scan.sites
    outcomes = [outcome for page in site.pages for outcome in page.outcomes]
    assert {outcome.verdict for outcome in outcomes} == set(Verdict) - {Verdict.ERROR}
    assert any(outcome.target is None for outcome in outcomes if outcome.verdict is Verdict.FAILED)
    assert any(outcome.count > 1 for outcome in outcomes)
    assert any(outcome.target and outcome.target.frame for outcome in outcomes)
    assert [page.tested for page in site.pages] == [True, True, True, False]
    assert site.site_outcomes
    scores = score_scan(scan).sites[0]
    assert scores.headline is not None


def test_settings_and_sites_of_the_documents_are_right(tmp_path: Path) -> None:
    for path in (ROOT / "README.md", DOCS / "settings.md"):
        for text in code(path, "toml"):
            (tmp_path / "curbcut.toml").write_text(text, "utf-8")
            assert load_settings(None, {}, cwd=tmp_path).max_pages == 200
        [sites] = [text for text in code(path, "text") if text.startswith("[")]
        assert [target.max_pages for target in parse_sites(sites, source=path.name)][-1] == 200


def test_contact_of_the_readme_is_a_setting(tmp_path: Path) -> None:
    [line] = re.findall(r"`(contact = [^`]+)`", (ROOT / "README.md").read_text("utf-8"))
    (tmp_path / "curbcut.toml").write_text(line, "utf-8")
    assert load_settings(None, {}, cwd=tmp_path).contact == "web-team@example.gov"


@pytest.mark.parametrize("name", ["README.md", "docs/commands.md"])
def test_exit_codes_are_those_of_the_code(name: str) -> None:
    told = re.findall(r"^\| (\d) \|", (ROOT / name).read_text("utf-8"), re.MULTILINE)
    ours = {CurbcutError.exit_code, *(kind.exit_code for kind in CurbcutError.__subclasses__())}
    assert told == [str(code) for code in sorted({0, 1, *ours})]


def test_the_changelog_knows_the_version() -> None:
    version = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    assert headings(ROOT / "CHANGELOG.md")[1][1].startswith(f"[{version}]")


# -- what users type -------------------------------------------------------------------------------------------------


@pytest.fixture
def desk(tmp_path: Path, serve: Callable[[Path], str]) -> Desk:
    """A function that runs a command line where a reader of the documents would stand: beside two pages of theirs."""
    public = tmp_path / "public"
    public.mkdir()
    (public / "index.html").write_text(PAGE.format("Office", LINK), "utf-8")
    (public / "contact.html").write_text(PAGE.format("Contact", KNOWN), "utf-8")
    base = serve(public) + "/"
    (tmp_path / "urls.txt").write_text("public/index.html\npublic/contact.html\n", "utf-8")
    (tmp_path / "sites.txt").write_text(f"{base}  name=Office\n", "utf-8")

    def run(line: str) -> subprocess.CompletedProcess[str]:
        program, *words = shlex.split(line.replace("http://localhost:8000/", base))
        assert program == "curbcut"
        words = [base if word == "https://www.example.gov" else word for word in words]
        command = [sys.executable, "-P", "-m", "scanner", *words]
        return subprocess.run(command, cwd=tmp_path, stdin=subprocess.DEVNULL, capture_output=True, text=True)

    return run


def test_commands_of_the_documents_run_as_they_stand(desk: Desk, tmp_path: Path) -> None:
    lines = [*commands(ROOT / "README.md"), *commands(DOCS / "gate.md")]
    to_run = [line for line in dict.fromkeys(lines) if line not in TESTED_ELSEWHERE]
    assert len(to_run) > 7
    for line in to_run:
        done = desk(line)
        assert done.returncode == 0, (line, done.stdout, done.stderr)
    [gate] = [line for line in to_run if "--gate" in line]
    (tmp_path / "public" / "contact.html").write_text(PAGE.format("Contact", KNOWN + NEW), "utf-8")
    done = desk(gate)
    assert done.returncode == 1, "a new problem fails the gate"
    assert "failed: 1 new problem" in done.stdout
    assert "contact.html" in done.stdout


def test_commands_of_the_readme_that_are_tested_elsewhere_are() -> None:
    shown = commands(ROOT / "README.md")
    for line, test in TESTED_ELSEWHERE.items():
        file, _, function = test.partition("::")
        assert line in shown
        assert f"def {function}(" in (ROOT / file).read_text("utf-8")
