"""A house style: read from its file, wrong and hostile ones too, and what it changes in texts and on pages."""

from __future__ import annotations

import io
import json
import pickle
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from rules.errors import ConfigError
from rules.plain.style import USUAL, Style, usual_limits
from rules.registry import load_rules
from scanner.__main__ import run
from scanner.house_style import MOST_BYTES, MOST_ENTRIES, read_house_style
from scanner.settings_sources import load_settings

WORDS = """
allow = ["Change  of address", "benefit"]
[prefer]
"Fill out" = "fill in"
[limits]
sentence-words = 8
"""

Said = Callable[..., tuple[int, str, str]]


@pytest.fixture
def said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Said:
    """Run a command line in a folder with the house style words.toml: exit code, standard output, standard error."""
    (tmp_path / "words.toml").write_text(WORDS, "utf-8")
    monkeypatch.chdir(tmp_path)

    def say(*arguments: str, stdin: str = "") -> tuple[int, str, str]:
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(stdin.encode())))
        return run(arguments), *capsys.readouterr()

    return say


def test_a_file_is_read_with_white_space_and_capitals_folded(tmp_path: Path) -> None:
    (tmp_path / "words.toml").write_text(WORDS, "utf-8")
    style = read_house_style(tmp_path / "words.toml")
    assert style == Style({"sentence_words": 8}, frozenset({"change of address", "benefit"}), {"fill out": "fill in"})
    assert style.limit("sentence_words") == 8
    assert style.limit("paragraph_words") == usual_limits()["paragraph_words"]


@pytest.mark.parametrize("content", ["", "# nothing yet\n", "allow = []\n[prefer]\n[limits]\n"])
def test_a_file_without_entries_is_no_house_style(content: str, tmp_path: Path) -> None:
    (tmp_path / "words.toml").write_text(content, "utf-8")
    assert read_house_style(tmp_path / "words.toml") == USUAL


@pytest.mark.parametrize(
    ("content", "line", "says"),
    [
        ("\nalow = []", 2, '"alow" is not a part of a house style.'),
        ("[rules]", 1, '"rules" is not a part of a house style.'),
        ('allow = "benefit"', 1, 'allow is "benefit", expected a list of terms.'),
        ("allow = {}", 1, "allow is {}, expected a list of terms."),
        ('allow = ["a", 3]', 1, "entry 2 of allow is 3, expected a text of 1 to 100 characters on one line."),
        ('allow = [" "]', 1, 'entry 1 of allow is " ", expected a text'),
        (r'allow = ["\u001b[31m"]', 1, r'entry 1 of allow is "\x1b[31m", expected a text'),
        (f'allow = ["{"a" * 101}"]', 1, "expected a text of 1 to 100 characters"),
        ("\nprefer = 3", 2, "prefer is 3, expected a table that begins with [prefer]."),
        ('[prefer]\n"fill out" = 3', 2, '"fill out" in prefer is 3, expected a text'),
        ('[prefer]\n"" = "x"', 2, 'a term in prefer is "", expected a text'),
        ('[prefer]\n"Fill out" = "x"\n"fill out" = "y"', 3, 'prefer has "fill out" twice.'),
        ("[limits]\nsentence_word = 3", 2, '"sentence_word" is not a limit.'),
        ("[limits]\nsentence_words = 3", 2, '"sentence_words" is not a limit.'),
        ("[limits]\nsentence-words = 0", 2, "sentence-words is 0, expected a whole number from 1 to 10000."),
        ("[limits]\nsentence-words = true", 2, "sentence-words is true, expected a whole number"),
        ("[limits]\nsentence-words = 2.5", 2, "sentence-words is 2.5, expected a whole number"),
        ("[limits]\nsentence-words = 10001", 2, "sentence-words is 10001, expected a whole number"),
        ("[limits]\nreading-grade = 17", 2, "reading-grade is 17, expected a whole number from 1 to 16."),
        ("limits = []", 1, "limits is [], expected a table"),
        ("\nallow = @", 2, "this is not TOML: "),
        (f"[limits]\nabbreviations = {'9' * 5000}", 0, "this is not TOML: "),
        (f"a = {'[' * 90_000}", 0, "this is not TOML: "),
        ("[prefer]\n" + "".join(map("a{} = 'b'\n".format, range(MOST_ENTRIES + 1))), 1, "expected at most 2000."),
        ("#" * (MOST_BYTES + 1), 0, "the file has more than 200000 bytes."),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_with_its_place(content: str, line: int, says: str, tmp_path: Path) -> None:
    path = tmp_path / "words.toml"
    path.write_text(content, "utf-8")
    with pytest.raises(ConfigError) as error:
        read_house_style(path)
    assert says in str(error.value)
    assert f"{path}:{line}" in str(error.value) if line else str(path) in str(error.value)


def test_the_example_in_the_documentation_is_one(tmp_path: Path) -> None:
    docs = (Path(__file__).resolve().parents[2] / "docs" / "plain-language.md").read_text("utf-8")
    section = docs.partition("## House style")[2].partition("\n## ")[0]
    (tmp_path / "words.toml").write_text(section.partition("```toml\n")[2].partition("```")[0], "utf-8")
    style = read_house_style(tmp_path / "words.toml")
    assert style.preferred["fill out"] == "fill in"
    assert [name for name in usual_limits() if f"`{name.replace('_', '-')}`" not in section] == []


def test_an_unknown_limit_is_answered_with_the_known_ones(tmp_path: Path) -> None:
    (tmp_path / "words.toml").write_text("[limits]\nx = 3", "utf-8")
    with pytest.raises(ConfigError) as error:
        read_house_style(tmp_path / "words.toml")
    assert all(name.replace("_", "-") in str(error.value.do) for name in usual_limits())


def test_a_setting_names_the_file_from_its_own_folder(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "words.toml").write_text(WORDS, "utf-8")
    (tmp_path / "a" / "curbcut.toml").write_text('house-style = "words.toml"', "utf-8")
    settings = load_settings(Path("a/curbcut.toml"), {}, cwd=tmp_path)
    assert settings.style.limits == {"sentence_words": 8}
    assert settings.public()["house-style"] == {
        "allow": ["benefit", "change of address"],
        "limits": {"sentence-words": 8},
        "prefer": {"fill out": "fill in"},
    }
    assert pickle.loads(pickle.dumps(settings)) == settings
    assert str(tmp_path) not in json.dumps(settings.public())


@pytest.mark.parametrize(
    ("value", "says"),
    [("3", "house-style is 3, expected the path of a TOML file."), ('"gone.toml"', "there is no such file.")],
)
def test_a_setting_that_names_no_file_is_an_error(value: str, says: str, tmp_path: Path) -> None:
    (tmp_path / "curbcut.toml").write_text(f"house-style = {value}", "utf-8")
    with pytest.raises(ConfigError, match=says):
        load_settings(None, {}, cwd=tmp_path)


def test_the_hash_of_the_rules_knows_the_style() -> None:
    one, other = Style({"sentence_words": 8}), Style({"sentence_words": 9})
    hashes = [load_rules(plugins=(), style=style).hash for style in (USUAL, Style(), one, other)]
    assert hashes[0] == hashes[1]
    assert len(set(hashes)) == 3


def test_texts_are_judged_by_the_style_that_is_named(said: Said) -> None:
    text = "Please fill out the form and send it to your local office today."

    def found(*options: str) -> list[tuple[str, str, str]]:
        code, out, _ = said("language", "--json", *options, "-", stdin=text)
        assert code == 0
        findings = json.loads(out)["findings"]
        return [(one["rule"], text[one["start"] : one["end"]], one["suggestion"]) for one in findings]

    assert ("preferred-term", "fill out", "fill in") in found("--style", "words.toml")
    assert "long-sentence" in [rule for rule, _, _ in found("--style", "words.toml")]
    assert {"preferred-term", "long-sentence"}.isdisjoint(rule for rule, _, _ in found())


def test_words_that_the_house_allows_are_left_alone(said: Said, tmp_path: Path) -> None:
    (tmp_path / "other.toml").write_text('allow = ["utilize"]', "utf-8")
    text = "You can utilize the form to apply."
    assert "Plainer" in said("language", "-", stdin=text)[1]
    assert "Plainer" not in said("language", "--style", "other.toml", "-", stdin=text)[1]


def test_a_broken_style_ends_the_command_with_its_place(said: Said, tmp_path: Path) -> None:
    (tmp_path / "other.toml").write_bytes(b"allow = [\n'\xff']")
    code, out, err = said("language", "--style", "other.toml", "-", stdin="Text.")
    assert (code, out) == (2, "")
    assert "other.toml:2" in err


def test_pages_are_judged_by_the_style_and_results_say_so(said: Said, tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text(
        "<!doctype html><html lang=en><title>Apply for help</title><main><h1>Apply for help</h1>"
        "<p>Please fill out the form. You can send it to us by post.</p></main></html>", "utf-8",
    )  # fmt: skip

    def results(name: str) -> dict[str, Any]:
        code, _, err = said("check", "page.html", "--plain", "--only", "preferred-term", "--json", name)
        assert code == 0, err
        found: dict[str, Any] = json.loads((tmp_path / name).read_text("utf-8"))
        return found

    def verdicts(found: dict[str, Any]) -> list[str]:
        return [outcome["verdict"] for outcome in found["sites"][0]["pages"][0]["outcomes"]]

    before = results("before.json")
    (tmp_path / "curbcut.toml").write_text('house-style = "words.toml"', "utf-8")
    after = results("after.json")
    assert "failed" not in verdicts(before)
    assert "failed" in verdicts(after)
    assert before["settings"]["house-style"] is None
    assert before["sites"][0]["pages"][0].get("reading") is None
    [hard] = after["sites"][0]["pages"][0]["reading"]["sentences"]
    [reason] = hard["reasons"]
    assert (hard["text"], reason["rule"], reason["plainer"]) == (
        "Please fill out the form.",
        "preferred-term",
        "fill in",
    )
    assert hard["text"][reason["start"] : reason["end"]] == "fill out"
    shown = (tmp_path / "curbcut-report" / "pages" / "0001.html").read_text("utf-8")
    assert "Please <mark>fill out</mark> the form." in shown
    assert after["settings"]["house-style"]["prefer"] == {"fill out": "fill in"}
    assert before["tool"]["rule_set"] != after["tool"]["rule_set"]
