"""Pictures of the window with and without focus on an element, compared to the last pixel."""

from __future__ import annotations

import base64
from collections.abc import Awaitable, Callable

from playwright.async_api import CDPSession

from scanner.browser.raw import raw_send


async def differs(
    session: CDPSession, focus: Callable[[], Awaitable[bool]], blur: Callable[[], Awaitable[None]]
) -> bool | None:
    """Whether the window looks different while an element has the focus; None where it did not take it.

    Pictures of the same pixels are the same bytes. A page that moves by itself differs as well: then this says so
    although focus may have no part in it, which spares the page a failure that is not certain.
    """
    if not await focus():
        return None
    focused = await _picture(session)
    await blur()
    if await _picture(session) != focused:
        return True
    # Two that are the same may have been taken before the browser drew anything new.
    if not await focus():
        return None
    again = await _picture(session)
    await blur()
    return again != focused or await _picture(session) != again


async def _picture(session: CDPSession) -> bytes:
    answer = await raw_send(session, "Page.captureScreenshot", {"format": "png", "optimizeForSpeed": True})
    return base64.b64decode(answer["data"])
