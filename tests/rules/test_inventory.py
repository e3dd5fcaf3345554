"""An inventory counts what a page holds by kind, names the first places, and stays small whatever the page is."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from dataclasses import fields

from reports.model import PageResult
from reports.results import page_to_plain
from rules.holdings import HOLDINGS
from rules.inventory import Held, inventory
from rules.page import Page
from rules.standards.concerns import concerns, kinds
from rules.standards.left import left_to_people

LookAt = Callable[[str], Awaitable[Page]]

PAGE = """<html lang="en"><title>Apply</title><body>
<img alt="The office" src="a.png" width="40" height="40"><img alt="" src="b.png" width="40" height="40">
<img alt="" src="dot.png" width="8" height="8"><a href="/home"><img alt="Home" src="c.gif" width="40" height="40"></a>
<video id="film" src="film.mp4?key=1" controls></video><audio id="talk" controls></audio>
<iframe src="about:blank" title="Frame" width="300" height="100"></iframe>
<form><label>Name <input id="name"></label><label>Mail <input autocomplete="email"></label>
<label>Way <select><option>Post</select></label><input type="hidden"><button>Send</button></form>
<a href="/forms/b12.pdf?v=2">Form</a> <a href="/forms/b12.PDF">Form again</a> <a href="http://files.example.org/x.xlsx">Table</a>
<dialog id="ask">Sure?</dialog><div role="alert"></div><p lang="es-MX">Hola</p><p lang="en-GB">Hello</p>
<details><summary>More</summary>Text</details><div role="tablist" id="tabs"><div role="tab">A</div></div>
<div id="bar" style="position: sticky; top: 0; height: 30px">Bar</div>
<div id="hold" draggable="true" onpointerdown="1">Drag</div><h1>Apply</h1><table><tr><th>a<td>b</table>
</body></html>"""

HELD = {
    "announcements": 1,
    "audio": 1,
    "buttons": 2,
    "dialogs": 1,
    "drags": 1,
    "fields": 3,
    "files": 3,
    "fixed": 1,
    "forms": 1,
    "frames": 1,
    "gifs": 1,
    "headings": 1,
    "ignored-pictures": 1,
    "languages": 1,
    "links": 4,
    "openers": 1,
    "picture-controls": 1,
    "pictures": 2,
    "presses": 1,
    "purposeless": 1,
    "tables": 1,
    "videos": 1,
    "widgets": 1,
}


async def test_what_a_page_holds_is_counted_and_its_places_are_named(look_at: LookAt) -> None:
    page = await look_at(PAGE)
    held = {one.kind: one for one in inventory(page)}
    assert {kind: one.count for kind, one in held.items()} == HELD
    assert held["videos"].places == ("/film.mp4",)
    assert held["audio"].places == ("#talk",)
    assert held["files"].places == ("/forms/b12.pdf", "/forms/b12.PDF", "files.example.org/x.xlsx")
    assert held["languages"].places == ("es-MX",)
    assert held["dialogs"].places == ("#ask",)
    assert held["links"].places == ()


async def test_a_huge_page_takes_less_than_a_kilobyte(look_at: LookAt) -> None:
    folders = "/".join("folder" for _ in range(30))
    many = "".join(f'<a href="/{folders}/{n}.pdf">{n}</a><iframe src="/{folders}/{n}"></iframe>' for n in range(50))
    page = await look_at(f"{PAGE}{many}<video src=/é/{folders}.mp4></video>")
    held = inventory(page)
    assert {one.kind: one.count for one in held}["files"] == 53
    plain = page_to_plain(PageResult(page.url, inventory=held))["inventory"]
    assert len(json.dumps(plain, ensure_ascii=False, separators=(",", ":")).encode()) < 1000


def test_nothing_is_held_where_nothing_was_captured() -> None:
    assert inventory(Page("https://a.example/")) == ()


def test_every_kind_has_its_words_and_concerns_a_criterion() -> None:
    assert set(kinds()) == set(HOLDINGS)
    concerned = {kind for concern in concerns().values() for kind in concern.kinds}
    assert set(kinds()) - concerned == {"files"}
    assert concerned <= set(kinds())


def test_every_criterion_that_is_left_to_people_says_what_it_concerns() -> None:
    assert set(concerns()) == set(left_to_people())
    assert all(concern.kinds or concern.every_page for concern in concerns().values())


def test_the_evidence_that_counts_a_kind_is_a_field_of_the_page() -> None:
    assert {kind.evidence for kind in kinds().values()} - {"dom"} < {field.name for field in fields(Page)}


def test_an_inventory_reads_as_the_counts_that_it_holds() -> None:
    plain = page_to_plain(PageResult("u", inventory=(Held("links", 3), Held("videos", 1, ("/a.mp4",)))))
    assert plain["inventory"] == {"links": {"count": 3}, "videos": {"count": 1, "places": ["/a.mp4"]}}
