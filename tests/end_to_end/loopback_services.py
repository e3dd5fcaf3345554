"""Small services on loopback: one that behaves, slowly, and one that does everything that services do wrong."""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

HEAD = "<!doctype html><html lang=en><title>Fares and tickets</title><main><h1>Page</h1>"
POST = "fetch('/api', {method: 'POST', body: '1'}).catch(() => 0)"

PAGES: dict[str, tuple[int, str, str]] = {
    "/good": (200, "text/html", f"{HEAD}<p>Good."),
    "/missing": (404, "text/html", f"{HEAD}<p>Not here."),
    "/broken": (500, "text/html", f"{HEAD}<p>Broken."),
    "/login": (401, "text/html", f"{HEAD}<p>Who are you?"),
    "/refused": (403, "text/html", f"{HEAD}<p>No."),
    "/data": (200, "application/json", '{"a": 1}'),
    "/spin": (200, "text/html", f"{HEAD}<script>while (true) {{}}</script>"),
    "/bare": (200, "text/html", f"{HEAD}<link rel=stylesheet href=/gone.css><p>Bare."),
    "/starved": (200, "text/html", f"{HEAD}<p>Loading<script>{POST}</script>"),
    "/barrier": (200, "text/html", f"{HEAD}<img src=x.png>"),
}
"""Status, media type and body by path; `/endless` and `/crash` are written piece by piece."""


class Service(ThreadingHTTPServer):
    """A server that counts who asked for what; `pages` gives a path's answer, None for 404."""

    daemon_threads = True

    def __init__(self, pages: Callable[[str], tuple[int, str, str] | None], *, wait_s: float = 0.0) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.pages = pages
        self.wait_s = wait_s
        self.asked: Counter[str] = Counter()
        self.on_crash: Callable[[], None] = lambda: None

    @property
    def base(self) -> str:
        """Its address without a slash at the end."""
        return f"http://127.0.0.1:{self.server_port}"

    def handle_error(self, request: object, client_address: object) -> None:
        """Nothing: browsers leave in the middle of answers."""


class _Handler(BaseHTTPRequestHandler):
    server: Service

    def do_GET(self) -> None:
        self.server.asked[self.path] += 1
        if self.path in ("/endless", "/crash"):
            self._piece_by_piece()
            return
        found = self.server.pages(self.path)
        if found:
            time.sleep(self.server.wait_s)
        status, mime, body = found or (404, "text/html", f"{HEAD}<p>Nothing.")
        self._head(status, mime)
        self.wfile.write(body.encode())

    def _piece_by_piece(self) -> None:
        self._head(200, "text/html")
        with suppress(OSError):
            self.wfile.write(f"{HEAD}{'<p>more' * 500}".encode())
            self.wfile.flush()
            time.sleep(0.5)
            if self.path == "/crash":
                self.server.on_crash()
            for _ in range(200):
                self.wfile.write(b"<p>more")
                self.wfile.flush()
                time.sleep(0.05)

    def _head(self, status: int, mime: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", f"{mime}; charset=utf-8")
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Nothing: a test's output is its own."""


@contextmanager
def running(service: Service) -> Iterator[Service]:
    """A service that answers while the block lasts."""
    threading.Thread(target=service.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    try:
        yield service
    finally:
        service.shutdown()
        service.server_close()


def hostile(links: str) -> Service:
    """A service whose home page links to the paths, good ones and bad ones."""
    home = HEAD + "".join(f"<p><a href={path}>{path}</a>" for path in links.split())
    return Service({**PAGES, "/": (200, "text/html", home)}.get)


def chain(pages: int, *, wait_s: float) -> Service:
    """A service of numbered pages, each of which leads to the next two, that takes its time."""

    def page(path: str) -> tuple[int, str, str] | None:
        number = 0 if path == "/" else int(path.removeprefix("/page-")) if path.startswith("/page-") else pages
        if number >= pages:
            return None
        links = "".join(f"<a href=/page-{n}>Page {n}</a> " for n in (number * 2 + 1, number * 2 + 2) if n < pages)
        return 200, "text/html", f"{HEAD}<p>This is page {number}.<img src=x.png><p>{links}"

    return Service(page, wait_s=wait_s)
