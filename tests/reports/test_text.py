"""Text from pages made fit to be shown."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.text import cut, file_name, language_tag, one_line, short_address, visible, web_address


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain", "plain"),
        ("café – Ελληνικά – עברית", "café – Ελληνικά – עברית"),
        ("two\tcolumns\nand lines\r\n", "two\tcolumns\nand lines\n"),
        ("a\x00b\x1b[31mc\x7f", "a⟨U+0000⟩b⟨U+001B⟩[31mc⟨U+007F⟩"),
        ("invoice\u202egnp.exe", "invoice⟨U+202E⟩gnp.exe"),
        ("\u2066isolated\u2069\ufeff\u200b", "⟨U+2066⟩isolated⟨U+2069⟩⟨U+FEFF⟩⟨U+200B⟩"),
        ("tag\U000e0041", "tag⟨U+E0041⟩"),
        ("half \ud83d", "half \ufffd"),
        ("می\u200cخواهم 👩\u200d💻", "می\u200cخواهم 👩\u200d💻"),
    ],
)
def test_what_is_hidden_becomes_visible_and_what_words_need_stays(text: str, shown: str) -> None:
    assert visible(text) == shown


@given(st.text())
def test_nothing_hidden_is_left_and_a_second_time_changes_nothing(text: str) -> None:
    shown = visible(text)
    kinds = {unicodedata.category(character) for character in shown if character not in "\t\n\u200c\u200d\xad"}
    assert kinds.isdisjoint({"Cc", "Cs", "Zl", "Zp"})
    assert visible(shown) == shown


def test_a_cut_text_says_so_and_is_never_longer() -> None:
    assert cut("four", 4) == "four"
    assert cut("fives", 4) == "fiv…"
    assert cut("a word or two", 8) == "a word…"


def test_a_line_is_one_line_however_long_the_text() -> None:
    assert one_line("  several\n\n words\there ") == "several words here"
    assert len(one_line("word " * 1_000_000)) <= 160


def test_a_short_address_keeps_host_and_end() -> None:
    assert short_address("https://service.example.gov/apply") == "service.example.gov/apply"
    shown = short_address(f"https://service.example.gov/{'deep/' * 200}page-7.html?x=1")
    assert len(shown) <= 80
    assert shown.startswith("service.example.gov/deep/")
    assert shown.endswith("/page-7.html?x=1")


@pytest.mark.parametrize(
    "url",
    ["https://a.example/", "http://127.0.0.1:8000/x?y=1#z", "HTTPS://A.EXAMPLE/%3Cb%3E", "https://münchen.example/ä"],
)
def test_web_addresses_may_be_linked(url: str) -> None:
    assert web_address(url) == url


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)//https://a.example",
        " https://a.example/",
        "java\nscript:alert(1)",
        "https://a.example/\u202egnp.exe",
        'https://a.example/"onmouseover="x',
        "https://a.example/<b>",
        "https://a.example/\\evil",
        "//a.example/",
        "/path",
        "https://",
        "https://[broken/",
        "data:text/html,x",
        "file:///etc/passwd",
        f"https://a.example/{'x' * 1000}",
        "",
    ],
)
def test_other_addresses_are_never_linked(url: str) -> None:
    assert web_address(url) == ""


@pytest.mark.parametrize(
    ("tag", "used"),
    [
        ("es", "es"),
        ("pt-BR", "pt-BR"),
        ("zh-Hant-TW", "zh-Hant-TW"),
        ("xx", ""),
        ("e ", ""),
        ("english", ""),
        ('en"', ""),
    ],
)
def test_only_languages_that_exist_are_used(tag: str, used: str) -> None:
    assert language_tag(tag) == used


def test_a_plain_name_stays_and_any_other_becomes_one() -> None:
    assert file_name("image-alt") == "image-alt"
    assert file_name("../../etc/passwd").startswith("etc-passwd-")
    assert file_name("") != ""


@given(st.text(), st.text())
def test_file_names_are_safe_and_tell_names_apart(one: str, other: str) -> None:
    names = file_name(one), file_name(other)
    assert all(set(name) <= set("abcdefghijklmnopqrstuvwxyz0123456789-") and len(name) <= 60 for name in names)
    assert one == other or names[0] != names[1]
