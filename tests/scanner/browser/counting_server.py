"""A loopback server that counts every request that arrives, WebSocket handshakes included."""

from __future__ import annotations

import socketserver
import ssl
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import NamedTuple


class Arrived(NamedTuple):
    """One request as the server saw it; a WebSocket handshake is a GET that asks for an upgrade."""

    method: str
    path: str
    upgrade: str = ""


class Answer(NamedTuple):
    """What the server answers on one path."""

    body: str
    kind: str = "text/html"
    headers: tuple[tuple[str, str], ...] = ()
    status: int = 200


class _Server(socketserver.ThreadingMixIn, HTTPServer):
    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """A browser that hangs up is no error of the server."""


@dataclass
class CountingServer:
    """Answers `pages` by path and remembers what came; `here` and `there` are its two hosts: two sites."""

    pages: dict[str, Answer] = field(default_factory=dict)
    certificate: tuple[str, str] | None = None
    arrived: list[Arrived] = field(default_factory=list)
    port: int = 0

    @property
    def here(self) -> str:
        """The origin on 127.0.0.1."""
        return f"{'https' if self.certificate else 'http'}://127.0.0.1:{self.port}"

    @property
    def there(self) -> str:
        """The origin on localhost: another site than `here`."""
        return f"{'https' if self.certificate else 'http'}://localhost:{self.port}"

    def unsafe(self) -> list[Arrived]:
        """The requests that should never have arrived."""
        return [one for one in self.arrived if one.method not in ("GET", "HEAD") or one.upgrade]

    def paths(self) -> set[str]:
        """The paths that were asked for, without their queries."""
        return {one.path.partition("?")[0] for one in self.arrived}

    def __enter__(self) -> CountingServer:
        counting = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def log_message(self, format: str, *args: object) -> None:
                """Nothing: a test's output is its own."""

            def answer(self) -> None:
                """Count the request, read what it brings, answer."""
                counting.arrived.append(Arrived(self.command, self.path, self.headers.get("Upgrade", "")))
                self.rfile.read(int(self.headers.get("Content-Length") or 0))
                answer = counting.pages.get(self.path.partition("?")[0], Answer("ok", "text/plain"))
                body = answer.body.replace("THERE", counting.there).replace("HERE", counting.here).encode()
                self.send_response(answer.status)
                self.send_header("Content-Type", answer.kind)
                self.send_header("Content-Length", str(len(body)))
                for name, value in answer.headers:
                    self.send_header(name, value.replace("THERE", counting.there))
                self.end_headers()
                if self.command != "HEAD":
                    self.wfile.write(body)

            def __getattr__(self, name: str) -> Callable[[], None]:
                if name.startswith("do_"):
                    return self.answer  # whatever the method is called
                raise AttributeError(name)

        self._server = _Server(("127.0.0.1", 0), Handler)
        self.port = self._server.server_port
        if self.certificate:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(*self.certificate)
            self._server.socket = context.wrap_socket(self._server.socket, server_side=True)
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()
