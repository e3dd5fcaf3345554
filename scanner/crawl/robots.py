"""What a site's robots.txt lets Curbcut visit (RFC 9309), and how it is fetched."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from urllib.parse import urljoin

import httpx
from protego import Protego

from scanner.crawl.body import ACCEPTED, BodyTooLarge, UnreadableBody, pieces

# The name by which robots.txt can address Curbcut.
ROBOT = "Curbcut"

# RFC 9309 asks for at least 500 kibibytes (section 2.5) and five redirects (section 2.3.1.2).
LONGEST_TEXT = 500 * 1024
MOST_REDIRECTS = 5


@dataclass(frozen=True, slots=True)
class RobotsPolicy:
    """What one site allows: a pure function of the `text` of its robots.txt.

    `unread` is the reason why robots.txt exists but could not be read; then nothing may be visited,
    because what it forbids is unknown. `set_aside` is where a person said that the site is their own
    and robots.txt does not count; it belongs in the report.
    """

    text: str = ""
    unread: str = ""
    set_aside: str = ""
    _rules: Protego = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_rules", Protego.parse(self.text))

    def allowed(self, url: str) -> bool:
        """Whether `url` may be visited."""
        return not self.refusal(url)

    def refusal(self, url: str) -> str:
        """The reason why `url` may not be visited, as a sentence; empty where it may be."""
        if self.set_aside:
            return ""
        if self.unread:
            return f"robots.txt could not be read ({self.unread}), so what it forbids is not known."
        try:
            return "" if self._rules.can_fetch(url, ROBOT) else "robots.txt asks robots not to visit this address."
        except ValueError:
            return "robots.txt cannot be applied, because this is not an address."

    @property
    def sitemaps(self) -> tuple[str, ...]:
        """The sitemaps that robots.txt names, for all robots alike."""
        return tuple(dict.fromkeys(self._rules.sitemaps))

    @property
    def crawl_delay_s(self) -> float:
        """Seconds to wait between two requests, from Crawl-delay or Request-rate, whichever is slower; 0 for none."""
        if self.set_aside:
            return 0.0
        rate = self._rules.request_rate(ROBOT)
        return max(self._rules.crawl_delay(ROBOT) or 0.0, rate.seconds / rate.requests if rate else 0.0)


async def fetch_robots(
    client: httpx.AsyncClient, base: str, *, user_agent: str, timeout_s: float = 10.0
) -> RobotsPolicy:
    """The policy of the site that `base` belongs to.

    No robots.txt (any answer of the 4xx kind but 429, more than five redirects) allows everything.
    A server that answers without telling (5xx, 429, a broken or endless answer) leaves it unread,
    and nothing may be visited. No connection at all also allows everything: the visit of the page
    itself then says, better than robots.txt could, that the host cannot be reached.
    """
    url = urljoin(base, "/robots.txt")
    try:
        async with asyncio.timeout(timeout_s):
            return await _follow(client, url, user_agent)
    except TimeoutError:
        return RobotsPolicy(unread=f"no complete answer within {timeout_s:g} s")
    except (httpx.ConnectError, httpx.ConnectTimeout, httpx.ProxyError, httpx.UnsupportedProtocol):
        return RobotsPolicy()
    except httpx.TimeoutException:
        return RobotsPolicy(unread="the server stopped answering")
    except UnreadableBody as error:
        return RobotsPolicy(unread=str(error))
    except httpx.HTTPError:
        return RobotsPolicy(unread="the answer broke off")


async def _follow(client: httpx.AsyncClient, url: str, user_agent: str) -> RobotsPolicy:
    headers = {"User-Agent": user_agent, "Accept": "text/plain, */*;q=0.1", "Accept-Encoding": ACCEPTED}
    request = client.build_request("GET", url, headers=headers)
    for _ in range(MOST_REDIRECTS + 1):
        response = await client.send(request, stream=True, follow_redirects=False)
        try:
            if response.next_request is None:
                return await _policy(response)
            request = response.next_request
        finally:
            await response.aclose()
    return RobotsPolicy()


async def _policy(response: httpx.Response) -> RobotsPolicy:
    if response.status_code == httpx.codes.TOO_MANY_REQUESTS or response.is_server_error:
        return RobotsPolicy(unread=f"HTTP {response.status_code}")
    if not response.is_success:
        return RobotsPolicy()
    return RobotsPolicy(await _text(response))


async def _text(response: httpx.Response) -> str:
    """At most the first 500 KiB, cut at the end of a line so that no rule is read by half."""
    body = bytearray()
    try:
        async for piece in pieces(response, most=LONGEST_TEXT + 1):
            body += piece
    except BodyTooLarge:
        del body[LONGEST_TEXT:]
        del body[max(body.rfind(b"\n"), body.rfind(b"\r")) + 1 :]
    # A byte order mark before the first User-agent line would otherwise hide that whole group.
    return body.decode("utf-8-sig", errors="replace")
