"""Edit links in a report: on what is fixed in a text and on the views of pages, and nowhere without the setting."""

from __future__ import annotations

from pathlib import Path

import factory
import pytest
from lxml import html

from reports.html import write_report
from reports.score import score_scan
from rules.errors import ConfigError
from scanner.settings_sources import load_settings

SCAN = factory.one_service()


def links(folder: Path, name: str) -> dict[str, str]:
    document = html.document_fromstring((folder / name).read_text("utf-8"))
    found = document.xpath("//a[starts-with(normalize-space(.), 'Edit page')]")
    assert all(link.get("rel") == "noopener noreferrer" for link in found)
    return {link.text_content(): link.get("href") for link in found}


def test_they_stand_where_a_text_is_fixed(tmp_path: Path) -> None:
    write_report(SCAN, score_scan(SCAN), tmp_path, edit_link="https://cms.example/edit/{path}")
    assert links(tmp_path, "problems/image-alt.html") == {"Edit page 1": "https://cms.example/edit/"}
    assert links(tmp_path, "problems/button-name.html") == {}
    assert links(tmp_path, "pages/0002.html") == {"Edit page 2": "https://cms.example/edit/apply"}


def test_without_the_setting_there_are_none(tmp_path: Path) -> None:
    write_report(SCAN, score_scan(SCAN), tmp_path)
    assert all(links(tmp_path, str(file.relative_to(tmp_path))) == {} for file in tmp_path.rglob("*.html"))


def test_what_is_no_pattern_is_an_error_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "curbcut.toml").write_text('seed = 1\nedit-link = "javascript:{path}"\n')
    with pytest.raises(ConfigError, match=r'toml:2: edit-link is "javascript:\{path\}", expected an http or https'):
        load_settings(None, {}, cwd=tmp_path)
    (tmp_path / "curbcut.toml").write_text('edit-link = "https://cms.example/{path}"\n')
    settings = load_settings(None, {}, cwd=tmp_path)
    assert settings.edit_link == "https://cms.example/{path}"
    assert "edit-link" not in settings.public()
