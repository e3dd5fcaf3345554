"""Addresses of pages of one make have one pattern, others have others, and no address is too strange for one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.crawl.pattern import DEEPEST, MOST_PARAMETERS, local, pattern, wider

HOME = "https://www.example.gov/"


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("/", "/"),
        ("/contact", "/contact"),
        ("/contact/", "/contact"),
        ("/vat-rates", "/vat-rates"),
        ("/how-to-apply-for-a-passport", "/*"),
        ("/2026", "/*"),
        ("/2026-03-02", "/*"),
        ("/7f3ab2c1-9d00", "/*"),
        ("/%E6%96%B0%E8%81%9E", "/%E6%96%B0%E8%81%9E"),
        ("/news/rates", "/news/*"),
        ("/news/rates-go-up-again", "/news/*"),
        ("/news/2026/03/rates", "/news/*/*/*"),
        ("/guidance/covid-19/steps", "/guidance/covid-19/*"),
        ("/services/benefits/housing", "/services/benefits/*"),
        ("/forms/f1040.HTML", "/forms/*.html"),
        ("/apply.aspx", "/apply.aspx"),
        ("/search?q=tax&page=2", "/search?page&q"),
        ("/search?page=3&q=vat", "/search?page&q"),
        ("/?p=123", "/?p"),
        ("/list?2026-03-02", "/list?*"),
        ("/a/b/c/d/e/f/g/h/i", "/a/b/c/d/e/f/**/*"),
        ("//other.gov/news/1", "//other.gov/news/*"),
    ],
)
def test_the_pattern_of_an_address(address: str, expected: str) -> None:
    assert pattern(address) == expected


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://www.example.gov/a?b=c", "/a?b=c"),
        ("http://example.gov/a", "/a"),
        ("https://example.gov", "/"),
        ("https://forms.example.gov/a", "//forms.example.gov/a"),
        ("https://example.gov:8443/a", "//example.gov:8443/a"),
        ("http://[", "http://["),
    ],
)
def test_a_site_says_its_own_addresses_without_its_host(url: str, expected: str) -> None:
    assert local(url, HOME) == expected


@pytest.mark.parametrize(
    ("own", "around"),
    [
        ("/", []),
        ("/contact", ["/*"]),
        ("/*", []),
        ("/news/*", []),
        ("/services/benefits/*", ["/services/*/*"]),
        ("/a/b/c/*", ["/a/b/*/*", "/a/*/*/*"]),
        ("/a/*/c/*", ["/a/*/*/*"]),
        ("/news/*?page", ["/news/*"]),
        ("/?p", []),
        ("//other.gov/a/b/*", ["//other.gov/a/*/*"]),
    ],
)
def test_wider_patterns_come_from_the_nearest(own: str, around: list[str]) -> None:
    assert list(wider(own)) == around


@given(st.text(), st.text())
def test_no_address_is_too_strange(url: str, home: str) -> None:
    own = pattern(local(url, home))
    patterns = [own, *wider(own)]
    assert len(set(patterns)) == len(patterns) <= DEEPEST + 2


@given(st.lists(st.text("ab1%-=&?/.*", max_size=90), max_size=40))
def test_patterns_stay_short_however_long_an_address_is(parts: list[str]) -> None:
    assert len(pattern("/" + "/".join(parts))) < 80 * (DEEPEST + MOST_PARAMETERS + 4)


@given(st.integers(0, 10**9), st.integers(0, 10**9))
def test_numbers_and_values_tell_no_kinds_apart(one: int, other: int) -> None:
    assert pattern(f"/case/{one}/view?id={one}") == pattern(f"/case/{other}/view?id={other}")
