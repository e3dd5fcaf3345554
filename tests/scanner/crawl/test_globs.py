"""Patterns match exactly what they say, and what can match nothing is refused with a near example."""

from __future__ import annotations

import re
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.errors import ConfigError
from scanner.crawl.globs import Glob, _fits
from scanner.crawl.urls import normalise

SITE = "https://www.example.gov"
PIECES = st.text(st.sampled_from("ab/*"), max_size=8)


@pytest.mark.parametrize(
    ("pattern", "inside", "outside"),
    [
        ("/forms/*", ["/forms/", "/forms/a", "/forms/a/b", "/forms/a?x=1"], ["/forms", "/Forms/a", "/en/forms/a"]),
        ("/forms", ["/forms", "/forms?x=1"], ["/forms/", "/forms-old"]),
        ("/*/apply", ["/a/apply", "/a/b/apply"], ["/apply", "/a/apply/1"]),
        ("/search?page=*", ["/search?page=2", "/search?page=", "/search?q=1&page=2"], ["/search", "/search?pages=1"]),
        ("/search?page=*&q=a", ["/search?q=a&page=2"], ["/search?q=ab&page=2", "/search?page=2"]),
        ("/search?*", ["/search?q=1", "/search?q"], ["/search", "/search?", "/searches?q"]),
        ("/a(b)", ["/a(b)"], ["/ab"]),
        ("/été*", ["/%C3%A9t%C3%A9", "/été/1"], ["/ete"]),
        ("/list?f[0]=*", ["/list?f[0]=topic"], ["/list?f0=topic"]),
        ("https://www.example.gov/a/*", ["/a/1"], ["/b/1"]),
        ("*://WWW.example.gov/a*", ["/a/1"], ["/b"]),
        ("https://*.gov/*", ["/", "/a"], []),
        ("http://www.example.gov/*", [], ["/", "/a"]),
        ("https://news.example.gov/*", [], ["/", "/a"]),
    ],
)
def test_a_pattern_stands_for_a_whole_path(pattern: str, inside: list[str], outside: list[str]) -> None:
    glob = Glob.parse(pattern)

    def match(path: str) -> bool:
        return glob.matches(normalise(f"{SITE}{path}") or "")

    assert [path for path in inside if not match(path)] == []
    assert [path for path in outside if match(path)] == []


@pytest.mark.parametrize(
    ("written", "near"),
    [
        ("forms/*", "/forms/*"),
        ("news", "/news"),
        ("", "/forms/*"),
        ("*", "/*"),
        ("*.html", "/*.html"),
        ("www.example.gov", "https://www.example.gov/*"),
        ("news.example.gov/a/*", "https://news.example.gov/a/*"),
        ("https://www.example.gov", "https://www.example.gov/*"),
        ("ftp://a.gov/*", "https://a.gov/*"),
        ("^/news/.*$", "/news/*"),
        ("/news/.*", "/news/*"),
        (r"/news/\d+/", "/news/*/"),
        ("/a/[0-9]+", "/a/*"),
        ("/a#part", "/a"),
        ("/a b", "/a%20b"),
        ("/a\x00\u202e", "/a"),
    ],
)
def test_what_is_no_pattern_is_refused_with_a_near_one(written: str, near: str) -> None:
    with pytest.raises(ConfigError) as caught:
        Glob.parse(written, where="curbcut.toml:3")
    assert caught.value.where == "curbcut.toml:3"
    assert f'"{near}"' in caught.value.do
    assert Glob.parse(near)


@pytest.mark.parametrize("written", ["/a?utm_source=*", "/a?x=1&PHPSESSID=2", "https://a.gov:x/*", "https://a..gov/*"])
def test_what_no_address_is_like_can_never_match(written: str) -> None:
    with pytest.raises(ConfigError, match="can never match"):
        Glob.parse(written)


@pytest.mark.parametrize(
    ("written", "left_out"),
    [
        ("/*.pdf", True),
        ("/files/a.pdf", True),
        ("https://a.gov/*.PDF", True),
        ("/account/logout", True),
        ("/*/logout/*", True),
        ("/*.html", False),
        ("/pdf*", False),
        ("/v1.2/*", False),
        ("/delete-*", False),
        ("/remove-a-director-from-a-company", False),
    ],
)
def test_a_pattern_for_what_is_never_visited_is_known(written: str, left_out: bool) -> None:
    assert bool(Glob.parse(written).left_out()) == left_out


@given(PIECES, PIECES)
def test_stars_mean_what_they_mean_in_an_expression(pattern: str, text: str) -> None:
    expression = "".join(".*" if character == "*" else re.escape(character) for character in pattern)
    assert _fits(tuple(pattern.split("*")), text) == bool(re.fullmatch(expression, text, re.DOTALL))


@given(st.text())
def test_no_text_raises_anything_else(text: str) -> None:
    with suppress(ConfigError):
        glob = Glob.parse(text)
        glob.matches(f"{SITE}/")
        glob.left_out()
        glob.host_fits("a.gov")
        glob.host_below("a.gov")
