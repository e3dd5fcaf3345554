"""What robots.txt allows, and what follows when it cannot be read; served by a real server on loopback."""

from __future__ import annotations

import asyncio
import gzip
import pickle
import socket
from collections.abc import AsyncIterator

import httpx
import pytest
import pytest_asyncio
from scripted_server import ScriptedServer, reply, scripted

from scanner.crawl.robots import LONGEST_TEXT, RobotsPolicy, fetch_robots

AGENT = "Mozilla/5.0 Curbcut/1 (+https://a.gov/contact)"


@pytest_asyncio.fixture
async def server() -> AsyncIterator[ScriptedServer]:
    async with scripted() as running:
        yield running


async def fetch(server: ScriptedServer, *, timeout_s: float = 10.0) -> RobotsPolicy:
    async with httpx.AsyncClient(trust_env=False) as client:
        return await fetch_robots(client, f"{server.base}/some/page", user_agent=AGENT, timeout_s=timeout_s)


ROBOTS = b"User-agent: *\nDisallow: /private\n"


async def test_it_is_read_from_the_root_of_the_site_by_name(server: ScriptedServer) -> None:
    server.answers["/robots.txt"] = reply(200, ROBOTS)
    policy = await fetch(server)
    assert policy.allowed(f"{server.base}/public")
    assert not policy.allowed(f"{server.base}/private/a")
    assert policy.refusal(f"{server.base}/private/a") == "robots.txt asks robots not to visit this address."
    assert [request.splitlines()[0] for request in server.requests] == ["GET /robots.txt HTTP/1.1"]
    assert AGENT in server.requests[0]


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410, 304])
async def test_where_there_is_none_everything_is_allowed(server: ScriptedServer, status: int) -> None:
    server.answers["/robots.txt"] = reply(status, b"User-agent: *\nDisallow: /\n" if status != 304 else b"")
    assert await fetch(server) == RobotsPolicy()


@pytest.mark.parametrize("status", [429, 500, 503])
async def test_a_server_in_trouble_allows_nothing_and_says_so(server: ScriptedServer, status: int) -> None:
    server.answers["/robots.txt"] = reply(status, b"User-agent: *\nAllow: /\n")
    policy = await fetch(server)
    assert policy.refusal(f"{server.base}/") == (
        f"robots.txt could not be read (HTTP {status}), so what it forbids is not known."
    )


async def test_no_connection_leaves_it_to_the_page_to_say_so() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        unused = ScriptedServer()
        unused.base = f"http://127.0.0.1:{taken.getsockname()[1]}"
        assert await fetch(unused) == RobotsPolicy()


async def test_an_answer_without_end_is_given_up(server: ScriptedServer) -> None:
    async def drip(writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\n\r\n")
        while True:
            writer.write(b"#")
            await writer.drain()
            await asyncio.sleep(0.02)

    server.answers["/robots.txt"] = drip
    assert (await fetch(server, timeout_s=0.3)).unread == "no complete answer within 0.3 s"


async def test_an_answer_that_breaks_off_allows_nothing(server: ScriptedServer) -> None:
    server.answers["/robots.txt"] = b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\nUser-agent: *\n"
    assert (await fetch(server)).unread == "the answer broke off"


async def test_an_answer_that_is_not_what_it_claims_allows_nothing(server: ScriptedServer) -> None:
    server.answers["/robots.txt"] = reply(200, b"not gzip", Content_Encoding="gzip")
    assert (await fetch(server)).unread == "it is packed, and broken"


async def test_a_text_that_is_packed_to_burst_is_read_to_the_limit(server: ScriptedServer) -> None:
    bomb = gzip.compress(ROBOTS + b"#\n" * 50_000_000, compresslevel=1)
    server.answers["/robots.txt"] = reply(200, gzip.compress(bomb), Content_Encoding="gzip")
    policy = await fetch(server)
    assert policy.text.startswith(ROBOTS.decode())
    assert len(policy.text) <= LONGEST_TEXT


async def test_compressed_text_is_read(server: ScriptedServer) -> None:
    server.answers["/robots.txt"] = reply(200, gzip.compress(ROBOTS), Content_Encoding="gzip")
    assert (await fetch(server)).text == ROBOTS.decode()


async def test_five_redirects_are_followed(server: ScriptedServer) -> None:
    for step in range(5):
        server.answers[f"/{step}" if step else "/robots.txt"] = reply(302, Location=f"/{step + 1}")
    server.answers["/5"] = reply(200, ROBOTS)
    assert (await fetch(server)).text == ROBOTS.decode()


async def test_a_redirect_without_end_allows_everything(server: ScriptedServer) -> None:
    server.answers["/robots.txt"] = reply(302, Location="/robots.txt")
    assert await fetch(server) == RobotsPolicy()
    assert len(server.requests) == 6


async def test_only_the_first_500_kibibytes_count_and_no_rule_is_cut(server: ScriptedServer) -> None:
    head = b"User-agent: *\nDisallow: /private\n"
    filler = b"#" * (LONGEST_TEXT - len(head) - len(b"Disallow: /") - 1) + b"\n"
    server.answers["/robots.txt"] = reply(200, head + filler + b"Disallow: /late\nDisallow: /last\n")
    policy = await fetch(server)
    assert not policy.allowed(f"{server.base}/private")
    assert policy.allowed(f"{server.base}/other")
    assert len(policy.text) <= LONGEST_TEXT


async def test_a_byte_order_mark_hides_no_rule(server: ScriptedServer) -> None:
    server.answers["/robots.txt"] = reply(200, b"\xef\xbb\xbf" + ROBOTS)
    assert not (await fetch(server)).allowed(f"{server.base}/private")


async def test_bytes_that_are_no_text_do_no_harm(server: ScriptedServer) -> None:
    server.answers["/robots.txt"] = reply(200, bytes(range(256)) + b"\n" + ROBOTS)
    assert not (await fetch(server)).allowed(f"{server.base}/private")


@pytest.mark.parametrize(
    ("text", "path", "allowed"),
    [
        ("User-agent: *\nDisallow: /", "/", False),
        ("User-agent: *\nDisallow:", "/a", True),
        ("User-agent: other\nDisallow: /", "/a", True),
        ("User-agent: curbcut\nAllow: /\n\nUser-agent: *\nDisallow: /", "/a", True),
        ("User-agent: Curbcut\nDisallow: /\n\nUser-agent: *\nAllow: /", "/a", False),
        ("User-agent: Mozilla\nDisallow: /", "/a", True),
        ("User-agent: *\nDisallow: /*.pdf$", "/a.pdf", False),
        ("User-agent: *\nDisallow: /*.pdf$", "/a.pdf?x=1", True),
        ("User-agent: *\nDisallow: /private\nAllow: /private/ok$", "/private/ok", True),
        ("User-agent: *\nDisallow: /a%3cd", "/a%3Cd", False),
        ("<html>Disallow: /</html>", "/", True),
    ],
)
def test_rules_are_read_as_the_standard_says(text: str, path: str, *, allowed: bool) -> None:
    assert RobotsPolicy(text).allowed(f"https://a.gov{path}") is allowed


@pytest.mark.parametrize(
    ("rules", "delay_s"),
    [
        ("", 0.0),
        ("Crawl-delay: 2.5", 2.5),
        ("Request-rate: 1/4", 4.0),
        ("Crawl-delay: 1\nRequest-rate: 10/60s", 6.0),
        ("Crawl-delay: soon", 0.0),
        ("Crawl-delay: -3", 0.0),
        ("Crawl-delay: inf", 0.0),
    ],
)
def test_the_slower_of_two_paces_counts(rules: str, delay_s: float) -> None:
    assert RobotsPolicy(f"User-agent: *\n{rules}\n").crawl_delay_s == delay_s


def test_what_a_person_sets_aside_does_not_count_but_stays_known() -> None:
    policy = RobotsPolicy("User-agent: *\nDisallow: /\nCrawl-delay: 9", set_aside="sites.txt:3")
    assert policy.allowed("https://a.gov/")
    assert policy.crawl_delay_s == 0
    assert policy.set_aside == "sites.txt:3"


def test_an_unreadable_address_is_refused() -> None:
    assert RobotsPolicy("User-agent: *\nDisallow: /a\n").refusal("http://[")


def test_a_policy_can_be_sent_to_another_process() -> None:
    policy = RobotsPolicy("User-agent: *\nDisallow: /a\n")
    copy = pickle.loads(pickle.dumps(policy))
    assert copy == policy
    assert not copy.allowed("https://a.gov/a")
