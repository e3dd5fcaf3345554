"""The rendered tree joins snapshot, accessibility tree and structure as written, through shadow trees and frames."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from pathlib import Path

import pytest

from rules.dom import Dom
from rules.element import Element
from rules.page import Page
from scanner.browser.tab import Tab
from scanner.visit import VisitPlan, visit

PAGE = """<!doctype html><html lang="en"><head><title>A page</title></head><body>
<main><h1>Apply <b>now</b></h1>
<p id="hidden" aria-hidden="true">secret <a id="inside" href="/x">link</a></p>
<p id="gone" style="display:none">gone</p>
<div id="host"><li id="slotted">one</li></div>
<form><label>Name <input id="name" value="Jane Doe"></label><textarea id="story">my story</textarea>
<input id="send" type="submit" value="Send"></form>
<details id="closed"><summary>More</summary><p id="folded">folded</p></details></main>
<script>
  document.getElementById("host").attachShadow({mode: "closed"}).innerHTML =
    "<ul id='list'><slot></slot></ul><p id='shadow-text'>in the shadow</p>";
</script>
<iframe id="other" src="FRAME"></iframe>
</body></html>"""
FRAME = """<!doctype html><html lang="es"><head><title>Inside</title></head>
<body><button id="far">Lejos</button></body></html>"""


@pytest.fixture
def site(tmp_path: Path, serve: Callable[[Path], str]) -> str:
    base = serve(tmp_path)
    elsewhere = base.replace("127.0.0.1", "localhost")
    (tmp_path / "frame.html").write_text(FRAME, "utf-8")
    (tmp_path / "index.html").write_text(PAGE.replace("FRAME", f"{elsewhere}/frame.html"), "utf-8")
    return base


async def looked_at(tab: Tab, url: str) -> Page:
    page = await visit(tab, url, VisitPlan())
    assert page.snapshot is not None, page
    return page


def by_id(dom: Dom, name: str) -> Element:
    return next(element for element in dom.elements if element.get("id") == name)


async def test_roles_names_and_exposure_are_the_browsers(tab: Tab, site: str) -> None:
    dom = (await looked_at(tab, f"{site}/index.html")).dom
    [heading] = dom.by_role("heading")
    assert (heading.name, heading.state("level"), heading.landmarks) == ("Apply now", "1", ("main",))
    assert by_id(dom, "name").name == "Name"
    assert by_id(dom, "name").name_from == "label"
    assert not by_id(dom, "hidden").exposed
    assert not by_id(dom, "inside").exposed
    assert not by_id(dom, "gone").rendered
    assert not by_id(dom, "folded").visible
    assert dom.by_tag("b")[0].exposed, "plain inline elements are not in the browser's tree and yet not hidden"


async def test_shadow_trees_are_in_with_both_parents(tab: Tab, site: str) -> None:
    dom = (await looked_at(tab, f"{site}/index.html")).dom
    slotted, host = by_id(dom, "slotted"), by_id(dom, "host")
    assert slotted.parent is not None
    assert slotted.parent.tag == "slot"
    assert slotted.dom_parent is host
    assert by_id(dom, "shadow-text").text == "in the shadow"
    assert by_id(dom, "shadow-text").selector == "#host >>> p"
    assert slotted.selector == "#slotted"


async def test_a_frame_of_another_site_is_part_of_the_tree(tab: Tab, site: str) -> None:
    dom = (await looked_at(tab, f"{site}/index.html")).dom
    far = by_id(dom, "far")
    assert (far.role, far.name, far.frame, far.selector) == ("button", "Lejos", "#other", "#far")
    assert [frame.title for frame in dom.snapshot.frames] == ["A page", "Inside"]


async def test_what_people_typed_is_nowhere_in_the_evidence(tab: Tab, site: str) -> None:
    page = await looked_at(tab, f"{site}/index.html")
    kept = pickle.dumps(page)
    assert b"Jane Doe" not in kept
    assert b"my story" not in kept
    assert by_id(page.dom, "send").name == "Send", "a button's value is its name"


async def test_evidence_survives_pickling_without_what_is_derived(tab: Tab, site: str) -> None:
    page = await looked_at(tab, f"{site}/index.html")
    assert page.dom.by_role("heading")
    assert page.soup.h1 is not None
    again = pickle.loads(pickle.dumps(page))
    assert again == page
    assert "dom" not in vars(again)


async def test_a_tree_of_great_depth_can_be_kept(tab: Tab, tmp_path: Path, serve: Callable[[Path], str]) -> None:
    (tmp_path / "deep.html").write_text("<!doctype html><title>Deep</title>" + "<div>" * 400 + "x", "utf-8")
    page = await looked_at(tab, f"{serve(tmp_path)}/deep.html")
    assert pickle.loads(pickle.dumps(page)) == page
    assert page.dom.elements[-1].text == "x"


async def test_a_frame_that_did_not_load_is_no_part_of_the_page(
    tab: Tab, tmp_path: Path, serve: Callable[[Path], str]
) -> None:
    (tmp_path / "index.html").write_text(
        '<!doctype html><html lang=en><title>Out</title><main><h1>Out</h1><iframe id=film title=Film src="http://127.0.0.1:1/">',
        "utf-8",
    )
    page = await looked_at(tab, f"{serve(tmp_path)}/index.html")
    assert page.dom.by_tag("iframe")
    assert len(page.dom.snapshot.frames) == 1, "the browser's own error page is judged as if it were the site's"
    assert page.axe is not None
    assert len(page.axe.untested_frames) == 1
    found = {result.rule: result for result in page.axe.results}
    assert not any(node.frame for result in found.values() for node in (*result.failed, *result.incomplete))
    assert [node.node for node in found["frame-tested"].incomplete] == [page.dom.by_tag("iframe")[0].index]
