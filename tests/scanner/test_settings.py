"""Settings from a file and the command line: what applies, where paths lie, and what errors say."""

from __future__ import annotations

import json
import pickle
from pathlib import Path
from typing import get_args

import pytest
from pydantic import ValidationError

from rules.errors import ConfigError
from scanner.settings import MOST_TABS, Profile, Settings, name_in_file, tabs_for_this_machine
from scanner.settings_doc import describe
from scanner.settings_sources import load_settings

NAMES = ", ".join(map(name_in_file, Settings.model_fields))


def written(folder: Path, text: str, *, name: str = "curbcut.toml") -> Path:
    file = folder / name
    file.write_text(text, encoding="utf-8")
    return file


def error(folder: Path, **overrides: object) -> str:
    """The whole message, with the folder taken out."""
    with pytest.raises(ConfigError) as caught:
        load_settings(None, overrides, cwd=folder)
    return str(caught.value).replace(f"{folder}", "HERE")


def test_without_a_file_everything_has_a_default_beside_the_current_folder(tmp_path: Path) -> None:
    settings = load_settings(None, {}, cwd=tmp_path)
    assert settings.max_pages == 50
    assert settings.profile == "wcag22-aa"
    assert settings.output == tmp_path / "curbcut-report"
    assert settings.store == str(tmp_path / ".curbcut/curbcut.db")
    assert 1 <= settings.concurrency == tabs_for_this_machine() <= MOST_TABS


@pytest.mark.parametrize(
    ("file", "heading"), [("curbcut.toml", ""), ("pyproject.toml", "[project]\nname = 'x'\n[tool.curbcut]\n")]
)
def test_the_file_counts_and_the_command_line_wins(tmp_path: Path, file: str, heading: str) -> None:
    written(tmp_path, f"{heading}max-pages = 7\nseed = 3\npage-timeout = 9\n", name=file)
    settings = load_settings(None, {"max_pages": 0, "seed": None}, cwd=tmp_path)
    assert (settings.max_pages, settings.seed, settings.page_timeout_s) == (0, 3, 9.0)


def test_a_named_file_replaces_the_one_found(tmp_path: Path) -> None:
    written(tmp_path, "max-pages = 7\n")
    written(tmp_path, "seed = 5\n", name="other.toml")
    settings = load_settings(Path("other.toml"), {}, cwd=tmp_path)
    assert (settings.max_pages, settings.seed) == (50, 5)


def test_paths_start_from_the_file_or_from_the_current_folder_of_the_command(tmp_path: Path) -> None:
    project, current = tmp_path / "project", tmp_path / "current"
    project.mkdir()
    current.mkdir()
    file = written(project, 'output = "out"\nbaseline = "known.txt"\nbrowser = "bin/chromium"\n')
    settings = load_settings(file, {"baseline": Path("mine.txt")}, cwd=current)
    assert settings.output == project / "out"
    assert settings.store == str(project / ".curbcut/curbcut.db")
    assert settings.browser == str(project / "bin/chromium")
    assert settings.baseline == current / "mine.txt"


def test_absolute_paths_urls_and_program_names_stay_as_they_are(tmp_path: Path) -> None:
    written(tmp_path, 'browser = "chromium"\nstore = "postgresql://db/scans"\n')
    settings = load_settings(None, {"output": tmp_path / "out"}, cwd=tmp_path / "..")
    assert settings.output == tmp_path / "out"
    settings = load_settings(None, {}, cwd=tmp_path)
    assert (settings.browser, settings.store) == ("chromium", "postgresql://db/scans")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("max-page = 3", '"max-page" is not a setting. Did you mean "max-pages"?'),
        ("max_pages = 3", '"max_pages" is not a setting. Did you mean "max-pages"?'),
        ("Profile = 3", '"Profile" is not a setting. Did you mean "profile"?'),
        ("zzz = 3", f'"zzz" is not a setting. There are: {NAMES}.'),
        ("[gates]\nx = 1", '"gates" is not a setting. Did you mean "gate"?'),
        ('max-pages = "ten"', 'max-pages is "ten", expected a whole number, 0 for no limit.'),
        ("max-pages = -1", "max-pages is -1, expected a whole number, 0 for no limit."),
        ("max-pages = true", "max-pages is true, expected a whole number, 0 for no limit."),
        ("max-pages = 1.0", "max-pages is 1.0, expected a whole number, 0 for no limit."),
        ("concurrency = 0", "concurrency is 0, expected a whole number from 1 to 64."),
        ("page-timeout = nan", "page-timeout is nan, expected seconds from 1 to 600."),
        ("page-timeout = inf", "page-timeout is inf, expected seconds from 1 to 600."),
        ('page-timeout = "30"', 'page-timeout is "30", expected seconds from 1 to 600.'),
        ("max-untested = 10", "max-untested is 10, expected a share from 0 to 1, such as 0.1."),
        (f"seed = {2**63}", f"seed is {2**63}, expected a whole number, 0 or more."),
        ("keep-evidence = 1", "keep-evidence is 1, expected true or false."),
        ('fail-on = "High"', 'fail-on is "High", expected an impact: critical, serious, moderate or minor.'),
        ('robots = "ignore"', 'robots is "ignore", expected how to treat robots.txt: obey or own-site.'),
        ('contact = "me"', 'contact is "me", expected an e-mail address or a URL.'),
        ('scope = "all"', 'scope is "all", expected how far a service reaches: host or domain.'),
        ("include = 3", 'include is 3, expected a list of patterns such as ["/forms/*"].'),
        (
            'exclude = ["news/*"]',
            '"news/*" is not a pattern of addresses. '
            'Write "/news/*": * stands for any characters, everything else for itself.',
        ),
        ("max-depth = -1", "max-depth is -1, expected a whole number, 0 for no limit."),
        (
            'base-url = "preview"',
            'base-url is "preview", expected the address of a preview, such as https://preview.example.dev/.',
        ),
        (r'contact = "a@b.gov\r\nX: y"', r'contact is "a@b.gov\r\nX: y", expected an e-mail address or a URL.'),
        ('output = ""', 'output is "", expected the path of a folder.'),
        (r'output = "a\u0000b"', r'output is "a\x00b", expected the path of a folder.'),
        ("baseline = 3", "baseline is 3, expected the path of a baseline file."),
        ('store = ""', 'store is "", expected the path of a file, or a URL such as sqlite:////srv/curbcut.db.'),
        ('axe = "no.js"', "axe names HERE/no.js, and there is no such file."),
        ("output = ['a']", "output is ['a'], expected the path of a folder."),
        ("max-pages =", "this is not TOML: Invalid value. Settings look like: max-pages = 50"),
        ("seed = 1\nseed = 2", "this is not TOML: Cannot overwrite a value. Settings look like: max-pages = 50"),
    ],
)
def test_an_error_names_file_line_and_what_was_expected(tmp_path: Path, text: str, message: str) -> None:
    written(tmp_path, f"# a comment\n\n{text}\n")
    line = 4 if "\nseed" in text else 3
    assert error(tmp_path) == f"HERE/curbcut.toml:{line}: {message}"


def test_an_error_shows_the_profiles_there_are(tmp_path: Path) -> None:
    written(tmp_path, 'profile = "us508"\n')
    assert error(tmp_path) == (
        'HERE/curbcut.toml:1: profile is "us508", expected the name of a profile: '
        "wcag22-aa, us-508, us-ada-title-ii, eu-en301549-v3.2.1, eu-en301549-v4.1 or uk-psbar."
    )


def test_a_long_value_is_cut_in_an_error(tmp_path: Path) -> None:
    written(tmp_path, f'contact = "a@{"x" * 5000}"\n')
    assert len(error(tmp_path)) < 200


def test_an_error_on_the_command_line_says_so(tmp_path: Path) -> None:
    written(tmp_path, "max-pages = 3\n")
    assert error(tmp_path, max_pages=-3) == ("command line: max-pages is -3, expected a whole number, 0 for no limit.")


def test_a_line_is_found_in_its_own_section_only(tmp_path: Path) -> None:
    written(tmp_path, "[tool.other]\nseed = 1\n\n[tool.curbcut]\nseed = -1\n", name="pyproject.toml")
    assert error(tmp_path).startswith("HERE/pyproject.toml:5: seed is -1")


def test_two_places_for_settings_are_one_too_many(tmp_path: Path) -> None:
    written(tmp_path, "seed = 1\n")
    written(tmp_path, "[tool.curbcut]\nmax-pages = 1\n", name="pyproject.toml")
    assert error(tmp_path) == (
        "HERE: both curbcut.toml and [tool.curbcut] in pyproject.toml hold settings. Keep them in one of the two."
    )


@pytest.mark.parametrize("text", ["[project]\nname = 'x'\n", "this is not = = toml\n", "tool = 3\n", ""])
def test_other_peoples_pyproject_is_left_alone(tmp_path: Path, text: str) -> None:
    written(tmp_path, text, name="pyproject.toml")
    assert load_settings(None, {}, cwd=tmp_path).max_pages == 50


def test_a_setting_where_the_table_should_be_is_an_error(tmp_path: Path) -> None:
    written(tmp_path, "[tool]\ncurbcut = 3\n", name="pyproject.toml")
    assert error(tmp_path) == (
        "HERE/pyproject.toml: tool.curbcut is not a table. Write [tool.curbcut] above the settings."
    )


def test_a_named_file_must_be_there_and_be_text(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"missing\.toml: there is no such file\."):
        load_settings(Path("missing.toml"), {}, cwd=tmp_path)
    with pytest.raises(ConfigError, match=r"the file cannot be read \(is a directory\)\."):
        load_settings(tmp_path, {}, cwd=tmp_path)
    (tmp_path / "latin.toml").write_bytes(b"seed = 1\n# \xe9\n")
    with pytest.raises(ConfigError, match=r"latin\.toml:2: the file is not UTF-8 text\. Save it as UTF-8\."):
        load_settings(Path("latin.toml"), {}, cwd=tmp_path)


def test_a_byte_order_mark_and_windows_line_ends_are_read(tmp_path: Path) -> None:
    (tmp_path / "curbcut.toml").write_bytes(b"\xef\xbb\xbfmax-pages = 4\r\nseed = 2\r\n")
    assert load_settings(None, {}, cwd=tmp_path).max_pages == 4


def test_settings_never_change_and_can_be_sent_to_another_process(tmp_path: Path) -> None:
    settings = load_settings(None, {"max_pages": 3, "output": "out"}, cwd=tmp_path)
    assert pickle.loads(pickle.dumps(settings)) == settings
    with pytest.raises(ValidationError):
        settings.max_pages = 4


def test_what_results_say_holds_no_path_no_secret_and_no_machine(tmp_path: Path) -> None:
    (tmp_path / "axe.js").touch()
    given = {
        "output": tmp_path / "out", "axe": tmp_path / "axe.js", "baseline": tmp_path / "b", "browser": "/opt/chromium",
        "store": "postgresql://name:secret@db/scans", "concurrency": 3, "max_pages": 5, "keep_evidence": True,
    }  # fmt: skip
    told = load_settings(None, given, cwd=tmp_path).public()
    assert told == {**Settings().public(), "max-pages": 5}
    assert list(told) == sorted(told)
    assert json.loads(json.dumps(told)) == told
    private = {"axe", "baseline", "browser", "concurrency", "keep-evidence", "output", "store"}
    assert private.isdisjoint(told)
    assert told | {"max-pages": 5, "profile": "wcag22-aa", "robots": "obey", "seed": 0} == told


def test_every_setting_is_described_in_one_sentence_with_its_default() -> None:
    settings = {setting.name: setting for setting in describe()}
    assert ", ".join(settings) == NAMES
    for setting in settings.values():
        assert setting.description.endswith(".")
        assert setting.expects
    assert settings["concurrency"].default == "one more than processor cores, at most 8"
    assert settings["page-timeout"].default == "30"
    assert settings["keep-evidence"].default == "false"
    assert settings["browser"].default == ""
    assert settings["include"].default == ""


def test_profiles_are_those_that_the_standards_data_knows() -> None:
    data = Path(__file__).parents[2] / "rules/standards/wcag.json"
    known = json.loads(data.read_text(encoding="utf-8"))["profiles"]
    assert set(get_args(Profile)) == set(known)
