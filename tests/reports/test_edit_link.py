"""Edit links: made from the pattern alone in all that decides where they lead, whatever a page's address is."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.edit_link import edit_link, edit_pattern

PATTERN = "https://cms.example/edit/{path}"


@pytest.mark.parametrize(
    ("url", "link"),
    [
        ("https://a.gov/", "https://cms.example/edit/"),
        ("https://a.gov/news/1", "https://cms.example/edit/news/1"),
        ("https://a.gov/a%20b/c?page=2#x", "https://cms.example/edit/a%20b/c"),
        ("https://a.gov/ä&b=c", "https://cms.example/edit/%C3%A4%26b%3Dc"),
        ("https://a.gov/100%", "https://cms.example/edit/100%25"),
        ("https://a.gov//evil.example/x", "https://cms.example/edit//evil.example/x"),
        ("https://a.gov/../admin", ""),
        ("https://a.gov/x/%2e%2E/admin", ""),
        ("https://a.gov/x\\..\\admin", ""),
        ("forms/a.html", ""),
        ("javascript:alert(1)", ""),
        ("https://[a.gov/x", ""),
        ("https://a.gov/" + "x" * 2000, ""),
    ],
)
def test_a_page_has_its_link_or_none(url: str, link: str) -> None:
    assert edit_link(PATTERN, url) == link


def test_a_whole_address_stands_in_a_query_as_it_is() -> None:
    url = "https://a.gov/x?a=1&b=%26#c"
    link = edit_link("https://cms.example/find?page={url}&mode=edit", url)
    assert parse_qs(urlsplit(link).query) == {"page": [url], "mode": ["edit"]}


@given(st.text(max_size=60))
def test_no_address_leads_out_of_the_place_that_the_pattern_names(path: str) -> None:
    link = edit_link(PATTERN, f"https://a.gov/{path}")
    assert link == "" or link.startswith("https://cms.example/edit/")
    assert not set(link) & set("\"'<> ?#\\\n")


@pytest.mark.parametrize("text", ["", PATTERN, "http://cms/{url}", "https://cms.example/?p={path}&u={url}"])
def test_a_pattern_may_be(text: str) -> None:
    assert edit_pattern(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "https://cms.example/edit", "javascript:alert('{path}')", "//cms.example/{path}", "https://{path}/",
        "https://{path}.cms.example/x", "https://cms.example/{name}", "https://cms.example/{path", "{path}",
        "https://user:secret@cms.example/{path}", "https://cms.example/a b/{path}", "ftp://cms.example/{path}",
    ],
)  # fmt: skip
def test_a_pattern_may_not_be(text: str) -> None:
    with pytest.raises(ValueError, match="not a pattern"):
        edit_pattern(text)
