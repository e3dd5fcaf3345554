"""The one way out: a small proxy on loopback that checks where each connection of a tab goes, and counts it.

The browser looks up no name itself. It asks this proxy, which looks the name up, checks the addresses and connects to
the very address that it checked. So a name that answers differently the second time, a redirect, or an image cannot
lead where a page may not go. What is encrypted stays so: of `https` the proxy sees host, port and sizes.

Each tab has a user name and password of its own, made for it at random. They tell whose rules count for a connection,
keep every other program of this machine out, and are answered by the network guard (`browser/guard.py`).
"""

from __future__ import annotations

import asyncio
import secrets
import time
from collections.abc import Callable
from dataclasses import replace
from typing import Final

from scanner.browser.proxies import Proxy
from scanner.net.addresses import Reach
from scanner.net.dial import BUFFER, Dialler, Line
from scanner.net.faults import Refused, Unreachable
from scanner.net.heads import BadHead, Head
from scanner.net.names import Names
from scanner.net.passes import MOST_NOTES, Pass
from scanner.net.streams import CHUNK, pass_chunks, pump

MOST_BYTES: Final = 300_000_000
"""What the answers for one page may weigh before its connections are cut; 20 times a very heavy page."""

_WHO: Final = (
    b'HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm="curbcut"\r\n'
    b"Content-Length: 0\r\n\r\n"
)
_BAD: Final = b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
_OPEN: Final = b"HTTP/1.1 200 Connection established\r\n\r\n"
_SHUT: Final = b"HTTP/1.1 502 Bad Gateway\r\nProxy-Status: curbcut; error=%s\r\nContent-Length: 0\r\n\r\n"


class Forward:
    """The proxy itself. Its users come and go while it runs; `port` is known once it listens.

    `most_bytes` is what the answers for one page may weigh; `clock` tells how long a name has been known.
    """

    def __init__(
        self, dialler: Dialler, *, most_bytes: int = MOST_BYTES, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._names = Names(dialler.resolve, clock)
        self._dialler = replace(dialler, resolve=self._names)
        self._most_bytes = most_bytes
        self._passes: dict[str, Pass] = {}
        self._homes: dict[Reach, asyncio.Task[Reach]] = {}
        self._clients: set[asyncio.Task[None]] = set()
        self._server: asyncio.Server | None = None
        self.port = 0

    async def start(self) -> None:
        """Listen on a free port of loopback."""
        self._server = await asyncio.start_server(self._client, "127.0.0.1", 0, limit=BUFFER)
        self.port = self._server.sockets[0].getsockname()[1]

    async def stop(self) -> None:
        """Cut every connection and listen no more."""
        if self._server is not None:
            self._server.close()
        under_way = [*self._clients, *self._homes.values()]
        for task in under_way:
            task.cancel()
        await asyncio.gather(*under_way, return_exceptions=True)
        self._names.forget()

    def admit(self, reach: Reach) -> Pass:
        """A new user; what services lie at is looked up once for all users with the same `reach`."""
        one = Pass(secrets.token_hex(8), secrets.token_urlsafe(24), reach)
        self._passes[one.name] = one
        return one

    def dismiss(self, one: Pass) -> None:
        """Take the leave back."""
        self._passes.pop(one.name, None)

    def proxy(self, one: Pass | None = None) -> Proxy:
        """What a browser, or with a user's credentials any client, is told to use for everything."""
        server = f"http://127.0.0.1:{self.port}"
        name, secret = (one.name, one.secret) if one else ("", "")
        return Proxy(http=server, https=server, username=name, password=secret, everything=True)

    async def _client(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        if task is not None:
            self._clients.add(task)
            task.add_done_callback(self._clients.discard)
        try:
            await self._serve(reader, writer)
        except (OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
            return
        except BadHead:
            writer.write(_BAD)
        finally:
            writer.close()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Requests of one connection until it ends; the way on stays open for the next one to the same host."""
        way: _Way | None = None
        try:
            while (head := await _next_head(reader, way)) is not None:
                user, secret = head.credentials
                one = self._passes.get(user)
                if one is None or not secrets.compare_digest(one.secret.encode(), secret.encode()):
                    if head.body != 0:
                        raise BadHead
                    writer.write(_WHO)
                    continue
                if way is None or way.is_over or (way.host, way.port, way.one) != (head.host, head.port, one):
                    if way is not None:
                        way.end()
                    way = await self._way(one, head, writer)
                if way is None:
                    return
                if head.method == "CONNECT":
                    writer.write(_OPEN)
                    await way.relay(reader)
                    return
                await way.request(head, reader)
        finally:
            if way is not None:
                way.end()

    async def _way(self, one: Pass, head: Head, writer: asyncio.StreamWriter) -> _Way | None:
        """The way to where a request goes. None when there is none: a browser then fails as if it had asked itself."""
        tunnel = head.method == "CONNECT"
        try:
            reach = await self._reach(one.reach)
            line = await self._dialler.dial(reach, head.host, head.port, tunnel=tunnel)
        except (Refused, Unreachable) as failure:
            is_refusal = isinstance(failure, Refused)
            notes = one.refused if is_refusal else one.unreachable
            if len(notes) < MOST_NOTES:
                notes[head.host] = str(failure)
            if isinstance(failure, Unreachable) and failure.passing and head.host in notes:
                one.passing.add(head.host)
            if tunnel:
                writer.write(_SHUT % (b"destination_ip_prohibited" if is_refusal else b"destination_unavailable"))
            return None
        return _Way(one, head.host, head.port, line, writer, most_bytes=self._most_bytes)

    async def _reach(self, reach: Reach) -> Reach:
        """The reach with the addresses that its own host had when it was first asked for."""
        if reach not in self._homes:
            self._homes[reach] = asyncio.get_running_loop().create_task(self._at_home(reach))
        return await asyncio.shield(self._homes[reach])

    async def _at_home(self, reach: Reach) -> Reach:
        try:
            return reach.at(await self._dialler.home(reach.host))
        except (OSError, UnicodeError):
            self._homes.pop(reach, None)
            return reach


class _Way:
    """An open way to one host for one client; its answers go to the client as they come."""

    def __init__(
        self, one: Pass, host: str, port: int, line: Line, client: asyncio.StreamWriter, *, most_bytes: int
    ) -> None:
        self.one = one
        self.host = host
        self.port = port
        self._line = line
        self._client = client
        self._most_bytes = most_bytes
        one.with_host(host).connections += 1
        self.answers = asyncio.get_running_loop().create_task(pump(line.reader, client, self._received))

    @property
    def is_over(self) -> bool:
        """Whether the host hung up."""
        return self.answers.done()

    async def relay(self, reader: asyncio.StreamReader) -> None:
        """Bytes both ways until one side ends."""
        asks = asyncio.get_running_loop().create_task(pump(reader, self._line.writer, self._sent))
        try:
            await asyncio.wait({asks, self.answers}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            asks.cancel()

    async def request(self, head: Head, reader: asyncio.StreamReader) -> None:
        """Send one plain HTTP request on, with its body."""
        body = head.body
        written = head.written(head.url if self._line.absolute else head.path, *self._line.fields)
        self.one.with_host(self.host).requests += 1
        self._sent(len(written) + (body or 0))
        self._line.writer.write(written)
        if body is None:
            await pass_chunks(reader, self._line.writer)
        while body:
            data = await reader.readexactly(min(body, CHUNK))
            body -= len(data)
            self._line.writer.write(data)
            await self._line.writer.drain()

    def end(self) -> None:
        """Hang up."""
        self.answers.cancel()
        self._line.writer.close()

    def _sent(self, size: int) -> None:
        self.one.with_host(self.host).sent += size

    def _received(self, size: int) -> None:
        self.one.with_host(self.host).received += size
        self.one.received += size
        if self.one.received > self._most_bytes:
            raise ConnectionAbortedError


async def _next_head(reader: asyncio.StreamReader, way: _Way | None) -> Head | None:
    """The next request of a client; None when it hung up, or when the server behind it did."""
    coming = asyncio.get_running_loop().create_task(reader.readuntil(b"\r\n\r\n"))
    try:
        await asyncio.wait({coming} | ({way.answers} if way else set()), return_when=asyncio.FIRST_COMPLETED)
        if not coming.done():
            return None
        return Head.parse(await coming)
    except asyncio.IncompleteReadError:
        return None
    finally:
        coming.cancel()
