"""Pictures of the page for the report: in its own window and in a narrow one."""

from __future__ import annotations

from collections.abc import Sequence

from playwright.async_api import CDPSession

from rules.dom import Dom
from rules.evidence.views import View, Views
from scanner.browser.frames import ProcessRoot
from scanner.probes.picturing import TALLEST, TOO_MANY, Layout, kept, own_view, ready, resize, taken
from scanner.probes.worlds import World

NARROW = 320


async def probe_views(roots: Sequence[ProcessRoot], dom: Dom, index_of: dict[int, int]) -> Views:
    """The page's pictures; the window is as before afterwards.

    `index_of` gives the snapshot index of a backend node id.
    """
    async with ready(roots, dom, index_of) as documents:
        if documents is None:
            return Views(untaken=TOO_MANY)
        session = roots[0].session
        return kept(await own_view(session, documents[0], "page"), await _narrow(session, documents[0]))


async def _narrow(session: CDPSession, document: World) -> View | None:
    """The page in a window of 320 CSS px; what lies beside the window is not in the picture."""
    await resize(session, NARROW, 640)
    before = Layout(*await document.value(f"curbcutViews.rested({NARROW})"))
    height = min(before.height, TALLEST)
    await resize(session, NARROW, height)
    await document.value("curbcutViews.drawn()")
    return await taken(session, "narrow", NARROW, height)
