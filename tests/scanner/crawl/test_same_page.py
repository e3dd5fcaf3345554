"""A page is set aside only where everything that matters is the same."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.digest import Control, PageDigest
from scanner.crawl.same_page import FEWEST_WORDS, content_key, duplicates

HOME = PageDigest(
    url="http://a.gov/",
    title="Home",
    language="en",
    headings=((1, "Home"),),
    controls=(Control("link", "Apply", "/apply"), Control("link", "Form", "/form.pdf")),
    template="12345678",
    content="0123456789abcdef",
    words=FEWEST_WORDS,
)


def at(url: str, page: PageDigest = HOME, **changes: object) -> PageDigest:
    return replace(page, url=url, **changes)  # type: ignore[arg-type]


def test_the_same_page_at_another_address_is_set_aside_for_the_earliest() -> None:
    pages = [(0, HOME), (3, at("http://a.gov/index.html")), (7, at("http://a.gov/default.aspx"))]
    assert duplicates(pages) == [(3, HOME.url), (7, HOME.url)]


def test_links_that_repeat_the_own_address_do_not_matter() -> None:
    first, second = (
        at(url, controls=(Control("link", "Skip to content", f"{url}#main"),)) for url in ("/", "/index.html")
    )
    assert duplicates([(0, first), (1, second)]) == [(1, "/")]


@pytest.mark.parametrize(
    "change",
    [
        {"title": "Search"},
        {"content": "fedcba9876543210"},
        {"template": "87654321"},
        {"language": "cy"},
        {"headings": ((1, "Apply"),)},
        {"controls": (Control("link", "Apply", "/apply"), Control("link", "Form", "/other.pdf"))},
        {"controls": (Control("link", "Appeal", "/apply"), Control("link", "Form", "/form.pdf"))},
    ],
    ids=lambda change: "-".join(change),
)
def test_a_page_that_differs_in_anything_stays(change: dict[str, object]) -> None:
    assert duplicates([(0, HOME), (1, at("http://a.gov/2", **change))]) == []


def test_pages_of_a_few_words_stay() -> None:
    short = [at(f"/{number}", words=FEWEST_WORDS - 1) for number in range(2)]
    assert duplicates(enumerate(short)) == []
    assert content_key(short[0]) == ""
    assert content_key(HOME) == content_key(at("/other")) != ""


@given(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("123"))))
def test_one_of_each_page_always_stays(drawn: list[tuple[str, str]]) -> None:
    pages = [(place, at(str(place), content=text, title=title)) for place, (text, title) in enumerate(drawn)]
    gone = {place for place, _ in duplicates(pages)}
    assert {(page.content, page.title) for place, page in pages if place not in gone} == set(drawn)
    assert len(pages) - len(gone) == len(set(drawn))
