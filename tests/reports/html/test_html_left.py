"""What is left to a person is told of the service itself: what it holds, where, and what it holds nothing of."""

from __future__ import annotations

from dataclasses import replace

import factory
from lxml import html

from reports.html.findings import gather
from reports.html.left import PLACES, Left, LeftToPeople, left
from reports.html.report import documents
from reports.model import PageResult, Scan
from rules.inventory import Held
from rules.model import Verdict
from rules.page import ProbeReport

HOME = "https://harbour.example.gov/"
RAN = tuple(ProbeReport(name) for name in ("dom", "media", "listeners", "motion", "shortcuts"))
SOME = Held("headings", 1)


def page(path: str, *held: Held, **known: object) -> PageResult:
    return factory.page(f"{HOME}{path}", **{"probes": RAN, "inventory": (SOME, *held), **known})


def scan_of(*pages: PageResult) -> Scan:
    return factory.scan(replace(factory.faultless(), url=HOME, pages=pages), rules=factory.RULES)


def told(*pages: PageResult) -> LeftToPeople:
    return left(gather(scan_of(*pages), None), 0)


def by_number(lefts: tuple[Left, ...]) -> dict[str, Left]:
    return {one.criterion.text.partition(" ")[0]: one for one in lefts}


def test_captions_name_the_videos_with_their_pages_and_addresses() -> None:
    found = told(page("a", Held("videos", 2, ("/1.webm", "/2.webm"))), page("b", Held("videos", 1, ("/3.webm",))))
    assert by_number(found.here)["1.2.2"].things == (("3 videos", "#held-videos"),)
    [videos] = [thing for thing in found.things if thing.anchor == "held-videos"]
    assert videos.told == "3 videos on 2 pages"
    assert [(one.link.text, one.times, one.places) for one in videos.pages] == [
        ("1. /a", 2, ("/1.webm", "/2.webm")),
        ("2. /b", 1, ("/3.webm",)),
    ]


def test_a_criterion_that_concerns_nothing_on_the_pages_says_so() -> None:
    found = by_number(told(page("a"), page("b")).nothing)
    assert found["1.2.2"].note == "No video or embedded player on the 2 pages looked at."
    assert found["3.3.8"].note == "No password field on the 2 pages looked at."


def test_what_was_watched_for_on_some_pages_only_is_said_of_these() -> None:
    other = page("b", probes=RAN[:3])
    note = by_number(told(page("a"), other).nothing)["2.3.1"].note
    assert note.startswith("No GIF picture or video or embedded player on the 2 pages looked at.")
    assert "No part that moves or changes by itself on the 1 of 2 pages; the others were not watched for it." in note


def test_what_nobody_looked_for_is_never_told_as_not_there() -> None:
    without = told(page("a", probes=RAN[:3]))
    assert by_number(without.every_page)["2.1.4"].note == "Not looked for: character that does something by itself."
    older = told(page("a", inventory=()))
    assert not older.nothing
    assert "1.2.2" in by_number(older.every_page)


def test_a_criterion_that_checks_test_fully_is_not_left() -> None:
    found = told(page("a"))
    numbers = {*by_number(found.here), *by_number(found.every_page), *by_number(found.nothing)}
    assert "3.1.1" not in numbers
    assert {"1.1.1", "3.1.2", "4.1.3"} <= numbers


def test_places_are_capped_and_the_rest_is_counted() -> None:
    found = told(*(page(str(number), Held("pictures", number + 1)) for number in range(PLACES + 3)))
    [pictures] = [thing for thing in found.things if thing.anchor == "held-pictures"]
    assert [one.times for one in pictures.pages] == [8, 7, 6, 5, 4]
    assert pictures.left_out == 3


def test_open_questions_stand_under_their_criterion_with_the_pages() -> None:
    ask = factory.outcome(factory.LINK_PURPOSE, "Where does “More” lead?", verdict=Verdict.CANT_TELL)
    found = told(*(page(str(number), Held("links", 4), outcomes=[ask]) for number in range(PLACES + 2)))
    [asked] = by_number(found.here)["2.4.4"].asked
    assert asked.text == "Where does “More” lead?"
    assert [link.text for link in asked.pages] == [f"{number + 1}. /{number}" for number in range(PLACES)]
    assert asked.left_out == 2


def test_a_criterion_beyond_the_profile_says_so() -> None:
    scan = factory.one_service()
    found = by_number(left(gather(scan, None), 0).here)
    assert found["3.3.7"].beyond
    assert not found["1.2.2"].beyond


def test_documents_are_told_as_not_looked_at() -> None:
    text = dict(documents(scan_of(page("a", Held("files", 2, ("/a.pdf", "/b.pdf")))), None))["services/01.html"]
    [entry] = html.document_fromstring(text).xpath("//li[@id='held-files']")
    assert " ".join(entry.text_content().split()) == (
        "2 files to download on 1 page, not looked at 1. /a, 2 times: /a.pdf, /b.pdf"
    )


def test_a_service_of_which_no_page_was_looked_at_has_no_such_list() -> None:
    shown = dict(documents(factory.rich_scan(), None))
    assert 'id="left"' in shown["services/01.html"]
    assert 'id="left"' not in shown["services/03.html"]
