"""Pictures of a page: the same bytes each time, without what fields hold, and the page as it was afterwards."""

from __future__ import annotations

import base64
import io
from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from rules.evidence.views import View
from rules.page import Page
from scanner.browser.access import Access
from scanner.browser.frames import process_roots
from scanner.browser.tab import Tab
from scanner.operating import EVERY
from scanner.probes.dom import probe_dom
from scanner.probes.picturing import LARGEST, TALLEST
from scanner.probes.views import probe_views
from scanner.visit import VisitPlan, visit
from scanner.worker import judge

Look = Callable[..., Awaitable[Page]]


@pytest.fixture
def look(tab: Tab, tmp_path: Path, serve: Callable[[Path], str]) -> Look:
    """A function that operates a page of this HTML and pictures it."""
    base = serve(tmp_path)

    async def pictured(html: str, *, pictures: bool = True) -> Page:
        (tmp_path / "index.html").write_text(f"<!doctype html><html lang=en><title>Page</title>{html}", "utf-8")
        return await visit(tab, f"{base}/index.html", VisitPlan(operate=EVERY, pictures=pictures))

    return pictured


def view(page: Page, name: str = "page") -> View:
    assert page.views is not None, [probe for probe in page.probes if not probe.ran]
    return next(one for one in page.views.taken if one.name == name)


async def test_a_page_is_pictured_in_its_own_and_in_a_narrow_window(look: Look) -> None:
    page = await look("<h1>Rooms</h1><p style='height: 2000px; background: #060'>Text</p>")
    own, narrow = view(page), view(page, "narrow")
    assert (own.width, narrow.width) == (1280, 320)
    assert 2000 < own.height < 2300
    picture = Image.open(io.BytesIO(base64.b64decode(own.data)))
    assert picture.size == (768, round(own.height * 0.6))
    red, green, blue = picture.convert("RGB").getpixel((380, picture.height - 60))  # type: ignore[misc]
    assert green > 90 > max(red, blue) + 60
    assert len(base64.b64decode(narrow.data)) < LARGEST


async def test_a_page_that_loses_text_when_it_is_set_apart_is_pictured_like_that(look: Look, tab: Tab) -> None:
    html = "<h1>Rooms</h1><p style='height: 20px; width: 250px; overflow: hidden'>Each room has a desk of its own.</p>"
    page = await look(html)
    assert page.spaced_view is not None
    assert [one.name for one in page.spaced_view.taken] == ["spaced"]
    assert page.spaced_view.taken[0].data != view(page).data
    assert await tab.evaluate("getComputedStyle(document.querySelector('p')).letterSpacing") == "normal"
    whole = await look("<h1>Rooms</h1><p>Each room has a desk of its own.</p>")
    assert whole.spaced_view is not None
    assert whole.spaced_view.taken == ()


async def test_three_visits_give_the_same_bytes(look: Look) -> None:
    html = "<h1>Rooms</h1><style>@keyframes t { to { margin-left: 900px } } p { animation: t 1s infinite }</style><p>On"
    views = [(await look(html)).views for _ in range(3)]
    assert views[0] == views[1] == views[2]


FIELDS = {
    "text": "<input aria-label=Name value='{}'>",
    "lines": "<textarea aria-label=Note>{}</textarea>",
    "date": "<input type=date aria-label=Born value='{}'>",
    "frame": "<iframe title=Form srcdoc='<input aria-label=Name value={}>'></iframe>",
    "open": "<div id=host></div><script>host.attachShadow({{mode: 'open'}}).innerHTML = '<input value={}>'</script>",
    "closed": "<div id=host></div><script>host.attachShadow({{mode: 'closed'}}).innerHTML='<input value={}>'</script>",
}


@pytest.mark.parametrize("kind", FIELDS)
async def test_what_a_field_holds_cannot_be_seen(kind: str, look: Look) -> None:
    one, other = [await look(FIELDS[kind].format(value)) for value in ("1984-11-30", "2003-05-24")]
    assert view(one) == view(other)


async def test_what_a_placeholder_or_a_button_says_can_be_seen(look: Look) -> None:
    for html in ("<input placeholder='{}' aria-label=Name>", "<input type=submit value='{}'>"):
        assert view(await look(html.format("Wood"))) != view(await look(html.format("Moon")))


async def test_a_page_that_grows_with_its_window_is_shown_as_far_as_that_goes(look: Look, tab: Tab) -> None:
    page = await look("<main style='height: 200vh'><p style='margin-top: 50vh'>A</p><p>B</p><p>C</p></main>")
    assert view(page).height == await tab.evaluate("innerHeight")
    assert view(await look("<p style='height: 9000px'>Long</p>")).height == TALLEST


async def test_the_page_is_as_before_afterwards(look: Look, tab: Tab) -> None:
    probed = await look(FIELDS["open"].format("x") + "<p style='height: 3000px'>Long</p>")
    assert view(probed)
    sheets = "document.adoptedStyleSheets.length, host.shadowRoot.adoptedStyleSheets.length"
    state = f"[innerWidth, scrollY, {sheets}, typeof curbcutViews]"
    await tab.page.goto(probed.url)
    before = await tab.page.evaluate(state)
    roots = await process_roots(tab.page, tab.session)
    snapshot, index_of = await probe_dom(roots)
    assert (await probe_views(roots, replace(probed, snapshot=snapshot).dom, index_of)).taken
    assert await tab.page.evaluate(state) == before


async def test_without_the_setting_and_with_access_there_is_no_picture(look: Look, tab: Tab) -> None:
    assert (await look("<p>Text", pictures=False)).views is None
    tab.terms = replace(tab.terms, access=(Access("https://example.gov", "https://example.gov"),))
    page = await look("<p>Text")
    assert page.views is not None
    assert (page.views.taken, bool(page.views.untaken)) == ((), True)
    assert judge(page, ()).assets == ()


async def test_the_path_and_the_places_are_told_with_the_pictures(look: Look) -> None:
    page = await look(
        "<style>.bare:focus { outline: none }</style><a id=one href=#x>One</a>"
        "<iframe title=Frame style='position: absolute; left: 300px; top: 400px; border: 0'"
        " srcdoc='<button>In</button>'></iframe>"
        "<label>Call me in <input id=days value=5> days <input id=box type=checkbox></label>"
        "<button class=bare style='border: 0'>Bare</button>"
    )
    result = judge(page, ()).result
    assert result.focus_path is not None
    first, framed, days, box, bare = result.focus_path.stops
    assert [first.name, framed.name, bare.name] == ["One", "In", "Bare"]
    assert framed.frame
    assert framed.box[0] >= 300
    assert framed.box[1] >= 400
    assert (days.selector, days.name, box.name) == ("#days", "", ""), "the browser puts a value into these names"
    assert bare.shown == "nothing"
    assert {picture.name for picture in result.pictures} == {"page", "narrow"}
