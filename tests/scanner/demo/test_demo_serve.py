"""The demo's server: right types, a real 404, nothing beside the site, nothing taken in."""

from __future__ import annotations

import socket
import threading
import time
from urllib.parse import urlsplit
from xml.etree import ElementTree

import httpx
import pytest

from scanner.demo.files import CONTENT_TYPES, SITE, address, pages
from scanner.demo.noise import LONGEST_WAIT_S, Noise
from scanner.demo.serve import serve


def ask(base: str, target: str, method: str = "GET") -> str:
    """The answer to a request line as it stands; a client would tidy the path up first."""
    place = urlsplit(base)
    with socket.create_connection((str(place.hostname), int(place.port or 0))) as line:
        line.sendall(f"{method} {target} HTTP/1.1\r\nHost: demo\r\nConnection: close\r\n\r\n".encode())
        return b"".join(iter(lambda: line.recv(65536), b"")).decode("utf-8", "replace")


def test_content_types(demo: str) -> None:
    assert httpx.get(demo).headers["Content-Type"] == "text/html; charset=utf-8"
    assert httpx.get(demo + "media/how-to-apply.webm").headers["Content-Type"] == "video/webm"
    assert {path.suffix for path in SITE.rglob("*") if path.is_file()} <= set(CONTENT_TYPES)


def test_folders_lead_to_their_page_and_pages_to_their_folder(demo: str) -> None:
    assert "<h1>News</h1>" in httpx.get(demo + "news/").text
    answer = httpx.get(demo + "news/index.html")
    assert (answer.status_code, answer.headers["Location"]) == (301, "/news/")
    assert httpx.get(demo + "nowhere/index.html").status_code == 404


@pytest.mark.parametrize("path", ["nowhere", "images/", "apply/", "news", "barriers.json", ".%2e/barriers.json"])
def test_what_is_not_listed_is_not_found(demo: str, path: str) -> None:
    answer = httpx.get(demo + path)
    assert answer.status_code == 404
    assert "<h1>Page not found</h1>" in answer.text


@pytest.mark.parametrize(
    "target", ["/../barriers.json", "/%2e%2e/barriers.json", "//etc/passwd", "/images/../../serve.py"]
)
def test_no_path_leads_out(demo: str, target: str) -> None:
    assert ask(demo, target).startswith("HTTP/1.1 404 ")


def test_head_has_headers_and_no_body(demo: str) -> None:
    answer = ask(demo, "/", "HEAD")
    assert answer.startswith("HTTP/1.1 200 ")
    assert answer.endswith("\r\n\r\n")


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
def test_nothing_is_taken_in(demo: str, method: str) -> None:
    answer = httpx.request(method, demo + "apply/step-3.html", content=b"agree=on")
    assert (answer.status_code, answer.headers["Allow"]) == (405, "GET, HEAD")
    assert "<h1>Nothing was sent</h1>" in answer.text


def test_robots_and_sitemap_name_every_page(demo: str) -> None:
    assert f"Sitemap: {demo}sitemap.xml" in httpx.get(demo + "robots.txt").text
    tree = ElementTree.fromstring(httpx.get(demo + "sitemap.xml").text)
    listed = [entry.text for entry in tree.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")]
    assert listed == [demo + address(page) for page in pages()]


def test_quiet(demo: str, capfd: pytest.CaptureFixture[str]) -> None:
    httpx.get(demo)
    httpx.get(demo + "nowhere")
    assert capfd.readouterr() == ("", "")


def test_stops_at_the_end_of_the_block() -> None:
    with serve() as base:
        assert httpx.get(base).status_code == 200
    with pytest.raises(httpx.ConnectError):
        httpx.get(base)


def test_one_slow_answer_does_not_hold_the_others() -> None:
    asked, release = threading.Event(), threading.Event()

    def latency(path: str) -> float:
        if path == "/slow":
            asked.set()
            release.wait(10)
        return 0

    with serve(latency=latency) as base:
        slow = threading.Thread(target=httpx.get, args=(base + "slow",))
        slow.start()
        assert asked.wait(10)
        assert httpx.get(base).status_code == 200
        assert slow.is_alive()
        release.set()
        slow.join()


def test_pages_are_mutated_and_other_files_are_not() -> None:
    with serve(mutate=lambda path, html: f"{path} {len(html)}") as base:
        page = (SITE / "news" / "index.html").read_text("utf-8")
        assert httpx.get(base + "news/").text == f"/news/ {len(page)}"
        assert httpx.get(base + "css/site.css").content == (SITE / "css" / "site.css").read_bytes()


def test_latency_waits() -> None:
    noise = Noise(seed=4)
    path = max((address(page) for page in pages()), key=lambda page: noise.latency("/" + page))
    with serve(latency=noise.latency) as base:
        start = time.monotonic()
        httpx.get(base + path)
        assert time.monotonic() - start >= noise.latency("/" + path)
    assert 0 < noise.latency("/" + path) <= LONGEST_WAIT_S
