"""The [owners] table: what it may say, and errors that name its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from rules.errors import ConfigError
from scanner.owners import read_owners
from scanner.settings_sources import load_settings


def written(folder: Path, text: str) -> Path:
    (folder / "curbcut.toml").write_text(text, "utf-8")
    return folder


def test_teams_keep_their_order_and_their_contact(tmp_path: Path) -> None:
    text = """
    [owners]
    "Benefits team" = { contact = "benefits@example.gov", pages = ["/benefits/*", "/apply"] }

    [owners."Press office"]
    kinds = "/news/*"
    """
    settings = load_settings(None, {}, cwd=written(tmp_path, text))
    first, second = read_owners(settings.owners).teams
    assert first.told == "Benefits team (benefits@example.gov)"
    assert [pattern.text for pattern in first.pages] == ["/benefits/*", "/apply"]
    assert (second.told, second.kinds) == ("Press office", ("/news/*",))
    assert "owners" not in settings.public()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[owners]\nA = "x@example.gov"', r'toml:1: the owner "A" is "x@example.gov", expected a table\. Write: '),
        ('[owners.A]\ncontact = "x"', r'toml:1: the owner "A" has neither pages nor kinds\.'),
        ('[owners.A]\npage = "/x"', r'toml:1: "page" is not a part of an owner\. Did you mean "pages"\?'),
        ("[owners.A]\npages = [1]", r"pages of the owner \"A\" is \[1\], expected a text or a list of texts"),
        ('[owners.A]\npages = "a/*"', r'toml:1: "a/\*" is not a pattern of addresses\. Write "/a/\*"'),
        ('[owners.A]\ncontact = 1\npages = "/*"', r'the contact of "A" is 1, expected a short text'),
        ('[owners.""]\npages = "/*"', r'"" is not the name of a team'),
        ("owners = 1", r"toml:1: owners is 1, expected a table that begins with \[owners\]"),
    ],
)
def test_what_is_wrong_is_named_with_its_place(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(ConfigError, match=said):
        load_settings(None, {}, cwd=written(tmp_path, text))
