"""What a service shows for an address that does not exist: asked for once for each host, and only for a reason.

The reason is a page that has little to say, or says that it was not found. Most services answer with status 404,
and then nothing more is loaded. The address is made from the host's name, so every scan asks for the same one.
"""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit

from rules.page import Page, PageState
from scanner.browser.tab import Tab
from scanner.classify import after_comparison
from scanner.states.not_found import Missing, is_suspicious, missing_of
from scanner.states.view import View
from scanner.visit import VisitPlan, glimpse

MOST_HOSTS = 20
"""How many hosts of one service are asked; a list of named pages may lie on any number of them."""


class MissingPages:
    """What the hosts of one service show for what they do not have.

    `may_ask` waits for the service's turn and tells whether robots.txt and the run let this address be asked for.
    """

    def __init__(self, may_ask: Callable[[str], Awaitable[bool]]) -> None:
        self._may_ask = may_ask
        self._known: dict[str, asyncio.Task[Missing | None]] = {}

    async def compared(self, tab: Tab, page: Page, plan: VisitPlan) -> Page:
        """The page, told apart from what its host shows for an address that does not exist; `tab` asks where needed."""
        if page.state is not PageState.TESTED or tab.broken or not is_suspicious(View(page)):
            return page
        origin = _origin(page.final_url)
        if origin not in self._known and len(self._known) < MOST_HOSTS:
            self._known[origin] = asyncio.create_task(self._ask(tab, address_of_nothing(origin), plan))
        asked = self._known.get(origin)
        return after_comparison(page, await asked) if asked else page

    async def _ask(self, tab: Tab, url: str, plan: VisitPlan) -> Missing | None:
        return missing_of(await glimpse(tab, url, plan)) if await self._may_ask(url) else None


def address_of_nothing(origin: str) -> str:
    """An address on a host that certainly does not exist there, the same every time."""
    return f"{origin}/curbcut-{hashlib.sha256(origin.encode()).hexdigest()[:16]}"


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"
