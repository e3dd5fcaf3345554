"""A service that serves the pages of `states/`, as real servers do: with their statuses, headers and redirects.

What it does not have it answers in its own words with status 200, as services with a catch-all do.
"""

from __future__ import annotations

import itertools
import threading
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

FOLDER = Path(__file__).with_name("states")
FRAME = "<!doctype html><html lang=en><title>Inside</title><p>2 November: board meeting. 9 November: farm market.</p>"
PIXEL = b'<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"><rect width="10" height="10"/></svg>'


@dataclass(frozen=True)
class Shape:
    """One page: what is served at its path, and the state that it must end in; without one nobody asks for it."""

    path: str
    file: str = ""
    state: str = ""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    to: str = ""
    host: str = "same"

    @property
    def is_page(self) -> bool:
        """Whether it is a page to be judged."""
        return self.state == "tested"


def shapes() -> tuple[Shape, ...]:
    """Every page of the table, in its order."""
    listed = tomllib.loads((FOLDER / "pages.toml").read_text("utf-8"))["page"]
    return tuple(Shape(**entry) for entry in listed)


class StatesSite(ThreadingHTTPServer):
    """The pages on loopback under two host names, so that a redirect can lead to another site."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.shapes = {shape.path: shape for shape in shapes()}
        self.references = itertools.count(4711)

    def base(self, host: str = "same") -> str:
        """Its address without a slash at the end, under one of its names."""
        return f"http://{'localhost' if host == 'other' else '127.0.0.1'}:{self.server_port}"

    def handle_error(self, request: object, client_address: object) -> None:
        """Nothing: browsers leave in the middle of answers."""


class _Handler(BaseHTTPRequestHandler):
    server: StatesSite

    def do_GET(self) -> None:
        path = self.path.partition("?")[0]
        if path.endswith((".png", ".svg")):
            self._answer(200, {"Content-Type": "image/svg+xml"}, PIXEL)
            return
        if path == "/frame.html":
            self._answer(200, {}, FRAME.encode())
            return
        shape = self.server.shapes.get(path, Shape(path, "gone-catch-all"))
        if shape.to:
            self._answer(302, {"Location": self.server.base(shape.host) + shape.to}, b"")
            return
        self._answer(shape.status, shape.headers, self._page(shape.file))

    def _page(self, name: str) -> bytes:
        text = (FOLDER / f"{name}.html").read_text("utf-8")
        for part in ("top", "bottom"):
            text = text.replace(f"{{{{{part}}}}}", (FOLDER / f"_{part}.html").read_text("utf-8").strip())
        return text.replace("{{reference}}", f"{next(self.server.references):x}a7").encode()

    def _answer(self, status: int, headers: dict[str, str], body: bytes) -> None:
        self.send_response(status)
        for name, value in ({"Content-Type": "text/html; charset=utf-8"} | headers).items():
            self.send_header(name, value)
        self.end_headers()
        with suppress(OSError):
            self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Nothing: output is the caller's own."""


@contextmanager
def serving() -> Iterator[StatesSite]:
    """The service while the block lasts."""
    site = StatesSite()
    threading.Thread(target=site.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    try:
        yield site
    finally:
        site.shutdown()
        site.server_close()
