"""Patterns that admit named calls match what they say and nothing near it; collectors of usage reports are known."""

from __future__ import annotations

import pytest

from rules.errors import ConfigError
from scanner.browser.requests import RequestPattern, wanted_method
from scanner.browser.telemetry import is_telemetry


@pytest.mark.parametrize(
    ("line", "method", "url", "matches"),
    [
        ("POST https://api.example.gov/graphql", "POST", "https://api.example.gov/graphql", True),
        ("post  https://api.example.gov/graphql", "POST", "https://api.example.gov/graphql#part", True),
        ("POST https://api.example.gov/graphql", "GET", "https://api.example.gov/graphql", False),
        ("POST https://api.example.gov/graphql", "POST", "https://api.example.gov/graphql/", False),
        ("POST https://api.example.gov/graphql", "POST", "https://api.example.gov/graphql?x", False),
        ("POST https://api.example.gov/graphql*", "POST", "https://api.example.gov/graphql?x", True),
        ("POST https://api.example.gov/graphql", "POST", "https://apiXexample.gov/graphql", False),
        ("POST https://api.example.gov/*/find?q=[*]", "POST", "https://api.example.gov/a/b/find?q=[x]", True),
        ("POST https://api.example.gov/*/find", "POST", "https://evil.example/https://api.example.gov/a/find", False),
    ],
)
def test_pattern_matches(line: str, method: str, url: str, matches: bool) -> None:
    assert RequestPattern.parse(line).matches(method, url) is matches


@pytest.mark.parametrize(
    "line",
    [
        "",
        "POST",
        "https://api.example.gov/graphql",
        "POST /graphql",
        "POST *",
        "POST https://*/graphql",
        "POST https://*.example.gov/",
        "POST ftp://example.gov/",
        "P*ST https://example.gov/",
        "CONNECT https://example.gov/",
    ],
)
def test_pattern_that_names_no_call_is_an_error_with_an_example(line: str) -> None:
    with pytest.raises(ConfigError, match=r"POST https://api\.example\.gov/graphql"):
        RequestPattern.parse(line)


@pytest.mark.parametrize(
    ("method", "headers", "expected"),
    [
        ("POST", {}, ("POST", False)),
        ("OPTIONS", {}, ("OPTIONS", False)),
        ("OPTIONS", {"Access-Control-Request-Method": "DELETE"}, ("DELETE", True)),
        ("OPTIONS", {"access-control-request-method": "GET"}, ("GET", True)),
        ("GET", {"Access-Control-Request-Method": "POST"}, ("GET", False)),
    ],
)
def test_preflight_stands_for_the_request_to_come(
    method: str, headers: dict[str, str], expected: tuple[str, bool]
) -> None:
    assert wanted_method({"method": method, "headers": headers}) == expected


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://www.google-analytics.com/g/collect?v=2", True),
        ("https://region1.analytics.google.com/g/collect", True),
        ("https://stats.example.gov/matomo.php?idsite=1", True),
        ("https://bam.nr-data.net/events/1/x", True),
        ("https://example.gov/cdn-cgi/rum?", True),
        ("https://example.gov/api/search", False),
        ("https://example.gov/collect", False),
        ("https://notgoogle-analytics.com/data", False),
        ("https://google-analytics.com.example.org/data", False),
        ("https://example.gov/matomo.php/benefits", False),
    ],
)
def test_collectors_are_told_from_data(url: str, expected: bool) -> None:
    assert is_telemetry(url) is expected
