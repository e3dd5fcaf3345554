"""What lets Curbcut in is sent to its origin with every kind of request, and nowhere else."""

from __future__ import annotations

import base64
import gzip
import json
import threading
from collections import defaultdict
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from reports.store import open_store
from rules.errors import ConfigError
from rules.registry import load_rules
from scanner.browser.access import Access, origin_of, read_access
from scanner.browser.discover import Browser as Installed
from scanner.evidence import EvidenceFolder
from scanner.order import Order, begin, prepare, tool_of
from scanner.run import Listener
from scanner.settings import Settings
from scanner.sites import Target

SECRETS = {"PASSWORD": "pass-5ecret", "KEY": "key-5ecret", "SESSION": "session-5ecret"}
RECORDED = "recorded-5ecret"
HEAD = "<!doctype html><html lang=en><title>Page</title><main><h1>Page</h1><p>Some words of a page."


class Site(ThreadingHTTPServer):
    """Two origins on two ports remember who came with what."""

    daemon_threads = True

    def __init__(self, pages: dict[str, str]) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.pages = pages
        self.came: dict[str, list[dict[str, str]]] = defaultdict(list)
        threading.Thread(target=self.serve_forever, args=(0.05,), daemon=True).start()

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    def handle_error(self, request: object, client_address: object) -> None:
        """Nothing: browsers leave in the middle of answers."""


class _Handler(BaseHTTPRequestHandler):
    server: Site

    def do_GET(self) -> None:
        path = self.path.partition("?")[0]
        self.server.came[path].append({name.lower(): value for name, value in self.headers.items()})
        body = self.server.pages.get(path, "")
        moved = body.startswith("http")
        self.send_response(302 if moved else 200)
        if moved:
            self.send_header("Location", body)
        self.send_header("Content-Type", "text/html")
        self.send_header("Access-Control-Allow-Origin", "*")
        self.end_headers()
        self.wfile.write(body.encode())

    def log_message(self, format: str, *args: object) -> None:
        """Nothing: a test's output is its own."""


@pytest.fixture
def sites() -> Iterator[tuple[Site, Site]]:
    own, other = Site({}), Site({})
    yield own, other
    for site in (own, other):
        site.shutdown()
        site.server_close()


def settings_for(origin: str, tmp_path: Path, **more: object) -> Settings:
    state = {
        "cookies": [
            {"name": "recorded", "value": RECORDED, "domain": "127.0.0.1", "path": "/", "expires": -1}
            | {"httpOnly": False, "secure": False, "sameSite": "Lax"},
            {"name": "foreign", "value": "foreign-5ecret", "domain": ".example.org", "path": "/", "expires": -1}
            | {"httpOnly": False, "secure": False, "sameSite": "Lax"},
        ],
        "origins": [{"origin": origin, "localStorage": [{"name": "token", "value": "local"}]}],
    }
    (tmp_path / "session.json").write_text(json.dumps(state))
    table = {
        "origin": origin,
        "user": "me",
        "password": "env:PASSWORD",
        "headers": {"X-Preview": "env:KEY"},
        "cookies": {"session": "env:SESSION"},
        "storage-state": str(tmp_path / "session.json"),
    }
    return Settings(access=(table,), concurrency=1, page_timeout_s=10.0, **more)  # type: ignore[arg-type]


async def test_every_request_to_the_origin_is_let_in_and_no_other_learns_of_it(
    sites: tuple[Site, Site], installed: Installed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in SECRETS.items():
        monkeypatch.setenv(name, value)
    own, other = sites
    parts = (
        "<img src={}/image><link rel=stylesheet href={}/style><script src={}/script></script>"
        "<iframe src={}/frame></iframe><script>fetch('{}/data').catch(() => 0)</script>"
    )
    own.pages |= {
        "/": HEAD
        + "<img src=/bare?private-5ecret>"
        + parts.replace("{}", own.origin)
        + parts.replace("{}", other.origin)
        + "<img src=/moved><iframe src=/moved></iframe><a href=/next>Next</a>"
        + "<script>fetch('/local?' + localStorage.token); fetch('/moved').catch(() => 0)</script>",
        "/next": HEAD + "<p>Another page, with more words.",
        "/moved": f"{other.origin}/landed",
    }
    settings = settings_for(own.origin, tmp_path, keep_evidence=True, output=tmp_path / "report")
    rules = load_rules()
    tool = tool_of(rules, installed, "4")
    with open_store(tmp_path / "store.db") as store:
        order = Order(settings, (Target(url=f"{own.origin}/", name="Site"),))
        number = begin(order, store, rules, tool=tool, started="")
        evidence = EvidenceFolder(tmp_path / "report" / "evidence", tool)
        evidence.begin()
        run = prepare(order, store, number, rules, browser=installed, listener=Listener(evidence=evidence.keep))
        assert await run.go()
        scan = store.load_scan(number)
    snippets = [one.target.snippet for page in scan.sites[0].pages for one in page.outcomes if one.target]
    assert any(snippet.startswith("<img") for snippet in snippets)
    assert not any("5ecret" in snippet for snippet in snippets)
    expected = {"/robots.txt", "/", "/next", "/image", "/style", "/script", "/frame", "/data", "/moved", "/local"}
    assert expected <= own.came.keys()
    for path in expected:
        for headers in own.came[path]:
            assert headers["authorization"].startswith("Basic "), path
            assert headers["x-preview"] == SECRETS["KEY"], path
            assert SECRETS["SESSION"] in headers["cookie"], path
            assert path == "/robots.txt" or RECORDED in headers["cookie"]
            assert "foreign" not in headers["cookie"]
    assert {"/image", "/style", "/script", "/frame", "/data", "/landed"} <= other.came.keys()
    for came in other.came.values():
        for headers in came:
            assert "authorization" not in headers
            assert "x-preview" not in headers
    kept = written_in(tmp_path)
    assert len(kept) >= 2
    for secret in (*SECRETS.values(), RECORDED, "me:" + SECRETS["PASSWORD"], settings_word()):
        assert not any(secret.encode() in text for text in kept), secret
        assert secret not in repr((scan, run.plan, settings.public(), order.settings))


def written_in(folder: Path) -> list[bytes]:
    """Every file that a scan wrote, in the clear."""
    files = [path for path in folder.rglob("*") if path.is_file() and path.name != "session.json"]
    return [gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes() for path in files]


def settings_word() -> str:
    """What goes over the wire for user and password."""
    return base64.b64encode(f"me:{SECRETS['PASSWORD']}".encode()).decode()


def test_a_value_from_the_environment_must_be_there() -> None:
    table = {"origin": "https://example.gov", "password": "env:MISSING"}
    with pytest.raises(ConfigError, match="variable MISSING"):
        read_access((table,), environ={}, folder=Path())


@pytest.mark.parametrize(
    "wrong",
    [
        {"origin": "example.gov"},
        {"origin": "https://me:5ecret@example.gov"},
        {"origin": "https://example.gov/path"},
        {"origin": 1},
        {},
        {"origin": "https://example.gov", "pasword": "5ecret"},
        {"origin": "https://example.gov", "password": ["5ecret"]},
        {"origin": "https://example.gov", "headers": {"A": "5ecret\r\nB: c"}},
        {"origin": "https://example.gov", "headers": {"A B": "5ecret"}},
        {"origin": "https://example.gov", "headers": "5ecret"},
        {"origin": "https://example.gov", "cookies": {"a": "5ecret; b"}},
        {"origin": "https://example.gov", "storage-state": "missing.json"},
        {"origin": "https://example.gov", "service": "5ecret"},
    ],
)
def test_a_wrong_table_is_an_error_that_repeats_no_value(wrong: dict[str, object]) -> None:
    with pytest.raises(ConfigError) as caught:
        read_access((wrong,), environ={}, folder=Path())
    assert "5ecret" not in str(caught.value)


def test_an_origin_is_scheme_host_and_port() -> None:
    access = Access("https://example.gov", "https://example.gov")
    assert access.fits("https://example.gov:443/a?b")
    assert access.fits("https://EXAMPLE.gov/")
    for url in (
        "http://example.gov/", "https://example.gov:444/", "https://www.example.gov/", "https://example.gov.evil.org/",
        "https://example.gov@evil.org/", "data:text/plain,https://example.gov", "https://example.gov:x/",
    ):  # fmt: skip
        assert not access.fits(url)
    assert origin_of("http://[::1]:80/") == "http://[::1]"
    assert access.is_for("http://www.example.gov/")
    assert not access.is_for("https://other.example.gov/")
