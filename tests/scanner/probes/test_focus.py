"""The walk with Tab meets every stop, in frames and shadow trees too, in the order in which the browser goes."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from rules.page import Page
from scanner.browser.tab import Tab
from scanner.operating import EVERY
from scanner.probing import OPERATING
from scanner.visit import VisitPlan, visit

Look = Callable[[str], Awaitable[Page]]


@pytest.fixture
def look(tab: Tab, tmp_path: Path, serve: Callable[[Path], str]) -> Look:
    """A function that operates a page of this HTML."""
    base = serve(tmp_path)

    async def operated(html: str) -> Page:
        (tmp_path / "index.html").write_text(f"<!doctype html><html lang=en><title>Page</title>{html}", "utf-8")
        return await visit(tab, f"{base}/index.html", VisitPlan(operate=EVERY))

    return operated


def walked(page: Page) -> list[str]:
    assert page.focus is not None, [probe for probe in page.probes if not probe.ran]
    elements = [page.dom.at(stop.node) for stop in page.focus.stops]
    return [element.get("id") for element in elements if element is not None]


async def test_stops_come_in_the_order_of_the_keyboard(look: Look) -> None:
    page = await look(
        "<a id=one href=#x>One</a><button id=late>Late</button><input id=first tabindex=1 aria-label=First>"
        "<button id=not tabindex=-1>Not</button><button disabled id=off>Off</button>"
        "<div id=region tabindex=0>Text</div>"
    )
    assert walked(page) == ["first", "one", "late", "region"]


async def test_the_walk_goes_into_frames_and_shadow_trees_and_on(look: Look) -> None:
    page = await look(
        "<a id=before href=#x>Before</a><div id=host></div>"
        "<iframe title=Frame srcdoc='<button id=framed>In</button><a id=second href=#>Two</a>'></iframe>"
        "<button id=after>After</button><script>"
        "document.getElementById('host').attachShadow({mode: 'open'}).innerHTML ="
        "'<button id=a>A</button><button id=b>B</button>'</script>"
    )
    assert walked(page) == ["before", "a", "b", "framed", "second", "after"]


async def test_more_stops_than_are_pressed_at_once_are_met(look: Look) -> None:
    page = await look("".join(f"<p><a id=n{number} href=#{number}>Link {number}</a></p>" for number in range(60)))
    assert walked(page) == [f"n{number}" for number in range(60)]
    assert page.focus is not None
    assert page.focus.complete


async def test_a_page_with_more_stops_than_are_walked_says_so(look: Look) -> None:
    page = await look("".join(f"<a id=n{number} href=#{number}>Link {number}</a> " for number in range(400)))
    assert page.focus is not None
    assert not page.focus.complete
    assert len(page.focus.stops) == 250


async def test_a_page_that_leaves_when_operated_keeps_what_was_seen_before(look: Look) -> None:
    page = await look("<h1>Here</h1><input aria-label=Name onfocus=\"location.href = '/elsewhere.html'\">")
    assert page.snapshot is not None
    assert page.axe is not None
    stopped = [probe for probe in page.probes if not probe.ran]
    assert all(probe.name in OPERATING for probe in stopped)


async def test_three_walks_through_one_page_are_the_same(look: Look) -> None:
    html = "<a href=#x>One</a><button style='outline:none;border:0' id=bare>Two</button><input aria-label=Three>"
    pages = [await look(html) for _ in range(3)]
    assert len({page.focus for page in pages}) == 1


async def test_what_slides_in_with_the_focus_is_seen_where_it_ends(look: Look) -> None:
    page = await look(
        "<style>a { position: absolute; top: -90px; transition: top .01ms } a:focus { top: 8px }</style>"
        "<a id=skip href=#content>Skip to content</a><main id=content>Content</main>"
    )
    assert page.focus is not None
    [stop] = page.focus.stops
    assert stop.box[1] == 8
    assert stop.shown == "style"
