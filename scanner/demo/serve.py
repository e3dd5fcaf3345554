"""Serves the demo on loopback, as it is or with the noise of the real web.

GET and HEAD only: whatever else arrives is answered with a page that says that nothing was taken in.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import unquote, urlsplit

from scanner.demo.files import File, pages, read_files, robots, sitemap

Latency = Callable[[str], float]
"""How long the answer for a path waits, in seconds."""

Mutate = Callable[[str, str], str]
"""What is sent instead of a page, from its path and its HTML."""

IDLE_S = 30.0


@contextmanager
def serve(*, port: int = 0, latency: Latency | None = None, mutate: Mutate | None = None) -> Iterator[str]:
    """Gives the address of the running demo, with a slash at the end; it stops when the block ends.

    Port 0 takes any free one. `latency` and `mutate` are called from several threads at once.
    """
    server = _Server(("127.0.0.1", port), latency, mutate)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield server.base
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, place: tuple[str, int], latency: Latency | None, mutate: Mutate | None) -> None:
        super().__init__(place, _Handler)
        self.base = f"http://127.0.0.1:{self.server_port}/"
        self.latency = latency
        self.mutate = mutate
        self.files: Mapping[str, File] = {
            **read_files(),
            "/robots.txt": robots(self.base),
            "/sitemap.xml": sitemap(self.base, pages()),
        }

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A browser that leaves in the middle of an answer is nothing to report."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_version = "Demo"
    sys_version = ""
    timeout = IDLE_S
    server: _Server

    def do_GET(self) -> None:
        path = unquote(urlsplit(self.path).path)
        if self.server.latency:
            time.sleep(self.server.latency(path))
        if path.endswith("/index.html"):
            self._redirect(path.removesuffix("index.html"))
        elif file := self.server.files.get(path):
            self._send(HTTPStatus.OK, path, file)
        else:
            self._send(HTTPStatus.NOT_FOUND, path, self.server.files["/404.html"])

    do_HEAD = do_GET

    def _refuse(self) -> None:
        self.close_connection = True  # what was sent along is left unread
        self._send(HTTPStatus.METHOD_NOT_ALLOWED, self.path, self.server.files["/405.html"], {"Allow": "GET, HEAD"})

    do_POST = do_PUT = do_PATCH = do_DELETE = do_OPTIONS = _refuse

    def _redirect(self, path: str) -> None:
        known = path in self.server.files
        status = HTTPStatus.MOVED_PERMANENTLY if known else HTTPStatus.NOT_FOUND
        self._send(status, path, self.server.files["/404.html"], {"Location": path} if known else {})

    def _send(self, status: HTTPStatus, path: str, file: File, headers: Mapping[str, str] | None = None) -> None:
        body = file.body
        if self.server.mutate and file.content_type.startswith("text/html"):
            body = self.server.mutate(path, body.decode()).encode()
        self.send_response(status)
        for name, value in {"Content-Type": file.content_type, "Cache-Control": "no-cache", **(headers or {})}.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Nothing: the output belongs to the command that serves."""
