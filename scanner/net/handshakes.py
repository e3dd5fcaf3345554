"""How proxies of a person's own are asked for a connection to a host, whose name they look up."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from ipaddress import IPv4Address

from scanner.net.addresses import literal
from scanner.net.faults import Unreachable

Fields = Sequence[tuple[bytes, bytes]]


async def connect(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, host: str, port: int, *, fields: Fields
) -> None:
    """Ask an HTTP proxy for a tunnel (RFC 9110, section 9.3.6); `fields` are added to the request."""
    authority = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    lines = [f"CONNECT {authority} HTTP/1.1".encode(), f"Host: {authority}".encode()]
    lines += [name + b": " + value for name, value in fields]
    writer.write(b"\r\n".join(lines) + b"\r\n\r\n")
    answer = (await reader.readuntil(b"\r\n\r\n")).split(b"\r\n", 1)[0].decode("latin-1")
    _, _, status = answer.partition(" ")
    if not status.startswith("2"):
        raise Unreachable(f"The proxy refuses to reach {host}: {status[:100]}.")


async def socks5(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, host: str, port: int, *, known: tuple[str, str]
) -> None:
    """Ask a SOCKS 5 server for a connection (RFC 1928, RFC 1929); `known` are user and password, "" for none."""
    user, password = (text.encode() for text in known)
    writer.write(b"\x05\x02\x00\x02" if user else b"\x05\x01\x00")
    _, method = await reader.readexactly(2)
    refused = method not in (0, 2)
    if method == 2 and user:
        writer.write(b"\x01" + _counted(user) + _counted(password))
        refused = (await reader.readexactly(2))[1] != 0
    if refused or (method == 2 and not user):
        raise Unreachable("The proxy refuses its user and password.")
    address = literal(host)
    kind = b"\x03" if address is None else b"\x01" if address.version == 4 else b"\x04"
    name = _counted(host.encode("idna")) if address is None else address.packed
    writer.write(b"\x05\x01\x00" + kind + name + port.to_bytes(2, "big"))
    _, status, _, bound = await reader.readexactly(4)
    if status:
        raise Unreachable(f"The proxy refuses to reach {host}.")
    rest = {1: 4, 4: 16}.get(bound) or (await reader.readexactly(1))[0]
    await reader.readexactly(rest + 2)


async def socks4(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, host: str, port: int) -> None:
    """Ask a SOCKS 4 server for a connection; a name goes to it by the extension 4a."""
    address = literal(host)
    known = isinstance(address, IPv4Address)
    where = address.packed if isinstance(address, IPv4Address) else b"\0\0\0\1"
    name = b"" if known else host.encode("idna") + b"\0"
    writer.write(b"\x04\x01" + port.to_bytes(2, "big") + where + b"\0" + name)
    if (await reader.readexactly(8))[1] != 90:
        raise Unreachable(f"The proxy refuses to reach {host}.")


def _counted(text: bytes) -> bytes:
    """A text with its length in front, in one byte."""
    if len(text) > 255:
        raise Unreachable("The name, or the user or password of the proxy, is longer than SOCKS allows.")
    return bytes((len(text),)) + text
