"""Pictures are read one by one as they are drawn, each once in a run, and the page is left as it was."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path
from urllib.parse import quote

import pytest

from rules.dom import Dom
from rules.evidence.pictures import Pictures
from scanner.browser.frames import process_roots
from scanner.browser.tab import Tab
from scanner.probes.dom import probe_dom
from scanner.probes.pictures import TEXT_LIMIT, probe_pictures

Read = Callable[[str], Awaitable[tuple[dict[str, str], Pictures]]]


def drawing(text: str, *, ink: str = "black") -> str:
    """The address of a picture in which a text is written."""
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="300" height="60" font-family="sans-serif">'
        f'<text x="10" y="40" font-size="28" fill="{ink}">{text}</text></svg>'
    )
    return "data:image/svg+xml," + quote(svg)


@pytest.fixture
def read(tab: Tab, tmp_path: Path, serve: Callable[[Path], str]) -> Read:
    """A function that gives what is read on a page with this body: by id, and in full."""
    base = serve(tmp_path)

    async def look(body: str) -> tuple[dict[str, str], Pictures]:
        (tmp_path / "index.html").write_text(f"<!doctype html><html lang=en><title>A page</title>{body}", "utf-8")
        await tab.page.goto(f"{base}/index.html")
        markup = "document.documentElement.outerHTML"
        before = await tab.evaluate(markup)
        snapshot, index_of = await probe_dom(await process_roots(tab.page, tab.session))
        dom = Dom(snapshot)
        pictures = await probe_pictures(tab.session, dom, index_of, reader=tab.reader)
        assert await tab.evaluate(markup) == before
        by_id = {}
        for picture in pictures.seen:
            element = dom.at(picture.node)
            assert element is not None
            by_id[element.get("id")] = " ".join(line.text for line in picture.lines)
        return by_id, pictures

    return look


async def test_every_kind_of_picture_is_read(read: Read) -> None:
    told, _ = await read(
        f"""<body style="background: #123">
        <img id=image src="{drawing("Apply today", ink="white")}" alt="">
        <form><input id=button type=image src="{drawing("Search", ink="white")}" alt="Search"></form>
        <div id=background style="width: 300px; height: 60px; background: #fff url('{drawing("Save the date")}')"></div>
        <svg id=drawing width=300 height=60 style="fill: yellow"><text x=10 y=40 font-size=28>Drawn words</text></svg>
        <canvas id=canvas width=300 height=60></canvas>
        <script>const pen = document.querySelector("canvas").getContext("2d"); pen.font = "28px sans-serif";
        pen.fillStyle = "#fff"; pen.fillText("Painted words", 10, 40)</script>
        <img id=small width=20 height=20 src="{drawing("No")}" alt="">
        <img id=hidden hidden src="{drawing("No")}" alt="">
        """
    )
    assert told == {
        "image": "Apply today",
        "button": "Search",
        "background": "Save the date",
        "drawing": "Drawn words",
        "canvas": "Painted words",
    }


async def test_text_that_lies_over_a_picture_is_not_read_as_its_own(read: Read) -> None:
    told, pictures = await read(
        f"""<div style="position: relative"><img id=under width=300 height=60 src="{drawing("Under")}" alt="">
        <p style="position: absolute; left: 120px; top: 8px; margin: 0; font-size: 28px">Over the picture</p></div>"""
    )
    assert told == {"under": "Under"}
    (line,) = pictures.seen[0].lines
    x, y, width, height = line.box
    # Where the letters stand in the drawing, in CSS px: from x = 10, on the line y = 40.
    assert 0 <= x <= 12
    assert 60 <= width <= 110
    assert 40 <= y + height <= 56


async def test_what_is_known_is_read_from_memory(read: Read, tab: Tab) -> None:
    first, _ = await read(f'<img id=logo src="{drawing("Northfield")}" alt="">')
    sheets = []
    tab.page.on("console", lambda message: sheets.append(message.text))
    again, _ = await read(
        f"""<script>new MutationObserver(() => console.log("shown")).observe(document.documentElement,
        {{childList: true}})</script><img id=logo src="{drawing("Northfield")}" alt="">"""
    )
    assert again == first == {"logo": "Northfield"}
    assert sheets.count("shown") <= 1  # the parser's own, of the body; a sheet would come and go beside it


async def test_no_more_is_read_than_the_budget_allows(read: Read) -> None:
    images = "".join(f'<img src="{drawing(f"Number {count}")}" alt="">' for count in range(TEXT_LIMIT + 2))
    _, pictures = await read(images)
    assert len(pictures.seen) == TEXT_LIMIT
    assert pictures.beyond == 2


async def test_styles_and_open_dialogs_of_the_page_do_not_stand_in_the_way(read: Read) -> None:
    told, _ = await read(
        f"""<style>div, :popover-open {{ display: none !important; opacity: 0 !important }}
        html > * {{ transform: scale(.5) !important }} html {{ filter: grayscale(1) }}</style>
        <img id=under src="{drawing("Northfield")}" alt=""><dialog open id=own>A dialog</dialog>
        <script>document.querySelector("dialog").close(); document.querySelector("dialog").showModal()</script>"""
    )
    assert told == {"under": "Northfield"}
