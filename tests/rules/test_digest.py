"""What is kept of a page for comparison is small whatever the page is, and says where links stand."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import pytest

from reports.jsontext import compact
from reports.plain import from_plain, to_plain
from rules.digest import HelpLink, Link, Navigation, PageDigest, digest
from rules.page import Page

LookAt = Callable[[str], Awaitable[Page]]

PAGE = """<html lang="es"><head><title>Servicio</title></head><body>
<header><a href="/">Inicio</a><nav aria-label="Principal"><a href="/a?x=1#y">A</a><a href="https://else.example/b">B</a></nav></header>
<main><h1>Título</h1><h2>Parte</h2><a href="/ayuda">Ayuda</a><button type="submit">Enviar</button>
<nav><a href="http://[">roto</a></nav></main>
<footer><a href="/contacto">Contacto con nosotros</a></footer>
<iframe title="x" srcdoc="<h1>Inside</h1><a href='/inside'>Inside help</a>"></iframe></body></html>"""


async def test_the_digest_says_what_stands_where(look_at: LookAt) -> None:
    found = digest(await look_at(PAGE))
    assert (found.title, found.language) == ("Servicio", "es")
    assert found.headings == ((1, "Título"), (2, "Parte")), "a frame's headings are not the page's"
    assert found.header_links == (Link("Inicio", "/"), Link("A", "/a?x=1#y"), Link("B", "https://else.example/b"))
    assert found.navigation == (
        Navigation("Principal", "banner", (Link("A", "/a?x=1#y"), Link("B", "https://else.example/b"))),
        Navigation("", "main", (Link("roto", "http://["),)),
    )
    assert found.help_links == (
        HelpLink("Ayuda", "/ayuda", "main"),
        HelpLink("Contacto con nosotros", "/contacto", "contentinfo"),
    )
    assert [control.target for control in found.controls if control.role == "button"] == ["submit"]


@pytest.mark.parametrize("letter", ["a", "語", "\U0001f3db", '"'], ids=["ascii", "japanese", "emoji", "quotes"])
async def test_a_digest_is_below_20_kilobytes_whatever_the_page(look_at: LookAt, letter: str) -> None:
    long = letter * 3000
    links = "".join(f"<a href='/{long}{number}'>help contact {long}{number}</a>" for number in range(120))
    navigation = "".join(f"<nav aria-label='{long}{number}'>{links[:40_000]}</nav>" for number in range(10))
    headings = "".join(f"<h{number % 6 + 1}>{long}</h{number % 6 + 1}>" for number in range(300))
    page = await look_at(
        f"<html lang='{long}'><title>{long}</title><body><header>{links}{navigation}</header>"
        f"<main>{headings}{'<button>' + long + '</button>'}</main><footer>{links}</footer></body></html>"
    )
    found = digest(page)
    assert found.headings
    assert found.header_links
    assert found.navigation
    assert found.footer_links
    stored = compact(to_plain(found))
    assert len(stored.encode()) < 20_000
    assert from_plain(PageDigest, to_plain(found), source="here") == found


async def test_a_heading_level_that_nobody_can_store_is_cut(look_at: LookAt) -> None:
    page = await look_at("<html lang=en><title>T</title><div role=heading aria-level=99999999999>Far</div>")
    [(level, name)] = digest(page).headings
    assert (level <= 9, name) == (True, "Far")
