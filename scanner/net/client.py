"""Curbcut's own requests (robots.txt, sitemaps), by the same way out as the browser's and under the same checks."""

from __future__ import annotations

import ssl
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

import httpx

from scanner.browser.access import Access
from scanner.browser.terms import Terms
from scanner.net.forward import Forward
from scanner.net.passes import Pass

TIMEOUT_S = 10.0


@asynccontextmanager
async def client_for(forward: Forward, terms: Terms, trust: ssl.SSLContext) -> AsyncIterator[httpx.AsyncClient]:
    """A client for one service, which reaches what its pages may reach, is let in where they are, and believes `trust`.

    A host that is refused or does not answer raises httpx.ConnectError with the reason as a sentence.
    """
    one = forward.admit(terms.reach)
    proxy = forward.proxy(one)
    way = httpx.AsyncHTTPTransport(verify=trust, proxy=httpx.Proxy(proxy.http, auth=(proxy.username, proxy.password)))
    try:
        telling = _Telling(way, one, terms.access)
        async with httpx.AsyncClient(transport=telling, timeout=TIMEOUT_S, trust_env=False) as client:
            yield client
    finally:
        forward.dismiss(one)


class _Telling(httpx.AsyncBaseTransport):
    """A transport that says why a host was not reached: the proxy can only hang up."""

    def __init__(self, way: httpx.AsyncBaseTransport, one: Pass, access: Sequence[Access]) -> None:
        self._access = access
        self._way = way
        self._pass = one

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        host = request.url.host.rstrip(".").lower()
        self._pass.refused.pop(host, None)
        self._pass.unreachable.pop(host, None)
        for access in self._access:
            if access.fits(str(request.url)):
                request.headers.update(dict(access.headers))
                if access.cookies:
                    request.headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in access.cookies)
        try:
            return await self._way.handle_async_request(request)
        except (httpx.ProxyError, httpx.RemoteProtocolError, httpx.ReadError) as error:
            reason = self._pass.trouble(host)
            if not reason:
                raise
            raise httpx.ConnectError(reason, request=request) from error

    async def aclose(self) -> None:
        await self._way.aclose()
