"""Which spellings of a host lead to one and the same: `http://` and `https://`, with and without `www.`."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from ipaddress import ip_address
from urllib.parse import urlsplit

import httpx

from scanner.crawl.urls import normalise


async def find_twins(
    client: httpx.AsyncClient, home: str, *, user_agent: str, each_s: float = 5.0
) -> Mapping[str, str]:
    """The origins that redirect to the origin where `home` ends, each with that one.

    Sites name themselves in several spellings, and then every page would be visited under each. Whether they are
    one is not guessed: the top of each spelling is asked for once, and only one that redirects to the top of
    the other counts. Hosts that are numbers or have a port of their own have no twins.
    """
    origins = _spellings(home)
    asked = (_onward(client, origin, user_agent=user_agent, limit_s=each_s) for origin in origins)
    onward = dict(zip(origins, await asyncio.gather(*asked), strict=True))
    ends = {origin: _end(origin, onward) for origin in origins}
    first = ends.get(_origin(home), "")
    return {origin: first for origin, end in ends.items() if first and end == first != origin}


def with_twin(url: str, twins: Mapping[str, str]) -> str:
    """The address on the host that its own redirects to."""
    origin = _origin(url) if twins else ""
    return twins[origin] + url.removeprefix(origin) if origin in twins else url


async def _onward(client: httpx.AsyncClient, origin: str, *, user_agent: str, limit_s: float) -> str:
    """The origin to whose top the top of this one redirects, itself where it does not; empty for any other end."""
    request = client.build_request("GET", f"{origin}/", headers={"User-Agent": user_agent})
    try:
        async with asyncio.timeout(limit_s):
            response = await client.send(request, stream=True, follow_redirects=False)
            await response.aclose()
    except (TimeoutError, httpx.HTTPError, httpx.InvalidURL):
        return ""
    if response.next_request is None:
        return origin if response.is_success else ""
    target = normalise(str(response.next_request.url)) or ""
    # On its own host a site may lead to its first page as it likes.
    return _origin(target) if _origin(target) == origin or urlsplit(target).path == "/" else ""


def _end(origin: str, onward: Mapping[str, str]) -> str:
    """Where the redirects end that begin at an origin; empty where they leave these origins or go round."""
    for _ in onward:
        following = onward.get(origin, "")
        if following in ("", origin):
            return following
        origin = following
    return ""


def _spellings(home: str) -> tuple[str, ...]:
    """The origins that may be one with that of `home`, its own first; none where it can have no twin."""
    parts = urlsplit(normalise(home) or "")
    host = parts.hostname or ""
    if parts.netloc != host or "." not in host or _is_number(host):
        return ()
    other = host.removeprefix("www.") if host.startswith("www.") else f"www.{host}"
    schemes = (parts.scheme, "http" if parts.scheme == "https" else "https")
    return tuple(f"{scheme}://{name}" for name in (host, other) for scheme in schemes)


def _is_number(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"
