"""Every link and file of the demo resolves, and every page can be reached from the home page."""

from __future__ import annotations

import re
from urllib.parse import urldefrag, urljoin

import httpx
import pytest
from bs4 import BeautifulSoup

from scanner.demo.files import SITE, address, pages

SOURCES = ("href", "src", "poster", "action")
ASIDE = ("mailto:", "tel:")


def links(html: str, url: str) -> set[str]:
    """The absolute addresses that a page names, with their fragments."""
    soup = BeautifulSoup(html, "lxml")
    named = (str(element[name]) for name in SOURCES for element in soup.select(f"[{name}]"))
    refresh = (re.split("url=", str(meta["content"]))[-1] for meta in soup.select("meta[http-equiv=refresh]"))
    return {urljoin(url, link) for link in (*named, *refresh) if not link.startswith(ASIDE)}


@pytest.fixture(scope="module")
def crawled(demo: str) -> dict[str, httpx.Response]:
    """What lies at every address that can be reached from the home page."""
    found: dict[str, httpx.Response] = {}
    waiting = [demo]
    with httpx.Client() as client:
        while waiting:
            url = waiting.pop()
            if url in found:
                continue
            found[url] = client.get(url)
            if found[url].headers["Content-Type"].startswith("text/html"):
                waiting += [urldefrag(link).url for link in links(found[url].text, url)]
            if url.endswith(".css"):
                waiting += [urljoin(url, link) for link in re.findall(r'url\("(.+?)"\)', found[url].text)]
    return found


def test_every_address_answers_at_once(crawled: dict[str, httpx.Response]) -> None:
    assert {url: answer.status_code for url, answer in crawled.items() if answer.status_code != 200} == {}


def test_every_page_is_reached(demo: str, crawled: dict[str, httpx.Response]) -> None:
    assert {demo + address(page) for page in pages()} <= set(crawled)


def test_every_file_is_used(demo: str, crawled: dict[str, httpx.Response]) -> None:
    files = {path.relative_to(SITE).as_posix() for path in SITE.rglob("*") if path.is_file()}
    assert {demo + address(file) for file in files - {"404.html", "405.html"}} == set(crawled)


def test_every_fragment_names_an_element(crawled: dict[str, httpx.Response]) -> None:
    ids = {
        url: {str(element["id"]) for element in BeautifulSoup(answer.text, "lxml").select("[id]")}
        for url, answer in crawled.items()
        if answer.headers["Content-Type"].startswith("text/html")
    }
    for url in ids:
        for link in links(crawled[url].text, url):
            target, fragment = urldefrag(link)
            assert not fragment or fragment in ids[target], f"{url} links to {link}"


def test_ids_are_unique() -> None:
    for page in pages():
        soup = BeautifulSoup((SITE / page).read_text("utf-8"), "lxml")
        ids = [str(element["id"]) for element in soup.select("[id]")]
        assert len(ids) == len(set(ids)), page


def test_titles_and_descriptions_are_unique_but_for_the_barrier() -> None:
    titles, descriptions = [], []
    for page in pages():
        soup = BeautifulSoup((SITE / page).read_text("utf-8"), "lxml")
        assert soup.title
        titles.append(soup.title.text)
        descriptions.append(str(soup.select("meta[name=description]")[0]["content"]))
    assert len(titles) - len(set(titles)) == 1
    assert len(set(descriptions)) == len(descriptions)
    assert all(len(text) >= 50 for text in descriptions)


def test_sizes_of_documents_are_true() -> None:
    for page in pages():
        soup = BeautifulSoup((SITE / page).read_text("utf-8"), "lxml")
        for link in soup.select('a[href$=".pdf"]'):
            size = len((SITE / "documents" / str(link["href"]).split("/")[-1]).read_bytes())
            assert f"(PDF, {round(size / 1000)} KB)" in link.text
