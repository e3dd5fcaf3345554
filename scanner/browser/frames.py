"""Which CDP session sees which frame: one session serves a process, a frame elsewhere has its own."""

from __future__ import annotations

from dataclasses import dataclass

from playwright.async_api import CDPSession, Error, Frame, Page

ERROR_PAGE = "chrome-error:"
"""How the address of the browser's own page begins, which stands where a document could not be loaded.

It is no part of the page that is judged, and it looks different from browser to browser.
"""


@dataclass(frozen=True, slots=True)
class ProcessRoot:
    """The topmost frame that a session sees: its id, the session, the session of the frame above (None: top)."""

    frame_id: str
    session: CDPSession
    above: CDPSession | None = None


async def process_roots(page: Page, session: CDPSession) -> list[ProcessRoot]:
    """The page's own session first, then one root for each frame in a process of its own, parents first.

    A frame that shares its parent's process refuses a session: that refusal is how the two are told apart.
    """
    roots = [ProcessRoot(await _frame_id(session), session)]
    homes: dict[Frame, CDPSession] = {page.main_frame: session}
    for frame in page.frames:
        above = frame.parent_frame
        if above is None or above not in homes:
            continue
        try:
            own = await page.context.new_cdp_session(frame)
            roots.append(ProcessRoot(await _frame_id(own), own, homes[above]))
            homes[frame] = own
        except Error:
            homes[frame] = homes[above]
    return roots


async def _frame_id(session: CDPSession) -> str:
    identity: str = (await session.send("Page.getFrameTree"))["frameTree"]["frame"]["id"]
    return identity
