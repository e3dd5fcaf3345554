"""Every connection goes to an address that was checked, for a user who is known, and is counted."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from ipaddress import ip_address
from itertools import count

import pytest

from scanner.browser.proxies import Proxy
from scanner.net.addresses import Address, HostPattern, Reach
from scanner.net.dial import Dialler, upstream
from scanner.net.forward import MOST_BYTES, Forward
from scanner.net.heads import basic
from scanner.net.names import KEPT_S
from scanner.net.passes import Pass
from scanner.net.running import forwarding

WEB = ip_address("93.184.216.34")
HERE = ip_address("127.0.0.1")
METADATA = ip_address("169.254.169.254")


class Names:
    """A resolver that gives the answers of a name one after the other, the last one for ever."""

    def __init__(self, **answers: Sequence[Address]) -> None:
        self.answers = {name.replace("_", "."): list(found) for name, found in answers.items()}
        self.asked: list[str] = []

    async def __call__(self, host: str) -> Sequence[Address]:
        self.asked.append(host)
        answers = self.answers.get(host)
        if not answers:
            raise OSError("no such name")
        return (answers.pop(0) if len(answers) > 1 else answers[0],)


class Web:
    """A small internet on loopback: connections to any address arrive at one server, which notes where they went."""

    def __init__(self) -> None:
        self.dialled: list[tuple[str, int]] = []
        self.requests: list[bytes] = []
        self.port = 0

    async def connect(self, address: str, port: int) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        self.dialled.append((address, port))
        return await asyncio.open_connection("127.0.0.1", self.port)

    async def answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while True:
                head = await reader.readuntil(b"\r\n\r\n")
                length = next(
                    (int(line[15:]) for line in head.split(b"\r\n") if line.startswith(b"content-length:")), 0
                )
                body = await reader.readexactly(length)
                if b"transfer-encoding" in head:
                    body = await reader.readuntil(b"0\r\n\r\n")
                self.requests.append(head + body)
                writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")
        except asyncio.IncompleteReadError:
            writer.close()


@asynccontextmanager
async def web() -> AsyncIterator[Web]:
    found = Web()
    server = await asyncio.start_server(found.answer, "127.0.0.1", 0)
    found.port = server.sockets[0].getsockname()[1]
    yield found
    server.close()


@asynccontextmanager
async def running(
    dialler: Dialler, *, most_bytes: int = MOST_BYTES, clock: Callable[[], float] = time.monotonic
) -> AsyncIterator[Forward]:
    forward = Forward(dialler, most_bytes=most_bytes, clock=clock)
    await forward.start()
    yield forward
    await forward.stop()


class Client:
    """One connection to the proxy."""

    def __init__(self, forward: Forward, one: Pass | None) -> None:
        self.port = forward.port
        self.known = b"Proxy-Authorization: " + basic(one.name, one.secret) + b"\r\n" if one else b""

    async def __aenter__(self) -> Client:
        self.reader, self.writer = await asyncio.open_connection("127.0.0.1", self.port)
        return self

    async def __aexit__(self, *_: object) -> None:
        self.writer.close()

    async def ask(self, line: str, body: bytes = b"", more: bytes = b"") -> bytes:
        """The answer to one request, b"" where the proxy hangs up."""
        self.writer.write(line.encode() + b" HTTP/1.1\r\n" + self.known + more + b"\r\n" + body)
        try:
            head = await self.reader.readuntil(b"\r\n\r\n")
        except asyncio.IncompleteReadError:
            return b""
        length = next((int(line[15:]) for line in head.split(b"\r\n") if line.startswith(b"Content-Length:")), 0)
        return head + await self.reader.readexactly(length)


async def ask(forward: Forward, one: Pass | None, line: str) -> bytes:
    async with Client(forward, one) as client:
        return await client.ask(line)


async def test_plain_requests_and_tunnels_go_to_the_checked_address_and_are_counted() -> None:
    names = Names(www_example_gov=[WEB])
    async with web() as net, running(Dialler(resolve=names, connect=net.connect)) as forward:
        one = forward.admit(Reach("www.example.gov"))
        async with Client(forward, one) as client:
            for _ in range(2):
                assert (await client.ask("GET http://www.example.gov/a")).endswith(b"ok")
        async with Client(forward, one) as client:
            assert b" 200 " in await client.ask("CONNECT www.example.gov:443")
            client.known = b""
            assert (await client.ask("GET /inside")).endswith(b"ok")
        assert net.dialled == [(str(WEB), 80), (str(WEB), 443)]
        assert [request.split(b"\r\n")[0] for request in net.requests] == [b"GET /a HTTP/1.1"] * 2 + [
            b"GET /inside HTTP/1.1"
        ]
        assert not any(b"roxy" in request for request in net.requests)
        account = one.traffic["www.example.gov"]
        assert (account.connections, account.requests) == (2, 2)
        assert account.received == one.received == 3 * len(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")
        one.begin()
        assert one.traffic == {}


@pytest.mark.parametrize("tunnel", [False, True])
async def test_answers_that_weigh_too_much_are_cut_and_the_next_page_has_its_own_account(tunnel: bool) -> None:
    answer = len(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")
    async with web() as net, running(Dialler(connect=net.connect), most_bytes=2 * answer) as forward:
        one = forward.admit(Reach("127.0.0.1"))
        for _ in range(2):
            async with Client(forward, one) as client:
                if tunnel:
                    assert b" 200 " in await client.ask("CONNECT 127.0.0.1:443")
                for _ in range(2):
                    assert (await client.ask("GET http://127.0.0.1/")).endswith(b"ok")
                with pytest.raises(ConnectionResetError):
                    await client.ask("GET http://127.0.0.1/")
            one.begin()


@pytest.mark.parametrize("line", ["GET http://{}/", "CONNECT {}:443"])
@pytest.mark.parametrize("host", ["127.0.0.1", "169.254.169.254", "[::ffff:10.0.0.1]", "localhost", "inside.example"])
async def test_what_is_not_public_is_refused_with_its_reason(line: str, host: str) -> None:
    names = Names(www_example_gov=[WEB], inside_example=[ip_address("10.0.0.1")])
    async with web() as net, running(Dialler(resolve=names, connect=net.connect)) as forward:
        one = forward.admit(Reach("www.example.gov"))
        answer = await ask(forward, one, line.format(host))
        assert answer == b"" or b"destination_ip_prohibited" in answer
        assert net.dialled == []
        assert "allow-hosts" in one.trouble(host.strip("[]"))


async def test_a_name_that_changes_its_answer_soon_is_reached_where_it_was() -> None:
    names = Names(www_example_gov=[WEB, HERE])
    async with web() as net, running(Dialler(resolve=names, connect=net.connect)) as forward:
        one = forward.admit(Reach("www.example.gov"))
        for _ in range(3):
            assert (await ask(forward, one, "GET http://www.example.gov/")).endswith(b"ok")
        assert net.dialled == [(str(WEB), 80)] * 3
        assert names.asked == ["www.example.gov"]


async def test_a_name_that_changes_its_answer_gains_nothing() -> None:
    for changing in (HERE, METADATA, ip_address("10.0.0.1")):
        names = Names(www_example_gov=[WEB, WEB, changing])
        later = count(0.0, KEPT_S + 1).__next__
        async with web() as net, running(Dialler(resolve=names, connect=net.connect), clock=later) as forward:
            one, two = forward.admit(Reach("www.example.gov")), forward.admit(Reach("www.example.gov"))
            assert (await ask(forward, one, "GET http://www.example.gov/")).endswith(b"ok")
            for user in (one, two):
                assert await ask(forward, user, "GET http://www.example.gov/") == b""
                assert str(changing) in user.refused["www.example.gov"]
            assert net.dialled == [(str(WEB), 80)]


async def test_each_user_has_a_reach_of_its_own() -> None:
    inside = ip_address("10.0.0.1")
    names = Names(public_example=[WEB], inside_example=[inside])
    async with web() as net, running(Dialler(resolve=names, connect=net.connect)) as forward:
        users = {
            "public": forward.admit(Reach("public.example")),
            "inside": forward.admit(Reach("inside.example")),
            "named": forward.admit(Reach("public.example", (HostPattern("10.0.0.0/8"),))),
            "here": forward.admit(Reach("localhost")),
        }
        hosts = ["10.0.0.1", "10.0.0.2", "127.0.0.1", "169.254.169.254"]
        reached = {
            name: [host for host in hosts if await ask(forward, user, f"GET http://{host}/")]
            for name, user in users.items()
        }
    assert reached == {"public": [], "inside": ["10.0.0.1"], "named": ["10.0.0.1", "10.0.0.2"], "here": ["127.0.0.1"]}


@pytest.mark.parametrize("how", ["no credentials", "a wrong secret", "a user who left"])
async def test_nobody_but_known_users_is_served(how: str) -> None:
    async with web() as net, running(Dialler(connect=net.connect)) as forward:
        one = forward.admit(Reach("127.0.0.1"))
        assert await ask(forward, one, "GET http://127.0.0.1/")
        stranger = None if how == "no credentials" else Pass(one.name, "" if "wrong" in how else one.secret, one.reach)
        if how == "a user who left":
            forward.dismiss(one)
        assert b" 407 " in await ask(forward, stranger, "GET http://127.0.0.1/")
        assert b" 407 " in await ask(forward, stranger, "CONNECT 127.0.0.1:443")
        assert len(net.dialled) == 1


async def test_one_connection_serves_several_hosts_and_bodies() -> None:
    async with web() as net, running(Dialler(connect=net.connect)) as forward:
        one = forward.admit(Reach("127.0.0.1"))
        async with Client(forward, one) as client:
            length = b"content-length: 5\r\n"
            chunked = b"transfer-encoding: chunked\r\n"
            assert (await client.ask("POST http://127.0.0.1/a", b"hello", length)).endswith(b"ok")
            assert (await client.ask("POST http://127.0.0.1/b", b"5\r\nhello\r\n0\r\n\r\n", chunked)).endswith(b"ok")
            assert (await client.ask("GET http://127.0.0.2/c")).endswith(b"ok")
        assert net.dialled == [("127.0.0.1", 80), ("127.0.0.2", 80)]
        assert [request.split(b" ")[1] for request in net.requests] == [b"/a", b"/b", b"/c"]


async def test_a_host_that_is_not_there_is_told_apart() -> None:
    async def connect(address: str, port: int) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        raise ConnectionRefusedError

    async with running(Dialler(resolve=Names(), connect=connect)) as forward:
        one = forward.admit(Reach("127.0.0.1"))
        assert await ask(forward, one, "GET http://127.0.0.1/") == b""
        assert b"destination_unavailable" in await ask(forward, one, "CONNECT gone.example:443")
        assert one.unreachable == {
            "127.0.0.1": "At 127.0.0.1 nothing accepts connections.",
            "gone.example": "gone.example cannot be reached (OSError).",
        }


async def test_what_is_no_request_is_answered_as_such() -> None:
    async with running(Dialler()) as forward:
        assert b" 400 " in await ask(forward, None, "GET /not-for-a-proxy")


async def test_behind_a_proxy_names_are_its_own_affair_and_addresses_are_checked() -> None:
    """The test's server stands for the proxy: it answers `CONNECT` and requests in absolute form alike."""
    async with web() as net:
        proxy = Proxy(
            http=f"http://127.0.0.1:{net.port}",
            https=f"http://127.0.0.1:{net.port}",
            bypass=("direct.example", "10.1.0.0/16"),
            username="me",
            password="secret",
        )
        names = Names(direct_example=[WEB])
        async with running(Dialler(proxy, resolve=names, connect=net.connect)) as forward:
            one = forward.admit(Reach("www.example.gov"))
            assert (await ask(forward, one, "GET http://www.example.gov:81/a")).endswith(b"ok")
            assert b" 200 " in await ask(forward, one, "CONNECT www.example.gov:443")
            assert [request.split(b"\r\n")[0] for request in net.requests] == [
                b"GET http://www.example.gov:81/a HTTP/1.1",
                b"CONNECT www.example.gov:443 HTTP/1.1",
            ]
            assert all(basic("me", "secret") in request for request in net.requests)
            for host in ("10.0.0.1", "10.1.0.1", "127.0.0.1", "169.254.169.254"):
                assert await ask(forward, one, f"GET http://{host}/") == b""
            assert len(net.requests) == 2
            assert net.dialled == []
            assert (await ask(forward, one, "GET http://direct.example/")).endswith(b"ok")
            assert net.dialled == [(str(WEB), 80)]
            assert names.asked == ["direct.example"]


@pytest.mark.parametrize(
    ("host", "port", "direct"),
    [
        ("example.gov", 443, True),
        ("www.example.gov", 443, True),
        ("notexample.gov", 443, False),
        ("only.test", 8080, True),
        ("only.test", 443, False),
        ("10.9.9.9", 443, True),
        ("11.9.9.9", 443, False),
        ("localhost", 443, True),
        ("127.0.0.1", 443, True),
        ("::1", 443, True),
    ],
)
def test_which_hosts_are_reached_without_the_proxy(host: str, port: int, direct: bool) -> None:
    proxy = Proxy(https="http://proxy:3128", bypass=(".example.gov", "only.test:8080", "10.0.0.0/8"))
    assert (upstream(proxy, "https", host, port) == "") is direct


async def test_it_runs_in_a_thread_of_its_own() -> None:
    async with web() as net:
        with forwarding(Dialler()) as forward:
            one = forward.admit(Reach("127.0.0.1"))
            assert (await ask(forward, one, f"GET http://127.0.0.1:{net.port}/")).endswith(b"ok")
            port = forward.port
        with pytest.raises(ConnectionRefusedError):
            await asyncio.open_connection("127.0.0.1", port)
