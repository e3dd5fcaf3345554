"""The addresses of a host name, from the system's own resolver; names of this machine need none."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Awaitable, Callable, Sequence
from ipaddress import ip_address

from scanner.net.addresses import Address, literal

Resolver = Callable[[str], Awaitable[Sequence[Address]]]
"""Gives the addresses of a name, best first; raises OSError where there are none."""

_LOOPBACK = (ip_address("127.0.0.1"), ip_address("::1"))


async def system_resolve(host: str) -> Sequence[Address]:
    """The addresses that the operating system knows for a name."""
    found = await asyncio.get_running_loop().getaddrinfo(host, None, type=socket.SOCK_STREAM)
    addresses = (literal(str(entry[4][0])) for entry in found)
    return tuple(dict.fromkeys(address for address in addresses if address is not None))


async def addresses_of(host: str, resolve: Resolver) -> Sequence[Address]:
    """The addresses of a host in a URL; `localhost` is this machine whatever a resolver says (RFC 6761)."""
    address = literal(host)
    if address is not None:
        return (address,)
    if is_this_machine(host):
        return _LOOPBACK
    return await resolve(host)


def is_this_machine(host: str) -> bool:
    """Whether a host is written as this machine itself: such requests never go through a proxy."""
    address = literal(host)
    return address.is_loopback if address else host == "localhost" or host.endswith(".localhost")
