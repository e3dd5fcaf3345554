"""A text from an address, by the way and under the checks of all requests that Curbcut makes; no browser."""

from __future__ import annotations

import asyncio
import os
from pathlib import Path

import httpx

from rules.errors import NotJudged
from scanner.browser.launch import Visitor, user_agent
from scanner.browser.proxies import proxy_of
from scanner.browser.terms import Terms
from scanner.forecast import UNKNOWN_VERSION
from scanner.net.certificates import trusted
from scanner.net.client import client_for
from scanner.net.dial import Dialler
from scanner.net.running import forwarding
from scanner.wording.source import DOCX, HTML, MARKDOWN, MOST_BYTES, PLAIN, Content

MOST_REDIRECTS = 5
LONGEST_S = 30.0

_TYPES = {
    "text/html": HTML,
    "application/xhtml+xml": HTML,
    "text/plain": PLAIN,
    "text/markdown": MARKDOWN,
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": DOCX,
}


async def fetched(url: str, *, contact: str = "", bundle: Path | None = None) -> Content:
    """What is at an address, by the same way and under the same checks as all requests of Curbcut."""
    dialler = Dialler(proxy_of(os.environ), bundle=bundle)
    with forwarding(dialler) as forward:
        async with client_for(forward, Terms.of(url), trusted(dialler.bundle)) as client:
            client.headers["User-Agent"] = user_agent(UNKNOWN_VERSION, Visitor(contact=contact))
            client.follow_redirects = True
            client.max_redirects = MOST_REDIRECTS
            try:
                async with asyncio.timeout(LONGEST_S), client.stream("GET", url) as response:
                    return await _answer(url, response)
            except (httpx.HTTPError, httpx.InvalidURL, TimeoutError) as error:
                reason = str(error) or "it took too long"
                raise NotJudged(f"The page could not be read: {reason.rstrip('.')}.", where=url) from None


async def _answer(url: str, response: httpx.Response) -> Content:
    if response.status_code != 200:
        raise NotJudged(f"The server answered with status {response.status_code}.", where=url)
    kind = _TYPES.get(response.headers.get("Content-Type", "text/html").partition(";")[0].strip().lower())
    if kind is None:
        raise NotJudged("This is neither a web page nor a text nor a Word document.", where=url)
    content = bytearray()
    async for block in response.aiter_bytes():
        content += block
        if len(content) > MOST_BYTES:
            raise NotJudged(f"The page is longer than {MOST_BYTES // 1_000_000} million bytes.", where=url)
    return Content(url, kind, bytes(content), response.charset_encoding)
