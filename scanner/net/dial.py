"""Connections to hosts of the web: straight to a checked address, or through the proxy that a person configured."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from ipaddress import ip_network
from pathlib import Path
from urllib.parse import SplitResult, urlsplit

from scanner.browser.proxies import Proxy
from scanner.net.addresses import Address, Reach, literal
from scanner.net.certificates import trusted
from scanner.net.faults import Refused, Unreachable
from scanner.net.handshakes import connect, socks4, socks5
from scanner.net.heads import basic
from scanner.net.resolve import Resolver, addresses_of, is_this_machine, system_resolve

CONNECT_S = 15.0
ADDRESS_S = 5.0
BUFFER = 2**20


Connect = Callable[[str, int], Awaitable[tuple[asyncio.StreamReader, asyncio.StreamWriter]]]


async def _connect_to(address: str, port: int) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    return await asyncio.open_connection(address, port, limit=BUFFER)


@dataclass(frozen=True, slots=True)
class Line:
    """An open connection; through an `upstream` proxy for `http` requests are written to it in absolute form."""

    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter
    absolute: bool = False
    fields: tuple[tuple[bytes, bytes], ...] = ()


@dataclass(frozen=True, slots=True)
class Dialler:
    """How hosts are reached: through the configured `proxy`, or straight to an address that `resolve` gives.

    `connect` opens a connection to an address that was checked; `bundle` has certificates of a person's own, for a
    proxy that speaks TLS. Picklable.
    """

    proxy: Proxy = Proxy()
    resolve: Resolver = system_resolve
    bundle: Path | None = None
    connect: Connect = _connect_to

    async def dial(self, reach: Reach, host: str, port: int, *, tunnel: bool) -> Line:
        """A connection to a host as far as `reach` has it; `tunnel` is for anything but plain HTTP requests.

        Raises Refused or Unreachable. Where a proxy is used it looks up the name, so only addresses in the URL itself
        can be checked here.
        """
        try:
            async with asyncio.timeout(CONNECT_S):
                server = upstream(self.proxy, "https" if tunnel else "http", host, port)
                if server:
                    return await self._through(server, reach, host, port, tunnel=tunnel)
                return await self._straight(reach, host, port)
        except TimeoutError:
            raise Unreachable(f"{host} did not answer within {CONNECT_S:.0f} seconds.", passing=True) from None
        except (OSError, UnicodeError, asyncio.IncompleteReadError, asyncio.LimitOverrunError) as error:
            raise Unreachable(_words(host, error), passing=_may_pass(error)) from None

    async def home(self, host: str) -> Sequence[Address]:
        """Where a service lies as far as this machine can tell: names behind a proxy are looked up by that alone."""
        proxied = upstream(self.proxy, "https", host, 443) and upstream(self.proxy, "http", host, 80)
        if not host or (proxied and literal(host) is None):
            return ()
        return await addresses_of(host, self.resolve)

    async def _straight(self, reach: Reach, host: str, port: int) -> Line:
        """A connection to the first address that may be reached and answers: to that address, never to the name."""
        refusals = {address: reach.refusal(host, address) for address in await addresses_of(host, self.resolve)}
        allowed = [address for address, reason in refusals.items() if not reason]
        if not allowed:
            raise Refused(next(iter(refusals.values()), f"The name {host} has no address."))
        failure: OSError | None = None
        for address in allowed:
            try:
                async with asyncio.timeout(ADDRESS_S if len(allowed) > 1 else None):
                    reader, writer = await self.connect(str(address), port)
            except OSError as error:
                failure = error
                continue
            return Line(reader, writer)
        raise failure or TimeoutError

    async def _through(self, server: str, reach: Reach, host: str, port: int, *, tunnel: bool) -> Line:
        address = literal(host)
        if address is not None and (reason := reach.refusal(host, address)):
            raise Refused(reason)
        parts = urlsplit(server)
        reader, writer = await self._to_proxy(parts)
        known = (self.proxy.username, self.proxy.password)
        fields = ((b"proxy-authorization", basic(*known)),) if self.proxy.username else ()
        try:
            if parts.scheme == "socks5":
                await socks5(reader, writer, host, port, known=known)
            elif parts.scheme == "socks4":
                await socks4(reader, writer, host, port)
            elif tunnel:
                await connect(reader, writer, host, port, fields=fields)
            else:
                return Line(reader, writer, absolute=True, fields=fields)
        except BaseException:
            writer.close()
            raise
        return Line(reader, writer)

    async def _to_proxy(self, server: SplitResult) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        port = server.port or {"https": 443, "http": 80}.get(server.scheme, 1080)
        secure = trusted(self.bundle) if server.scheme == "https" else None
        try:
            return await asyncio.open_connection(server.hostname, port, ssl=secure, limit=BUFFER)
        except (OSError, UnicodeError) as error:
            words = _words(server.hostname or "", error)
            raise Unreachable(f"The proxy cannot be used: {words}", passing=_may_pass(error)) from None


def upstream(proxy: Proxy, scheme: str, host: str, port: int) -> str:
    """The proxy server for a host, "" where it is reached without one: loopback, and what `NO_PROXY` names."""
    server = proxy.https if scheme == "https" else proxy.http
    if not server or is_this_machine(host) or any(_named(entry, host, port) for entry in proxy.bypass):
        return ""
    return server


def _named(entry: str, host: str, port: int) -> bool:
    """Whether an entry of `NO_PROXY` means this host: a name with all below it, an address, or a range."""
    try:
        network = ip_network(entry.strip("[]"), strict=False)
        address = literal(host)
        return address is not None and address in network
    except ValueError:
        name, _, only = entry.lower().partition(":")
        name = name.removeprefix("*").lstrip(".")
        if only and only != str(port):
            return False
        return entry == "*" or (bool(name) and (host == name or host.endswith(f".{name}")))


def _may_pass(error: Exception) -> bool:
    """Whether a fault is of the moment: a connection that was cut, a name server that did not answer."""
    if isinstance(error, socket.gaierror):
        return error.errno == socket.EAI_AGAIN
    cut = ConnectionResetError | ConnectionAbortedError | BrokenPipeError | TimeoutError
    return isinstance(error, cut | asyncio.IncompleteReadError)


def _words(host: str, error: Exception) -> str:
    if isinstance(error, socket.gaierror | UnicodeError):
        return f"The name {host} is not known."
    if isinstance(error, ConnectionRefusedError):
        return f"At {host} nothing accepts connections."
    reason = getattr(error, "strerror", None) or type(error).__name__
    return f"{host} cannot be reached ({reason})."
