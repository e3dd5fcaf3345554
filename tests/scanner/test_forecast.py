"""A dry run names the pages that a scan would visit, and why, and opens none of them."""

from __future__ import annotations

import http.server
import json
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from scanner.__main__ import run

PAGES = ("", "news/1.html", "news/2.html", "forms/a.html", "private/x.html")


class _Site(http.server.BaseHTTPRequestHandler):
    asked: list[str]

    def do_GET(self) -> None:
        self.asked.append(self.path)
        base = f"http://127.0.0.1:{self.server.server_address[1]}"
        texts = {
            "/robots.txt": f"User-agent: *\nDisallow: /private/\nSitemap: {base}/sitemap.xml\n",
            "/sitemap.xml": '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
            + "".join(f"<url><loc>{base}/{page}</loc></url>" for page in PAGES)
            + "</urlset>",
        }
        text = texts.get(self.path)
        self.send_response(200 if text else 404)
        self.end_headers()
        self.wfile.write((text or "").encode())

    def log_message(self, format: str, *args: object) -> None:
        """Nothing: a test's output is its own."""


@pytest.fixture
def site() -> Iterator[tuple[str, list[str]]]:
    """The address of the service, and what it was asked for."""
    asked: list[str] = []
    handler = type("Handler", (_Site,), {"asked": asked})
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}", asked
    server.shutdown()
    server.server_close()


def dry(arguments: list[str]) -> int:
    """The exit code of a dry run."""
    return run(["scan", "--dry-run", *arguments])


def test_it_names_each_page_with_the_reason_and_visits_none(
    site: tuple[str, list[str]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    base, asked = site
    assert dry([f"{base}/"]) == 0
    said = capsys.readouterr().out
    assert f"visit  {base}/  (the first page)" in said
    assert f"visit  {base}/forms/a.html  (in a sitemap)" in said
    assert "private" not in said
    assert "known only once pages are visited" in said
    assert set(asked) <= {"/robots.txt", "/sitemap.xml", "/sitemap_index.xml"}
    assert not (tmp_path / ".curbcut").exists()


def test_the_same_as_json(site: tuple[str, list[str]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    base, _ = site
    assert dry([f"{base}/", "--max-pages", "3", "--json", "forecast.json"]) == 0
    (service,) = json.loads((tmp_path / "forecast.json").read_text("utf-8"))
    assert service["known"] == 4
    assert [page["visited"] for page in service["pages"]] == [True] * 3
    assert service["more"] == 0


def test_it_names_what_robots_txt_refuses(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], site: tuple[str, list[str]]
) -> None:
    monkeypatch.chdir(tmp_path)
    base, _ = site
    assert dry([f"{base}/private/"]) == 0
    assert f"leave  {base}/private/  (" in capsys.readouterr().out
