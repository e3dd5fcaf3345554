"""Kinds of page: counted where they were seen, predicted where only addresses are known, named by what they share."""

from __future__ import annotations

from reports.model import KindSample
from scanner.crawl.kinds import Look, kinds_of

ARTICLE, FORM, LIST = "aaaa0000", "ffff0000", "11110000"


def look(pattern: str, template: str, page: str = "1") -> Look:
    return Look(pattern, template, f"https://a.gov{pattern}{page}", f"Page {page}")


def test_pages_that_nobody_opened_are_of_the_kind_that_most_of_their_pattern_are() -> None:
    looks = [
        look("/news/*", ARTICLE),
        look("/news/*", ARTICLE, "2"),
        look("/news/*", LIST, "3"),
        look("/apply/*", FORM),
    ]
    assert kinds_of(looks, {"/news/*": 212, "/apply/*": 5}) == (
        KindSample(LIST, 1, 1, "/news/*", "https://a.gov/news/*3", "Page 3"),
        KindSample(ARTICLE, 211, 2, "/news/*", "https://a.gov/news/*1", "Page 1"),
        KindSample(FORM, 5, 1, "/apply/*", "https://a.gov/apply/*1", "Page 1"),
    )


def test_a_pattern_that_nobody_opened_is_of_the_kind_of_the_nearest_wider_one() -> None:
    looks = [look("/a/b/c/*", FORM), look("/a/x/y/*", ARTICLE), look("/a/x/z/*", ARTICLE), look("/contact", LIST)]
    known = dict.fromkeys([*(one.pattern for one in looks), "/a/b/d/*", "/a/q/d/*", "/search"], 1)
    assert {kind.template: kind.known for kind in kinds_of(looks, known)} == {FORM: 2, ARTICLE: 3, LIST: 2}


def test_what_nobody_has_seen_anything_of_is_a_kind_named_by_its_section() -> None:
    looks = [look("/", LIST), look("/news/*", ARTICLE)]
    known = {"/": 1, "/news/*": 1, "/forms/tax/*": 3, "/forms/vat/*": 4, "/search?q": 9}
    assert kinds_of(looks, known)[2:] == (KindSample("", 7, 0, "/forms/*/*"), KindSample("", 9, 0, "/search?q"))


def test_pages_that_could_not_be_tested_promise_nothing_of_their_neighbours() -> None:
    looks = [look("/news/archive/*", ""), look("/news/today/*", ARTICLE)]
    kinds = kinds_of(looks, {"/news/archive/*": 8, "/news/today/*": 2})
    assert kinds == (
        KindSample(ARTICLE, 2, 1, "/news/today/*", "https://a.gov/news/today/*1", "Page 1"),
        KindSample("", 7, 0, "/news/archive/*"),
    )


def test_a_kind_is_named_by_what_most_of_its_pages_share() -> None:
    looks = [look("/services/tax/*", FORM), look("/services/vat/*", FORM), look("/about", FORM)]
    [kind] = kinds_of(looks, dict.fromkeys((one.pattern for one in looks), 1))
    assert (kind.pattern, kind.known, kind.looked_at) == ("/services/*/*", 3, 3)
    [one] = kinds_of(looks[:1], {"/services/tax/*": 1})
    assert one.pattern == "/services/tax/*"


def test_order_changes_only_the_example() -> None:
    looks = [look("/news/*", ARTICLE), look("/news/*", LIST, "2"), look("/a/b/*", ARTICLE, "3")]
    known = {"/news/*": 50, "/a/b/*": 4, "/a/c/*": 6, "/forms/*": 3}
    backwards = kinds_of(looks[::-1], dict(reversed(known.items())))
    assert [(kind.template, kind.known) for kind in backwards] == [
        (kind.template, kind.known) for kind in kinds_of(looks, known)
    ]
