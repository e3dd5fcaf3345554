"""Every address that a site's sitemaps name is found, and whatever else a server sends is a note at most."""

from __future__ import annotations

import asyncio
import gzip
import tracemalloc
from collections.abc import AsyncIterator, Callable
from urllib.parse import urlsplit

import httpx
import pytest
import pytest_asyncio
from hypothesis import given
from hypothesis import strategies as st
from scripted_server import ScriptedServer, reply, scripted

from scanner.crawl.sitemap_text import NotASitemap, SitemapText
from scanner.crawl.sitemaps import SitemapLimits, SitemapReader

NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
HEAD = '<?xml version="1.0" encoding="UTF-8"?>'


def urlset(*addresses: str, namespace: str = NAMESPACE) -> bytes:
    entries = "".join(f"<url><loc>{address}</loc><lastmod>2026-01-01</lastmod></url>" for address in addresses)
    return f'{HEAD}<urlset xmlns="{namespace}">{entries}</urlset>'.encode()


def index(*addresses: str) -> bytes:
    entries = "".join(f"<sitemap><loc>{address}</loc></sitemap>" for address in addresses)
    return f'{HEAD}<sitemapindex xmlns="{NAMESPACE}">{entries}</sitemapindex>'.encode()


def named(text: bytes, *, step: int = 0) -> list[str]:
    """The addresses of pages and of sitemaps in a text that arrives in pieces of `step` bytes."""
    sitemap = SitemapText()
    found = [sitemap.feed(text[at : at + step]) for at in range(0, len(text), step)] if step else [sitemap.feed(text)]
    found.append(sitemap.close())
    return [url for piece in found for url in (*piece.pages, *piece.sitemaps)]


XML = urlset("http://a.gov/1", " http://a.gov/?a=1&amp;b=2\n")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (XML, ["http://a.gov/1", "http://a.gov/?a=1&b=2"]),
        (b"\xef\xbb\xbf\r\n " + XML, ["http://a.gov/1", "http://a.gov/?a=1&b=2"]),
        (XML.replace(b"&amp;", b"&"), ["http://a.gov/1", "http://a.gov/?a=1&b=2"]),
        (XML.replace(b"UTF-8", b"UTF-16").decode().encode("utf-16"), ["http://a.gov/1", "http://a.gov/?a=1&b=2"]),
        (urlset("<![CDATA[http://a.gov/?a=1&b=2]]>"), ["http://a.gov/?a=1&b=2"]),
        (urlset("http://a.gov/1", namespace="https://www.google.com/schemas/sitemap/0.84"), ["http://a.gov/1"]),
        (b"<urlset><url><loc>http://a.gov/1</loc></url></urlset>", ["http://a.gov/1"]),
        (urlset("http://a.gov/1", "http://a.gov/2")[:-60], ["http://a.gov/1"]),
        (index("http://a.gov/s.xml"), ["http://a.gov/s.xml"]),
        (b"http://a.gov/1\r\nhttps://a.gov/2", ["http://a.gov/1", "https://a.gov/2"]),
        (b"http://a.gov/1\n# later\n\nhttp://a.gov/2\n", ["http://a.gov/1", "http://a.gov/2"]),
        (b"<rss><channel><link>http://a.gov/</link><item><link>http://a.gov/1</link></item></channel></rss>", ["http://a.gov/1"]),
        (b'<feed><link href="http://a.gov/"/><entry><link href="http://a.gov/1"/></entry></feed>', ["http://a.gov/1"]),
        (
            b'<urlset xmlns:i="i" xmlns:x="x"><url><loc>http://a.gov/1</loc><i:image><i:loc>http://a.gov/i.png</i:loc>'
            b'</i:image><x:link rel="alternate" hreflang="cy" href="http://a.gov/cy"/></url></urlset>',
            ["http://a.gov/1", "http://a.gov/cy"],
        ),
        (b"<urlset></urlset>", []),
    ],
)  # fmt: skip
@pytest.mark.parametrize("step", [0, 1, 7])
def test_the_usual_kinds_are_read_in_whatever_pieces_they_come(text: bytes, expected: list[str], step: int) -> None:
    assert named(text, step=step) == expected


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b" \n",
        b"<!doctype html><title>Not found</title>",
        b"Not found",
        b"{}",
        b"<a>b</a>",
        b"<" * 99,
        b"\x00" * 99,
    ],
)
def test_what_is_no_sitemap_is_told(text: bytes) -> None:
    with pytest.raises(NotASitemap):
        named(text)


def test_entities_are_neither_resolved_nor_fetched() -> None:
    bomb = b"".join(b'<!ENTITY l%d "%s">' % (n, b"&l%d;" % (n - 1) * 10 if n else b"lol" * 10) for n in range(10))
    text = b'<!DOCTYPE u [%s<!ENTITY x SYSTEM "file:///etc/hostname">]>' % bomb
    addresses = named(text + b"<urlset><url><loc>http://a.gov/&l9;&x;</loc></url></urlset>")
    assert all(len(address) < 100 for address in addresses)


def test_memory_does_not_grow_with_a_sitemap() -> None:
    sitemap = SitemapText()
    sitemap.feed(b"<urlset>")
    piece = b"".join(b"<url><loc>http://a.gov/%d</loc><junk/></url>" % number for number in range(500))
    tracemalloc.start()
    try:
        for _ in range(5):
            sitemap.feed(piece + b"y" * 200_000)
        before = tracemalloc.get_traced_memory()[0]
        for _ in range(100):
            assert len(sitemap.feed(piece + b"y" * 200_000).pages) == 500
        assert tracemalloc.get_traced_memory()[0] - before < 100_000
    finally:
        tracemalloc.stop()


@given(
    st.binary(max_size=300) | st.text(st.sampled_from("<>/!&;[]\"' ulrocxmhtpCDATA:\n"), max_size=80).map(str.encode)
)
def test_no_bytes_raise_anything_else(text: bytes) -> None:
    for start in (b"", b"<urlset><url><loc>", b"http://a.gov/\n"):
        try:
            found = named(start + text, step=9)
        except NotASitemap:
            continue
        assert all(isinstance(address, str) for address in found)


@pytest_asyncio.fixture
async def server() -> AsyncIterator[ScriptedServer]:
    async with scripted() as running:
        yield running


async def read(
    server: ScriptedServer,
    *listed: str,
    limits: SitemapLimits | None = None,
    trusted: Callable[[str], bool] | None = None,
    allowed: Callable[[str], bool] = bool,
    headers: dict[str, str] | None = None,
) -> tuple[list[str], list[str]]:
    """The paths that the server's sitemaps name, and the notes."""
    found: list[str] = []
    async with httpx.AsyncClient(trust_env=False, headers=headers) as client:
        reader = SitemapReader(
            client,
            "Curbcut",
            take=found.extend,
            trusted=trusted or (lambda url: url.startswith(server.base)),
            limits=limits or SitemapLimits(),
        )
        await reader.read(f"{server.base}/", listed=listed, allowed=allowed)
    return [urlsplit(url).path for url in found], reader.notes


async def test_sitemaps_of_robots_and_of_the_usual_place_are_read_with_all_that_they_index(
    server: ScriptedServer,
) -> None:
    at = server.base
    packed = gzip.compress(urlset(f"{at}/packed"))
    server.answers |= {
        "/robots-map.xml": reply(200, index(f"{at}/1.xml.gz", f"{at}/2.txt", f"{at}/3.xml", f"{at}/1.xml.gz")),
        "/1.xml.gz": reply(200, packed),
        "/2.txt": reply(200, gzip.compress(f"{at}/text".encode()), Content_Encoding="gzip"),
        "/3.xml": reply(200, index(f"{at}/4.xml", f"{at}/robots-map.xml")),
        "/4.xml": reply(200, gzip.compress(gzip.compress(urlset(f"{at}/twice"))), Content_Encoding="gzip"),
        "/sitemap.xml": reply(301, Location="/moved.xml"),
        "/moved.xml": reply(200, urlset(f"{at}/usual")),
    }
    paths, notes = await read(server, "/robots-map.xml")
    assert sorted(paths) == ["/packed", "/text", "/twice", "/usual"]
    assert notes == []
    assert len(server.requests) == 7


async def test_the_first_of_the_usual_places_counts_and_none_is_no_fault(server: ScriptedServer) -> None:
    server.answers["/sitemap.xml"] = reply(200, b"<!doctype html><p>There is no such page.</p>")
    assert await read(server) == ([], [])
    server.answers["/sitemap_index.xml"] = reply(200, urlset(f"{server.base}/a"))
    server.answers["/wp-sitemap.xml"] = reply(200, urlset(f"{server.base}/b"))
    assert await read(server) == (["/a"], [])
    assert await read(server, allowed=lambda url: "sitemap_index" not in url) == (["/b"], [])


async def test_headers_of_the_target_are_sent(server: ScriptedServer) -> None:
    await read(server, "/a.xml", headers={"X-Preview": "1"})
    assert all("X-Preview: 1" in request for request in server.requests)


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (reply(404), "HTTP 404"),
        (reply(503), "HTTP 503"),
        (reply(200, b""), "it is empty"),
        (reply(200, b"<!DOCTYPE html><html><body>x</body></html>"), "another kind, <html>"),
        (reply(200, b"<!doctype html><html><body>x</body></html>"), "no XML that could be read"),
        (reply(200, b"\x1f\x8bbroken"), "it is packed, and broken"),
        (reply(200, gzip.compress(XML, mtime=0)[:-9]), "ends too early"),
        (reply(200, b"x", Content_Encoding="br"), "packed as br"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n<urlset>", "the answer broke off"),
        (b"nonsense\r\n\r\n", "the answer broke off"),
        (reply(302, Location="/map.xml"), "leads on more than 5 times"),
        (reply(302, Location="http://10.0.0.1/"), "leads to another site, 10.0.0.1"),
        (reply(302, Location="file:///etc/passwd"), "another site"),
    ],
)
async def test_a_sitemap_that_cannot_be_read_is_a_note(server: ScriptedServer, answer: bytes, reason: str) -> None:
    server.answers["/map.xml"] = answer
    server.answers["/other.xml"] = reply(200, urlset(f"{server.base}/a"))
    paths, notes = await read(server, "/map.xml", "/other.xml")
    assert paths[-1] == "/a"
    assert [reason in note for note in notes] == [True]


async def test_a_broken_sitemap_is_read_as_far_as_it_goes_and_told(server: ScriptedServer) -> None:
    server.answers["/map.xml"] = reply(
        200, urlset(f"{server.base}/a", f"{server.base}/b\x00").replace(b"</urlset>", b"")
    )
    paths, notes = await read(server, "/map.xml")
    assert "/a" in paths
    assert "has mistakes (line 1" in notes[0]


async def test_other_sites_are_not_asked(server: ScriptedServer) -> None:
    async with scripted() as other:
        other.answers["/s.xml"] = reply(200, urlset(f"{server.base}/a"))
        server.answers["/map.xml"] = reply(200, index(f"{other.base}/s.xml"))
        _, notes = await read(server, "/map.xml")
        assert other.requests == []
        assert notes == [f"Sitemaps on other sites, which were not read: {other.base}/s.xml."]
        assert await read(server, "/map.xml", trusted=bool) == (["/a"], [])


async def test_bodies_and_numbers_are_bounded(server: ScriptedServer) -> None:
    at = server.base
    many = urlset(*(f"{at}/{number}" for number in range(5_000)))
    server.answers["/many.xml"] = reply(200, many)
    server.answers["/bomb.xml"] = reply(200, gzip.compress(many.replace(b"</urlset>", b"<!--" + b" " * 50_000_000)))
    paths, notes = await read(server, "/many.xml", limits=SitemapLimits(addresses=100))
    assert (len(paths), notes) == (100, ["The sitemaps name more than 100 addresses; the others were not read."])
    paths, notes = await read(server, "/bomb.xml", limits=SitemapLimits(bytes=2 * 1024 * 1024))
    assert (len(paths), notes) == (5_000, [f"The sitemap {at}/bomb.xml was read up to 2 MiB."])
    server.answers |= {f"/{number}.xml": reply(200, urlset(f"{at}/{number}")) for number in range(9)}
    server.answers["/index.xml"] = reply(200, index(*(f"{at}/{number}.xml" for number in range(9))))
    paths, notes = await read(server, "/index.xml", limits=SitemapLimits(files=4))
    assert (len(paths), notes) == (3, ["The site has more than 4 sitemaps; the others were not read."])


async def test_an_answer_without_end_holds_nothing_up(server: ScriptedServer) -> None:
    async def drip(writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\n\r\n<urlset>")
        while True:
            writer.write(b"<url><loc>http://a.gov/</loc></url>")
            await writer.drain()
            await asyncio.sleep(0.02)

    server.answers |= {"/1.xml": drip, "/2.xml": drip, "/3.xml": reply(200, urlset(f"{server.base}/a"))}
    paths, notes = await read(server, "/1.xml", "/3.xml", limits=SitemapLimits(file_s=0.3))
    assert paths[-1] == "/a"
    assert "no complete answer within 0.3 s" in notes[0]
    _, notes = await read(server, "/1.xml", "/2.xml", limits=SitemapLimits(total_s=0.5))
    assert notes == ["The sitemaps were read for 0.5 seconds, and not to their end."]
