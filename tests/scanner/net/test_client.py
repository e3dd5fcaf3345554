"""Curbcut's own requests are under the same checks as the browser's, and say why a host was not reached."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from ipaddress import ip_address
from pathlib import Path

import httpx
import pytest

from rules.errors import EnvironmentFault
from scanner.browser.terms import Terms
from scanner.crawl.robots import fetch_robots
from scanner.net.addresses import Address
from scanner.net.certificates import trusted
from scanner.net.client import client_for
from scanner.net.dial import Dialler
from scanner.net.running import forwarding


async def names(host: str) -> tuple[Address, ...]:
    return (ip_address({"public.example": "93.184.216.34", "inside.example": "10.0.0.1"}[host]),)


async def test_a_service_is_reached_where_it_lies(serve: Callable[[Path], str], tmp_path: Path) -> None:
    (tmp_path / "robots.txt").write_text("User-agent: *\nDisallow: /secret")
    base = serve(tmp_path)
    with forwarding(Dialler()) as forward:
        async with client_for(forward, Terms.of("http://127.0.0.1/"), trusted()) as client:
            assert (await client.get(f"{base}/robots.txt")).status_code == 200
            assert (await client.get(f"{base}/nothing")).status_code == 404
            assert not (await fetch_robots(client, base, user_agent="Curbcut")).allowed(f"{base}/secret")


@pytest.mark.parametrize("url", ["http://{}/robots.txt", "https://{}/robots.txt"])
@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "169.254.169.254", "inside.example"])
async def test_what_the_pages_may_not_reach_it_does_not_either(url: str, host: str) -> None:
    with forwarding(Dialler(resolve=names)) as forward:
        async with client_for(forward, Terms.of("http://public.example/"), trusted()) as client:
            with pytest.raises(httpx.ConnectError, match="allow-hosts"):
                await client.get(url.format(host))


async def test_a_redirect_is_checked_like_any_request() -> None:
    async def redirect(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(
            b"HTTP/1.1 302 Found\r\nLocation: http://169.254.169.254/latest\r\nContent-Length: 0\r\n"
            b"Connection: close\r\n\r\n"
        )
        writer.close()

    async with await asyncio.start_server(redirect, "127.0.0.1", 0) as server:
        url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/robots.txt"
        with forwarding(Dialler()) as forward:
            async with client_for(forward, Terms.of("http://127.0.0.1/"), trusted()) as client:
                assert (await client.get(url)).status_code == 302
                with pytest.raises(httpx.ConnectError, match=r"169\.254\.169\.254 is on the local link"):
                    await client.get(url, follow_redirects=True)


async def test_a_server_that_is_not_there_leaves_robots_open_as_ever() -> None:
    with forwarding(Dialler()) as forward:
        async with client_for(forward, Terms.of("http://127.0.0.1/"), trusted()) as client:
            for scheme in ("http", "https"):
                policy = await fetch_robots(client, f"{scheme}://127.0.0.1:1/", user_agent="Curbcut")
                assert not policy.unread


def test_a_bundle_that_holds_no_certificate_is_named(tmp_path: Path) -> None:
    empty = tmp_path / "company.pem"
    empty.write_text("nothing")
    for path in (empty, tmp_path / "missing.pem"):
        with pytest.raises(EnvironmentFault, match=path.name):
            trusted(path)
