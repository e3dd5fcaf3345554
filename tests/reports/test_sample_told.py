"""What a report says of a sample: kinds by names that people know, what was left out, what nobody has seen."""

from __future__ import annotations

import pytest

from reports.kinds import kind_name, sample_told, unseen
from reports.model import KindSample, PageResult, Sample, SiteResult
from rules.page import PageState

HOME = "https://a.gov/"


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        (KindSample("1ab2", 1, 1, "/"), "the home page"),
        (KindSample("1ab2", 9, 1, "/"), "pages like /"),
        (KindSample("1ab2", 4, 4, "/*"), "pages at the top level (/*)"),
        (KindSample("1ab2", 1, 1, "/contact"), "the page /contact"),
        (KindSample("1ab2", 7, 1, "/contact"), "pages like /contact"),
        (KindSample("1ab2", 1, 1, "/news/*"), "pages like /news/*"),
        (KindSample("", 7, 0, "/\u202efdp.exe/*"), "pages like /⟨U+202E⟩fdp.exe/*"),
        (KindSample("1ab2", 7, 1), "1ab2"),
        (KindSample("", 7, 1), "no kind"),
    ],
)
def test_a_kind_has_a_name_and_no_hash(kind: KindSample, name: str) -> None:
    assert kind_name(kind) == name


def site(*pages: PageResult, known: int, kinds: tuple[KindSample, ...] = ()) -> SiteResult:
    own = sum(page.state is not PageState.DUPLICATE for page in pages)
    return SiteResult(HOME, "A", pages=pages, sample=Sample(known, own, kinds))


def test_what_was_left_out_is_told_with_how_pages_were_chosen() -> None:
    pages = (
        PageResult(HOME),
        PageResult(f"{HOME}1", random=True),
        PageResult(f"{HOME}2", random=True, state=PageState.DUPLICATE),
    )
    kinds = (KindSample("1ab2", 900, 2, "/news/*"), KindSample("", 300, 0, "/forms/*"), KindSample("", 34, 0, "/a/*"))
    assert sample_told(site(*pages, known=1_234, kinds=kinds)) == (
        "Opened 2 of 1,234 known pages; 1 of them was drawn at random, the others so that every kind has its turn. "
        "Left out: 1,232.",
        "Nobody has looked at 2 kinds of page: pages like /forms/* (300) and pages like /a/* (34).",
    )


def test_a_scan_that_drew_nothing_claims_no_draws() -> None:
    assert sample_told(site(PageResult(HOME), known=5)) == ("Opened 1 of 5 known pages. Left out: 4.",)


def test_of_a_service_that_was_looked_at_as_a_whole_nothing_is_told() -> None:
    pages = (PageResult(HOME), PageResult(f"{HOME}1", state=PageState.DUPLICATE))
    assert sample_told(site(*pages, known=1)) == ()
    assert site(*pages, known=1).known == 1


def test_kinds_that_nobody_has_seen_come_largest_first() -> None:
    kinds = tuple(KindSample("", count, 0, f"/{count}/*") for count in (3, 50, 7, 9, 1, 2, 4))
    found = site(PageResult(HOME), known=99, kinds=(*kinds, KindSample("1ab2", 90, 1)))
    assert [kind.known for kind in unseen(found)] == [50, 9, 7, 4, 3, 2, 1]
    assert sample_told(found)[1].endswith("pages like /3/* (3) and 2 more.")
