"""What belongs to a service, decided on the host that a browser would go to."""

from __future__ import annotations

import socket

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.errors import ConfigError
from scanner.crawl.scope import Reach, Scope, check_patterns, domain, scope_of
from scanner.crawl.urls import normalise

HOME = "https://www.example.gov/start"
PATHS = st.sampled_from(["/", "/a", "/a/b", "/b?x=1", "/start", "/a.pdf", "/logout"])
HOSTS = st.sampled_from(["www.example.gov", "example.gov", "news.example.gov", "example.com", "example.gov:8080"])
ADDRESSES = st.builds(
    lambda scheme, host, path: f"{scheme}://{host}{path}", st.sampled_from(["http", "https"]), HOSTS, PATHS
)
PATTERNS = st.lists(st.sampled_from(["/a*", "/b?x=*", "/*", "/start", "https://news.example.gov/*"]), max_size=2)


def scope(
    home: str = HOME,
    *,
    reach: Reach = "host",
    include: tuple[str, ...] = (),
    exclude: tuple[str, ...] = (),
    max_depth: int = 0,
) -> Scope:
    return scope_of(home, reach=reach, include=include, exclude=exclude, max_depth=max_depth, where="sites.txt:1")


@pytest.mark.parametrize(
    ("reach", "home", "inside", "outside"),
    [
        ("host", "example.gov", ["example.gov", "www.example.gov"], ["news.example.gov", "example.com", "a.gov"]),
        ("host", "127.0.0.1:8000", ["127.0.0.1:8000"], ["127.0.0.1:8001", "127.0.0.1", "localhost:8000"]),
        ("domain", "www.example.gov", ["example.gov", "news.example.gov", "a.b.example.gov"], ["example2.gov", "gov"]),
        ("domain", "apply.service.gov.uk", ["x.apply.service.gov.uk"], ["renew.service.gov.uk", "www.gov.uk"]),
        ("domain", "www.gov.uk", ["assets.www.gov.uk"], ["hmrc.gov.uk"]),
        ("domain", "10.0.0.1", ["10.0.0.1"], ["10.0.0.2", "0.0.1"]),
        ("domain", "intranet", ["intranet"], ["other"]),
        ("domain", "a.corp.internal", ["b.corp.internal"], ["b.other.internal"]),
        ("domain", "a.example.gov:8080", ["b.example.gov:8080"], ["b.example.gov"]),
    ],
)
def test_hosts(reach: Reach, home: str, inside: list[str], outside: list[str]) -> None:
    found = scope(f"http://{home}/", reach=reach)
    assert [host for host in inside if not found.covers(f"http://{host}/x")] == []
    assert [host for host in outside if found.covers(f"http://{host}/x")] == []


def test_no_download_of_suffixes(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("the network was asked")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    assert domain("https://www.health.example.co.uk/") == "example.co.uk"


def test_include_and_exclude() -> None:
    found = scope(include=("/a/*",), exclude=("/a/old/*",))
    assert found.covers("https://www.example.gov/a/1")
    assert not found.covers("https://www.example.gov/a/old/1")
    assert not found.covers("https://www.example.gov/b")
    assert found.covers(HOME)


def test_the_home_page_is_in_whatever_is_excluded() -> None:
    assert scope(exclude=("/*",)).covers(HOME)
    assert scope(include=("/elsewhere",)).covers(HOME)


def test_depth_counts_links_from_the_start() -> None:
    assert [scope(max_depth=2).may_follow(depth) for depth in range(4)] == [True, True, False, False]
    assert all(scope().may_follow(depth) for depth in (0, 1_000_000))


def test_where_the_home_page_leads_within_its_domain_belongs_to_the_service() -> None:
    assert scope().landed("https://beta.example.gov/x").covers("https://beta.example.gov/y")
    assert scope().landed("https://login.example.com/").on_site("https://login.example.com/") is False
    assert scope().landed("https://example.gov/") == scope()
    assert scope().landed("no address") == scope()


@pytest.mark.parametrize(
    ("include", "exclude", "says", "do"),
    [
        (("/*.pdf",), (), "files are no pages", ""),
        (("/logout",), (), "links to logout are never followed", ""),
        (("https://news.example.gov/*",), (), "only example.gov is looked at", 'Set scope = "domain"'),
        ((), ("https://other.com/*",), "only example.gov is looked at", ""),
    ],
)
def test_a_pattern_that_can_never_match_is_an_error(
    include: tuple[str, ...], exclude: tuple[str, ...], says: str, do: str
) -> None:
    with pytest.raises(ConfigError, match=says) as caught:
        check_patterns([scope(include=include, exclude=exclude)])
    assert caught.value.do.startswith(do)
    assert bool(caught.value.do) == bool(do)


def test_a_pattern_for_one_of_several_services_is_no_error() -> None:
    patterns = ("https://a.gov/x*",)
    check_patterns([scope("https://a.gov/", exclude=patterns), scope("https://b.gov/", exclude=patterns)])
    check_patterns([scope(reach="domain", include=("https://*.example.gov/*", "https://news.example.gov/*"))])
    check_patterns([scope(exclude=("/*.pdf", "*://example.gov/*"))])


@given(ADDRESSES, PATTERNS, PATTERNS, st.sampled_from(["host", "domain"]))
def test_more_to_exclude_never_brings_a_page_in(url: str, first: list[str], second: list[str], reach: Reach) -> None:
    address = normalise(url) or ""
    fewer, more = (scope(reach=reach, exclude=tuple(patterns)) for patterns in (first, [*first, *second]))
    assert fewer.covers(address) or not more.covers(address)


@given(ADDRESSES, PATTERNS, PATTERNS)
def test_the_order_of_patterns_does_not_matter(url: str, include: list[str], exclude: list[str]) -> None:
    address = normalise(url) or ""
    one = scope(include=tuple(include), exclude=tuple(exclude))
    other = scope(include=tuple(reversed(include)), exclude=tuple(reversed(exclude)))
    assert one.covers(address) == other.covers(address)


@given(ADDRESSES)
def test_a_host_belongs_to_its_domain(url: str) -> None:
    address = normalise(url) or ""
    assert not scope().covers(address) or scope(reach="domain").covers(address)
