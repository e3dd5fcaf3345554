"""Which network addresses a page may reach; pure.

A page chooses the addresses of its images, frames and redirects, so a page of the web could have Curbcut fetch what
only this machine can see: the metadata service of a cloud, a neighbour's printer, a database on loopback. So what is
not on the public internet is refused, unless the service that is looked at lies there itself or a person named it.

Sources: the special-purpose address registries of IANA, as `ipaddress` has them, and RFC 6052, 3056 and 4380 for
addresses that carry another one inside.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import Final

from rules.errors import ConfigError

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network


class Zone(StrEnum):
    """Where an address lies, in the words of a sentence: "the address is …"."""

    PUBLIC = "public"
    LOOPBACK = "on this machine itself"
    PRIVATE = "in a private network"
    LINK_LOCAL = "on the local link, where clouds keep their metadata"
    SPECIAL = "reserved for special purposes"


_PRIVATE: Final = tuple(map(ip_network, ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "fc00::/7")))
"""RFC 1918, shared addresses between a provider and its customers (RFC 6598), unique local addresses (RFC 4193)."""

_SPECIAL: Final = tuple(
    map(
        ip_network,
        ("168.63.129.16/32", "100.100.100.200/32", "192.0.0.0/24", "fd00:ec2::/32", "fd20:ce::/32", "fec0::/10"),
    )
)
"""Metadata services at addresses that look like others (Azure, Alibaba, Oracle, Amazon, Google); site-local ones."""

_CARRIERS: Final = (ip_network("64:ff9b::/96"), ip_network("64:ff9b:1::/48"), ip_network("::/96"))
"""IPv6 networks whose last 32 bits are an IPv4 address: both NAT64 prefixes and the old compatible form."""


def zone(address: Address) -> Zone:
    """Where an address lies. One that carries another inside is public only if that one is, too."""
    if isinstance(address, IPv6Address):
        if address.ipv4_mapped is not None:
            return zone(address.ipv4_mapped)
        if address.is_loopback:
            return Zone.LOOPBACK
        if any(zone(inner) is not Zone.PUBLIC for inner in _carried(address)):
            return Zone.SPECIAL
    if any(address in network for network in _SPECIAL):
        return Zone.SPECIAL
    if address.is_loopback:
        return Zone.LOOPBACK
    if address.is_link_local:
        return Zone.LINK_LOCAL
    if any(address in network for network in _PRIVATE):
        return Zone.PRIVATE
    nat64 = isinstance(address, IPv6Address) and address in _CARRIERS[1]
    return Zone.PUBLIC if (address.is_global or nat64) and not address.is_multicast else Zone.SPECIAL


def _carried(address: IPv6Address) -> Iterator[IPv4Address]:
    if address.sixtofour is not None:
        yield address.sixtofour
    if address.teredo is not None:
        yield from address.teredo
    if any(address in network for network in _CARRIERS):
        yield IPv4Address(int(address) & 0xFFFF_FFFF)


def literal(host: str) -> Address | None:
    """The address that a host is written as, None for a name; brackets and zone names are taken off."""
    try:
        return ip_address(host.strip("[]").partition("%")[0])
    except ValueError:
        return None


@dataclass(frozen=True, slots=True)
class HostPattern:
    """A host that a person named: a name, `*.` and a name for all below it, an address, or a range of addresses."""

    text: str
    _network: Network | None = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        bare = self.text.removeprefix("*.")
        try:
            network = ip_network(self.text.strip("[]"), strict=False)
        except ValueError:
            network = None
        if network is None and (not bare or any(c in bare for c in "*/:@[] ") or not bare.isascii()):
            raise ConfigError(f"`{self.text}` is not a host", do=_EXAMPLE)
        object.__setattr__(self, "_network", network)
        object.__setattr__(self, "text", self.text.lower().rstrip("."))

    def matches(self, host: str, address: Address | None) -> bool:
        """Whether this host, or its address, is meant."""
        if self._network is not None:
            return address is not None and address in self._network
        parent = self.text.removeprefix("*")
        return host.endswith(parent) if parent != self.text else host == self.text


_EXAMPLE = "Write a name, an address or a range, such as `cdn.example.internal, 10.1.0.0/16`."


@dataclass(frozen=True, slots=True)
class Reach:
    """What the pages of one service may reach beside the public internet.

    `host` is the service's own, `allowed` what a person named. `home` are the addresses that the own host had when it
    was first looked up. It is these that the service "lies" at, so a name that answers with a public address first and
    with this machine's own afterwards gains nothing.
    """

    host: str = ""
    allowed: tuple[HostPattern, ...] = ()
    home: frozenset[Address] = frozenset()

    def at(self, addresses: Iterable[Address]) -> Reach:
        """The same with the addresses of the own host, as far as a service may lie there.

        A name is not believed when it points to the local link or to reserved addresses; who means those, writes
        the address itself.
        """
        believed = frozenset(Zone) if literal(self.host) else _BELIEVED
        return Reach(self.host, self.allowed, frozenset(a for a in addresses if zone(a) in believed))

    def refusal(self, host: str, address: Address) -> str:
        """Why this address of `host` may not be reached, as a sentence; empty where it may be."""
        where = zone(address)
        if where is Zone.PUBLIC or address in self.home or any(one.matches(host, address) for one in self.allowed):
            return ""
        zones = {zone(one) for one in self.home}
        # A service on this machine may use its other ports and names, and one in a private network may move there.
        if where in zones and (where is Zone.LOOPBACK or (where is Zone.PRIVATE and _twins(host, self.host))):
            return ""
        return f"{address} is {where}; where that is right, name it in allow-hosts."


def _twins(a: str, b: str) -> bool:
    return a.removeprefix("www.") == b.removeprefix("www.")


_BELIEVED: Final = frozenset({Zone.PUBLIC, Zone.LOOPBACK, Zone.PRIVATE})
