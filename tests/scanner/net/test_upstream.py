"""Hosts are reached through each kind of proxy that a person may have: SOCKS 4a and 5, HTTP, HTTP over TLS."""

from __future__ import annotations

import asyncio
import shutil
import ssl
import subprocess
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from ipaddress import ip_address
from pathlib import Path

import pytest

from rules.errors import EnvironmentFault
from scanner.browser.proxies import Proxy
from scanner.net.addresses import Reach
from scanner.net.dial import Dialler
from scanner.net.faults import Refused, Unreachable

REACH = Reach("www.example.gov")
SECRET = "s3cret"
ANSWER = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"

Handler = Callable[["Upstream", asyncio.StreamReader, asyncio.StreamWriter], Coroutine[None, None, bool]]


class Upstream:
    """A proxy of the test's own; `asked` is what it was asked to reach, whoever that would be gives the one answer."""

    def __init__(self, handshake: Handler, *, knows: tuple[str, str] | None = None, bound: bytes = b"") -> None:
        self.handshake = handshake
        self.knows = knows
        self.bound = bound or b"\x01\x7f\0\0\x01"
        self.refuses = False
        self.asked: list[tuple[str, int]] = []
        self.heads: list[bytes] = []
        self.port = 0

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            if await self.handshake(self, reader, writer):
                self.heads.append(await reader.readuntil(b"\r\n\r\n"))
                writer.write(ANSWER)
                await writer.drain()
        except asyncio.IncompleteReadError:
            pass  # it was told no, and left
        finally:
            writer.close()


async def socks5(proxy: Upstream, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
    version, count = await reader.readexactly(2)
    methods = await reader.readexactly(count)
    assert version == 5
    wanted = 2 if proxy.knows else 0
    writer.write(bytes((5, wanted if wanted in methods else 255)))
    if wanted not in methods:
        return False
    if proxy.knows:
        version, length = await reader.readexactly(2)
        assert version == 1
        user = (await reader.readexactly(length)).decode()
        password = (await reader.readexactly((await reader.readexactly(1))[0])).decode()
        good = (user, password) == proxy.knows
        writer.write(bytes((1, 0 if good else 1)))
        if not good:
            return False
    head = await reader.readexactly(4)
    assert head[:3] == b"\x05\x01\x00"
    length = {1: 4, 4: 16}.get(head[3]) or (await reader.readexactly(1))[0]
    given = await reader.readexactly(length)
    name = given.decode() if head[3] == 3 else str(ip_address(given))
    proxy.asked.append((name, int.from_bytes(await reader.readexactly(2), "big")))
    writer.write(bytes((5, 5 if proxy.refuses else 0, 0)) + proxy.bound + b"\x1f\x90")
    return not proxy.refuses


async def socks4(proxy: Upstream, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
    head = await reader.readexactly(8)
    assert head[:2] == b"\x04\x01"
    assert await reader.readuntil(b"\0") == b"\0"
    is_name = head[4:7] == b"\0\0\0"
    name = (await reader.readuntil(b"\0"))[:-1].decode() if is_name else str(ip_address(head[4:]))
    proxy.asked.append((name, int.from_bytes(head[2:4], "big")))
    writer.write(bytes((0, 91 if proxy.refuses else 90)) + bytes(6))
    return not proxy.refuses


async def http(proxy: Upstream, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
    """`CONNECT` alone: requests in absolute form are told in test_forward.py."""
    head = await reader.readuntil(b"\r\n\r\n")
    method, authority, _ = head.split(b"\r\n")[0].decode().split(" ")
    assert method == "CONNECT"
    host, _, port = authority.rpartition(":")
    proxy.asked.append((host, int(port)))
    proxy.heads.append(head)
    writer.write(b"HTTP/1.1 403 Not for you\r\n\r\n" if proxy.refuses else b"HTTP/1.1 200 OK\r\n\r\n")
    return not proxy.refuses


@asynccontextmanager
async def running(proxy: Upstream, tls: ssl.SSLContext | None = None) -> AsyncIterator[Upstream]:
    server = await asyncio.start_server(proxy.serve, "127.0.0.1", 0, ssl=tls)
    proxy.port = server.sockets[0].getsockname()[1]
    yield proxy
    server.close()


def dialler(scheme: str, proxy: Upstream, user: str = "", password: str = "", bundle: Path | None = None) -> Dialler:
    server = f"{scheme}://127.0.0.1:{proxy.port}"
    return Dialler(Proxy(http=server, https=server, username=user, password=password), bundle=bundle)


async def reached(by: Dialler, host: str, port: int) -> bytes:
    """What comes back from a host for a request in a tunnel."""
    line = await by.dial(REACH, host, port, tunnel=True)
    line.writer.write(b"GET / HTTP/1.1\r\n\r\n")
    answer = await line.reader.read()
    line.writer.close()
    return answer


BOUND = {"an address": b"\x01\x7f\0\0\x01", "a new address": b"\x04" + bytes(16), "a name": b"\x03\x05proxy"}


@pytest.mark.parametrize("bound", BOUND)
async def test_socks_5_without_a_password(bound: str) -> None:
    async with running(Upstream(socks5, bound=BOUND[bound])) as proxy:
        assert await reached(dialler("socks5", proxy), "www.example.gov", 443) == ANSWER
        assert proxy.asked == [("www.example.gov", 443)]


async def test_socks_5_with_a_password() -> None:
    async with running(Upstream(socks5, knows=("anna", SECRET))) as proxy:
        assert await reached(dialler("socks5", proxy, "anna", SECRET), "www.example.gov", 8443) == ANSWER
        assert proxy.asked == [("www.example.gov", 8443)]
        for user, password in (("anna", "wrong"), ("", "")):
            with pytest.raises(Unreachable) as caught:
                await dialler("socks5", proxy, user, password).dial(REACH, "www.example.gov", 443, tunnel=True)
            assert not caught.value.passing
            assert "user and password" in str(caught.value)
            assert SECRET not in str(caught.value)


async def test_a_password_is_offered_and_not_asked_for() -> None:
    async with running(Upstream(socks5)) as proxy:
        assert await reached(dialler("socks5", proxy, "anna", SECRET), "www.example.gov", 443) == ANSWER


async def test_socks_4a() -> None:
    async with running(Upstream(socks4)) as proxy:
        assert await reached(dialler("socks4", proxy), "www.example.gov", 80) == ANSWER
        assert proxy.asked == [("www.example.gov", 80)]


@pytest.mark.parametrize("host", ["93.184.216.34", "2606:2800:21f:cb07::1"])
async def test_addresses_go_to_socks_as_such(host: str) -> None:
    for scheme, handshake in (("socks5", socks5), ("socks4", socks4))[: 1 if ":" in host else 2]:
        async with running(Upstream(handshake)) as proxy:
            assert await reached(dialler(scheme, proxy), host, 443) == ANSWER
            assert proxy.asked == [(host, 443)]


@pytest.mark.parametrize("scheme", ["socks5", "socks4"])
async def test_plain_requests_go_through_socks_as_to_the_host_itself(scheme: str) -> None:
    async with running(Upstream(socks5 if scheme == "socks5" else socks4)) as proxy:
        line = await dialler(scheme, proxy).dial(REACH, "www.example.gov", 80, tunnel=False)
        line.writer.close()
        assert (line.absolute, line.fields) == (False, ())


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[ssl.SSLContext, Path]:
    """A proxy's TLS set-up, and the authority that alone vouches for it."""
    if not shutil.which("openssl"):
        pytest.skip("openssl makes the certificate")
    folder = tmp_path_factory.mktemp("tls")
    kind = [
        "req",
        "-x509",
        "-newkey",
        "ec",
        "-pkeyopt",
        "ec_paramgen_curve:P-256",
        "-nodes",
        "-days",
        "2",
        "-subj",
        "/CN=proxy",
    ]
    named = ["-addext", "subjectAltName=IP:127.0.0.1", "-keyout", "key.pem", "-out", "proxy.pem"]
    subprocess.run(["openssl", *kind, *named], cwd=folder, check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "proxy.pem", folder / "key.pem")
    return context, folder / "proxy.pem"


async def test_a_proxy_that_speaks_tls_is_believed_by_the_bundle(certificate: tuple[ssl.SSLContext, Path]) -> None:
    context, bundle = certificate
    async with running(Upstream(http), context) as proxy:
        by = dialler("https", proxy, "anna", SECRET, bundle)
        assert await reached(by, "www.example.gov", 443) == ANSWER
        assert proxy.asked == [("www.example.gov", 443)]
        assert b"proxy-authorization: Basic " in proxy.heads[0]
        with pytest.raises(Unreachable, match="certificate") as caught:
            await dialler("https", proxy).dial(REACH, "www.example.gov", 443, tunnel=True)
        assert not caught.value.passing
        with pytest.raises(EnvironmentFault):
            await dialler("https", proxy, bundle=Path("none.pem")).dial(REACH, "www.example.gov", 443, tunnel=True)


@pytest.mark.parametrize(("scheme", "handshake"), [("socks5", socks5), ("socks4", socks4), ("http", http)])
async def test_what_the_proxy_refuses_is_told_and_what_may_not_be_reached_is_not_asked(
    scheme: str, handshake: Handler
) -> None:
    async with running(Upstream(handshake)) as proxy:
        proxy.refuses = True
        by = dialler(scheme, proxy)
        with pytest.raises(Unreachable, match=r"The proxy refuses to reach www\.example\.gov"):
            await by.dial(REACH, "www.example.gov", 443, tunnel=True)
        asked = len(proxy.asked)
        with pytest.raises(Refused):
            await by.dial(REACH, "169.254.169.254", 443, tunnel=True)
        assert len(proxy.asked) == asked == 1


@pytest.mark.parametrize("scheme", ["socks5", "socks4", "http", "https"])
async def test_a_proxy_that_is_not_there_is_told(scheme: str) -> None:
    nobody = Upstream(http)
    nobody.port = 1
    with pytest.raises(Unreachable, match="proxy") as caught:
        await dialler(scheme, nobody).dial(REACH, "www.example.gov", 443, tunnel=True)
    assert not caught.value.passing


@pytest.mark.parametrize("scheme", ["socks5", "socks4", "http"])
async def test_a_proxy_that_speaks_something_else_is_told(scheme: str) -> None:
    async def hangs_up(_: Upstream, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        await reader.read(1)
        writer.write(b"220 mail.example ESMTP\r\n\r\n")
        return False

    async with running(Upstream(hangs_up)) as proxy:
        with pytest.raises(Unreachable):
            await dialler(scheme, proxy).dial(REACH, "www.example.gov", 443, tunnel=True)


async def test_a_name_too_long_for_a_proxy_is_told() -> None:
    async with running(Upstream(socks5)) as proxy:
        for host in (".".join(["a" * 60] * 6), "a" * 70 + ".example"):
            with pytest.raises(Unreachable):
                await dialler("socks5", proxy).dial(REACH, host, 443, tunnel=True)
