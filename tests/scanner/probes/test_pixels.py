"""Pixels under letters are measured where styles leave them open, and the page is left as it was."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from rules.dom import Dom
from rules.evidence.pixels import Pixels
from scanner.browser.frames import process_roots
from scanner.browser.tab import Tab
from scanner.probes.dom import probe_dom
from scanner.probes.pixels import probe_pixels

STRIPES = (
    "url(data:image/svg+xml,%3Csvg%20xmlns=%22http://www.w3.org/2000/svg%22%20width=%2220%22%20height=%2220%22%3E"
    "%3Crect%20width=%2210%22%20height=%2220%22%20fill=%22%23000%22/%3E%3C/svg%3E)"
)
PAGE = f"""<!doctype html><html lang=en><title>A page</title><main style="background: #fff"><h1>A page</h1>
<p id=picture style="background: {STRIPES}; color: #777">Letters on a picture</p>
<p id=own style="-webkit-text-fill-color: #555 !important; background: {STRIPES}">Letters with a fill</p>
<p id=plain>Letters on white</p><div style="height: 3000px"></div>
<p id=far style="background: {STRIPES}; color: #777">Letters far below</p></main></html>"""


@pytest.fixture
def at(tmp_path: Path, serve: Callable[[Path], str]) -> str:
    (tmp_path / "index.html").write_text(PAGE, "utf-8")
    (tmp_path / "plain.html").write_text("<!doctype html><title>Plain</title><p>Letters on white", "utf-8")
    return serve(tmp_path)


async def looked_at(tab: Tab, url: str) -> tuple[Dom, Pixels]:
    await tab.page.goto(url)
    snapshot, index_of = await probe_dom(await process_roots(tab.page, tab.session))
    dom = Dom(snapshot)
    return dom, await probe_pixels(tab.session, dom, index_of)


async def test_letters_are_measured_against_what_is_under_them(tab: Tab, at: str) -> None:
    dom, pixels = await looked_at(tab, f"{at}/index.html")
    told = {dom.nodes[text.node].attributes[0][1]: text for text in pixels.texts}
    assert list(told) == ["picture", "own", "far"]
    # #777 has 4.47 to 1 with white and 4.68 to 1 with black; #555 has 2.81 to 1 with black.
    assert (told["picture"].lowest, told["picture"].highest) == (4.47, 4.68)
    assert (told["own"].lowest, told["own"].background) == (2.81, (0, 0, 0))
    assert told["far"][1:] == told["picture"][1:]


async def test_the_page_is_left_as_it_was(tab: Tab, at: str) -> None:
    await tab.page.goto(f"{at}/index.html")
    markup = "document.documentElement.outerHTML"
    before = await tab.evaluate(markup)
    snapshot, index_of = await probe_dom(await process_roots(tab.page, tab.session))
    await probe_pixels(tab.session, Dom(snapshot), index_of)
    assert await tab.evaluate(markup) == before
    assert await tab.evaluate("typeof globalThis.curbcutInk") == "undefined"


async def test_a_page_without_doubts_costs_no_picture(tab: Tab, at: str) -> None:
    _, pixels = await looked_at(tab, f"{at}/plain.html")
    assert pixels == Pixels()
