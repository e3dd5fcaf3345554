"""The pictures in a report say nothing that a table or a text does not say as well."""

from __future__ import annotations

from dataclasses import replace

import factory
import pytest
from lxml import html

from reports.html.picture import STOPS, crop, picture_view
from reports.html.report import documents
from reports.model import PagePicture, PageResult, Scan
from rules.focus_path import FocusPath, FocusStop
from rules.model import Place, Verdict
from rules.spots import Spot

FILE = f"assets/{'a' * 64}.webp"
NARROW = f"assets/{'b' * 64}.webp"
SPACED = f"assets/{'c' * 64}.webp"
FILES = frozenset({FILE, NARROW, SPACED})

PATH = FocusPath(
    (
        FocusStop("Skip", "link", "a", (-999.0, 0.0, 10.0, 10.0), "style"),
        FocusStop("<img src=x onerror=alert(1)>", "link", "nav > a", (40.0, 60.0, 90.0, 20.0), "nothing"),
        FocusStop("", "textbox", "#x", (40.0, 90.0, 90.0, 20.0), "caret", covered=True, held=True),
        FocusStop("Far down", "button", "#y", (40.0, 9000.0, 90.0, 20.0), "unknown"),
    )
)


def pictured(scan: Scan, **more: object) -> Scan:
    """The scan with pictures, path and places on each page that was tested."""
    given = {
        "pictures": (PagePicture("narrow", NARROW, 320, 900), PagePicture("page", FILE, 1280, 2000)),
        "focus_path": PATH,
    }

    def one(page: PageResult) -> PageResult:
        places = [outcome.target for outcome in page.outcomes if outcome.target]
        spots = tuple(Spot(place.selector, place.frame, (1200.0, 1990.0, 60.0, 5.0)) for place in places)
        return replace(page, **{**given, "spots": spots, **more}) if page.tested else page

    sites = tuple(replace(site, pages=tuple(map(one, site.pages))) for site in scan.sites)
    return replace(scan, sites=sites)


@pytest.fixture(scope="module")
def shown() -> dict[str, str]:
    return dict(documents(pictured(factory.rich_scan()), None, files=FILES))


def test_the_table_stands_before_the_picture_and_says_the_same(shown: dict[str, str]) -> None:
    page = html.document_fromstring(shown["pages/0001.html"])
    section = page.xpath('//h2[@id="picture"]/..')[0]
    rows = [[" ".join(cell.itertext()).strip() for cell in row] for row in section.xpath(".//tbody/tr")]
    assert rows == [
        ["1", "Skip", "link", "its look", "none found (not in the picture)"],
        ["2", "<img src=x onerror=alert(1)>", "link", "nothing changed", "No sign of the focus"],
        ["3", "no name", "textbox", "a caret to type at", "Hidden under something, no key leads away"],
        ["4", "Far down", "button", "not found out", "none found (not in the picture)"],
    ]
    order = [element.tag for element in section.iter("table", "img")]
    assert order == ["table", "img", "img"]
    first = section.xpath(".//img")[0]
    assert (first.get("src"), first.get("width"), first.get("height")) == (f"../{FILE}", "1280", "2000")
    assert "2 stops of the Tab key are numbered" in first.get("alt")
    assert "Squares mark 2 stops with a problem." in first.get("alt")
    drawn = section.xpath('.//*[local-name()="text" and @class="number"]/text()')
    assert drawn == ["2", "3"]
    assert section.xpath('.//*[local-name()="text" and @class="word"]/text()') == ["no sign", "hidden, trap"]
    assert len(section.xpath('.//*[@class="sign" and local-name()="rect"]')) == 2


def test_a_name_stays_text(shown: dict[str, str]) -> None:
    assert all("<img src=x" not in text for text in shown.values())
    for text in shown.values():
        for image in html.document_fromstring(text).xpath("//img|//*[local-name()='image']"):
            assert (image.get("src") or image.get("href")).removeprefix("../") in FILES


def test_a_place_is_shown_within_the_picture_and_named(shown: dict[str, str]) -> None:
    parts = [
        part
        for name, text in shown.items()
        for part in html.document_fromstring(text).xpath('//*[local-name()="svg" and @class="part"]')
        if name.startswith(("pages/", "problems/"))
    ]
    assert parts
    for part in parts:
        x, y, width, height = map(float, part.get("viewbox", part.get("viewBox")).split())
        assert (x + width, y + height) == (1280, 2000)
        assert part.get("role") == "img"
        assert "a dashed frame marks" in part.get("aria-label")


def test_a_picture_that_is_not_there_is_not_shown_but_its_table_is() -> None:
    text = dict(documents(pictured(factory.rich_scan()), None))["pages/0001.html"]
    page = html.document_fromstring(text)
    assert page.xpath('//h2[@id="picture"]/..//table')
    assert not page.xpath("//img")
    assert "in the picture" not in " ".join(page.itertext())


def test_a_page_that_was_not_operated_has_no_such_section() -> None:
    assert 'id="picture"' not in dict(documents(factory.rich_scan(), None))["pages/0001.html"]


def test_many_stops_are_told_up_to_a_bound() -> None:
    many = replace(PATH, stops=PATH.stops[1:2] * (STOPS + 5), complete=False)
    page = replace(factory.page("https://a.example/"), focus_path=many)
    view = picture_view(page, frozenset())
    assert view is not None
    assert (len(view.rows), view.left_out) == (STOPS, 5)
    assert view.stops == f"These are the first {STOPS + 5} stops of the Tab key, in their order."


def test_a_page_with_its_text_set_apart_stands_between_with_what_is_lost_then() -> None:
    spaced = PagePicture("spaced", SPACED, 1280, 2100)
    narrow, whole = PagePicture("narrow", NARROW, 320, 900), PagePicture("page", FILE, 1280, 2000)
    rule = factory.rule("spaced-text")
    certain = factory.outcome(rule, "<b>Cut</b> at the end.", target=Place("#a", "<p>"))
    asked = factory.outcome(rule, "Is it lost?", target=Place("#b", "<p>"), verdict=Verdict.CANT_TELL)
    page = replace(factory.page("https://a.example/", outcomes=(certain, asked)), pictures=(narrow, whole, spaced))
    view = picture_view(page, FILES)
    assert view is not None
    assert [(one.name, one.shot.file) for one in view.beside] == [("spaced", SPACED), ("narrow", NARROW)]
    assert view.beside[0].lost == ("#a: <b>Cut</b> at the end.", "To be looked at: #b: Is it lost?")
    assert view.beside[1].lost == ()
    assert view.beside[1].caption.endswith("no text was found that does not fit.")


@pytest.mark.parametrize(
    "box", [(-50.0, 10.0, 40.0, 20.0), (10.0, 2000.0, 40.0, 20.0), (1280.0, 0.0, 9.0, 9.0), (5.0, 5.0, 0.0, 20.0)]
)
def test_what_lies_outside_has_no_part(box: tuple[float, float, float, float]) -> None:
    page = replace(
        factory.page("https://a.example/"),
        pictures=(PagePicture("page", FILE, 1280, 2000),),
        spots=(Spot("#a", "", box),),
    )
    assert crop(page, Place("#a", "<a>"), FILES, what="It fails.") is None
