"""The rendered tree answers by tag, role, id and place; what is seen and read is told from what is only there."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path

from rules import visible_text, words
from rules.dom import Dom
from rules.element import Element
from rules.evidence.dom import DomSnapshot
from rules.layout import can_be_seen
from rules.page import Page

LookAt = Callable[[str], Awaitable[Page]]

PAGE = """<html lang="en"><head><title>Service</title><style>
  .spoken { position: absolute; width: 1px; height: 1px; overflow: hidden }
  .clipped { position: absolute; clip: rect(0 0 0 0) }
  .away { position: absolute; left: -999em }
  .window { height: 20px; overflow: hidden }
  .scroller { height: 20px; overflow: auto }
  .button::before { content: "Now: " }
  .icons { font-family: "Example Icons", sans-serif }
</style></head><body>
<header><nav aria-label="Main"><a id="home" href="/">Home</a></nav></header>
<main><section aria-labelledby="title"><h2 id="title">Apply</h2>
<button id="button" class="button">Send <b>it</b></button></section>
<p id="read">One<br>two <span>three</span><span class="spoken">spoken</span><span class="clipped">clipped</span>
  <span class="away">away</span><span style="visibility: hidden">hidden</span><span style="opacity: 0">faint</span>
  <span style="color: transparent">glass</span><span class="icons">check</span>
  <i style="display: inline-block">four</i></p>
<div id="beside" style="display: flex"><div>left</div><div>right</div></div>
<div class="window"><p id="cut">shown</p><p id="below" style="margin-top: 40px">cut off</p></div>
<div class="scroller"><p>first</p><p id="scrolled" style="margin-top: 40px">last</p></div>
<div class="window"><p id="escaped" style="position: absolute; top: 900px">elsewhere</p></div>
<p id="gone" style="display: none">gone</p><p id="unseen" class="spoken">for ears</p>
<span id="same">first</span><span id="same">second</span></main>
<iframe title="Frame" src="frame.html"></iframe></body></html>"""
FRAME = "<!doctype html><html lang=es><title>Marco</title><p id=title>Dentro</p><a id=inner href=otra.html>Otra</a>"


async def dom_of(look_at: LookAt, tmp_path: Path) -> Dom:
    (tmp_path / "frame.html").write_text(FRAME, "utf-8")
    return (await look_at(PAGE)).dom


def by_id(dom: Dom, name: str, frame: int = 0) -> Element:
    found = dom.by_id(name, frame)
    assert found is not None, name
    return found


async def test_elements_are_found_by_tag_role_and_id_in_document_order(look_at: LookAt, tmp_path: Path) -> None:
    dom = await dom_of(look_at, tmp_path)
    assert [element.tag for element in dom.by_tag("button", "a", "h2")] == ["a", "h2", "button", "a"]
    assert [element.role for element in dom.by_role("link", "heading")] == ["link", "heading", "link"]
    assert by_id(dom, "title").tag == "h2"
    assert by_id(dom, "title", frame=1).text == "Dentro"
    assert dom.by_id("title", frame=2) is None
    assert by_id(dom, "same").text == "first"
    assert not dom.has_unique_id(by_id(dom, "same"))
    assert dom.has_unique_id(by_id(dom, "title")), "the same id in a frame is another document's"
    assert [element.tag for element in dom.elements if element.is_generated] == []


async def test_an_element_knows_what_is_around_and_inside(look_at: LookAt, tmp_path: Path) -> None:
    dom = await dom_of(look_at, tmp_path)
    button = by_id(dom, "button")
    assert button.landmarks == ("main", "region")
    assert by_id(dom, "home").landmarks == ("banner", "navigation")
    assert button.closest("section", "main") is button.parent
    assert button.closest("button") is button
    assert button.closest("table") is None
    assert [child.tag for child in button.children] == ["b"], "generated content is no child"
    assert button.name == "Now: Send it"
    assert button.text == "Send it"
    inner = by_id(dom, "inner", frame=1)
    assert inner.href.endswith("/otra.html")
    assert [above.tag for above in inner.ancestors()] == ["body", "html", "iframe", "body", "html"]


async def test_only_what_can_come_into_view_is_seen(look_at: LookAt, tmp_path: Path) -> None:
    dom = await dom_of(look_at, tmp_path)
    seen = {name: can_be_seen(by_id(dom, name)) for name in ("cut", "below", "scrolled", "escaped", "gone", "unseen")}
    assert seen == {
        "cut": True,
        "below": False,
        "scrolled": True,
        "escaped": True,
        "gone": False,
        "unseen": False,
    }


async def test_visible_text_is_what_sighted_people_read(look_at: LookAt, tmp_path: Path) -> None:
    dom = await dom_of(look_at, tmp_path)
    assert visible_text(by_id(dom, "read")) == "One two three four"
    assert visible_text(by_id(dom, "beside")) == "left right"
    assert by_id(dom, "beside").text == "leftright"
    assert visible_text(by_id(dom, "unseen")) == ""


def test_words_have_no_case_accents_or_punctuation() -> None:
    assert words("  Résumé — Don’t «PANIC» (42%)…") == ["resume", "don't", "panic", "42"]
    assert words("→ ✕ \ue001") == []


def test_a_page_without_a_snapshot_is_an_empty_tree() -> None:
    dom = Dom(DomSnapshot((), (), ()))
    assert (dom.elements, dom.root, dom.by_tag("p"), dom.by_role("link")) == ([], None, [], [])
