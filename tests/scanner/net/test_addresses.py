"""Nothing but the public internet can be reached, except where the service lies or what a person named."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, ip_address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.errors import ConfigError
from scanner.net.addresses import HostPattern, Reach, Zone, literal, zone

ZONES = {
    Zone.PUBLIC: "1.1.1.1 93.184.216.34 172.32.0.1 100.128.0.1 2606:4700::1111 ::ffff:8.8.8.8 64:ff9b::8.8.8.8",
    Zone.LOOPBACK: "127.0.0.1 127.255.255.254 ::1 ::ffff:127.0.0.1",
    Zone.PRIVATE: "10.0.0.1 172.16.0.1 172.31.255.255 192.168.1.1 100.64.0.1 fd12::1 ::ffff:10.0.0.1",
    Zone.LINK_LOCAL: "169.254.169.254 169.254.0.1 fe80::1 ::ffff:169.254.169.254",
    Zone.SPECIAL: "0.0.0.0 :: 224.0.0.1 255.255.255.255 240.0.0.1 192.0.2.1 198.18.0.1 192.0.0.192 ff02::1 ::127.0.0.1 "
    "64:ff9b::127.0.0.1 64:ff9b:1::10.0.0.1 2002:7f00:1::1 2002:a9fe:a9fe::1 168.63.129.16 100.100.100.200 "
    "fd00:ec2::254 fec0::1 2001:db8::1 2001:0:7f00:1::",
}


@pytest.mark.parametrize(("where", "text"), [(where, text) for where, all in ZONES.items() for text in all.split()])
def test_each_address_lies_in_its_zone(where: Zone, text: str) -> None:
    assert zone(ip_address(text)) is where


@given(st.ip_addresses(v=4))
def test_an_address_inside_another_is_never_more_public(inner: IPv4Address) -> None:
    number = int(inner)
    mapped = IPv6Address((0xFFFF << 32) | number)
    assert zone(mapped) is zone(inner)
    for carrier in (0x64FF9B << 96, 0x2002 << 112):
        outer = IPv6Address(carrier | (number if carrier >> 112 != 0x2002 else number << 80))
        assert zone(outer) is not Zone.PUBLIC or zone(inner) is Zone.PUBLIC


@pytest.mark.parametrize(
    ("host", "home", "reached", "refused"),
    [
        ("www.example.gov", "93.184.216.34", "8.8.8.8", "127.0.0.1 10.0.0.1 169.254.169.254 ::1 ::ffff:10.0.0.1"),
        ("10.0.0.1", "10.0.0.1", "10.0.0.1 8.8.8.8", "10.0.0.2 127.0.0.1 169.254.169.254"),
        ("127.0.0.1", "127.0.0.1", "127.0.0.1 ::1 127.0.0.2 8.8.8.8", "10.0.0.1 169.254.169.254"),
        ("intranet.example", "10.0.0.1", "10.0.0.1", "127.0.0.1 10.0.0.2 192.168.0.1"),
        ("metadata.example", "169.254.169.254", "8.8.8.8", "169.254.169.254 169.254.0.1"),
        ("169.254.169.254", "169.254.169.254", "169.254.169.254", "169.254.0.1"),
        ("gone.example", "", "8.8.8.8", "127.0.0.1 10.0.0.1"),
    ],
)
def test_a_service_reaches_the_web_and_where_it_lies_itself(host: str, home: str, reached: str, refused: str) -> None:
    reach = Reach(host).at(map(ip_address, home.split()))
    assert [reach.refusal("other.example", ip_address(one)) for one in reached.split()] == [""] * len(reached.split())
    for one in refused.split():
        assert str(ip_address(one)) in reach.refusal("other.example", ip_address(one))


def test_a_service_may_move_within_its_private_network_and_nowhere_else() -> None:
    reach = Reach("intranet.example").at([ip_address("10.0.0.1")])
    assert reach.refusal("www.intranet.example", ip_address("192.168.0.7")) == ""
    assert "on this machine" in reach.refusal("intranet.example", ip_address("127.0.0.1"))
    public = Reach("www.example.gov").at([ip_address("93.184.216.34")])
    assert "private" in public.refusal("www.example.gov", ip_address("10.0.0.1"))


@pytest.mark.parametrize(
    ("pattern", "host", "address", "matches"),
    [
        ("cdn.example", "cdn.example", "10.0.0.1", True),
        ("CDN.Example.", "cdn.example", "10.0.0.1", True),
        ("cdn.example", "a.cdn.example", "10.0.0.1", False),
        ("*.cdn.example", "a.cdn.example", "10.0.0.1", True),
        ("*.cdn.example", "cdn.example", "10.0.0.1", False),
        ("*.cdn.example", "evilcdn.example", "10.0.0.1", False),
        ("10.1.0.0/16", "any.example", "10.1.2.3", True),
        ("10.1.0.0/16", "any.example", "10.2.2.3", False),
        ("[fd00::1]", "[fd00::1]", "fd00::1", True),
        ("10.0.0.1", "10.0.0.1", "127.0.0.1", False),
    ],
)
def test_a_named_host_is_matched(pattern: str, host: str, address: str, matches: bool) -> None:
    assert HostPattern(pattern).matches(host, ip_address(address)) is matches
    assert bool(Reach("x.example", (HostPattern(pattern),)).refusal(host, ip_address(address))) is not matches


@pytest.mark.parametrize(
    "text", ["", "*", "*.", "a.*.example", "http://a.example", "a.example:80", "a b", "10.0.0.0/99"]
)
def test_what_is_no_host_is_an_error(text: str) -> None:
    with pytest.raises(ConfigError, match="is not a host"):
        HostPattern(text)


@given(st.text())
def test_any_text_is_an_address_or_not(host: str) -> None:
    address = literal(host)
    assert address is None or str(address)
