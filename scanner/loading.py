"""How a document arrives: whole, broken off, or not at all."""

from __future__ import annotations

import time
from dataclasses import replace

from playwright.async_api import Error, Response
from playwright.async_api import TimeoutError as PlaywrightTimeout

from rules.page import Page, PageState
from scanner.browser.tab import ABORTED, Tab

GLANCE_S = 0.5

LOADING = "The page did not finish loading within"
"""How the reason begins of a page that was still loading when its time was up."""

BROKEN_OFF = "The answer broke off before its end"
"""How the reason begins of a page whose document began and did not end."""


async def loaded(tab: Tab, answer: Response | None, limit_s: float) -> str:
    """The browser's word for how the document broke off, "" when it loaded; raises PlaywrightTimeout after `limit_s`.

    A document that breaks off never loads, so it is asked for now and then meanwhile.
    """
    end_s = time.monotonic() + limit_s
    while True:
        left_s = max(0.1, end_s - time.monotonic())
        try:
            await tab.page.wait_for_load_state("load", timeout=min(left_s, GLANCE_S) * 1000)
            return ""
        except PlaywrightTimeout:
            failure = answer.request.failure if answer is not None else None
            if failure and failure != ABORTED:
                return failure
            if left_s <= GLANCE_S:
                raise


def broken_off(page: Page, failure: str) -> Page:
    """The page whose document ended before its end: half of it is not judged."""
    return replace(page, state=PageState.UNREACHABLE, reason=f"{BROKEN_OFF} ({failure}).")


def failure(tab: Tab, url: str, error: Error) -> Page:
    """The page that the browser could not show; the tab is broken where the browser itself may be at fault."""
    message = error.message.splitlines()[0][:300]
    if "Download is starting" in message:
        return Page(url, PageState.NOT_HTML, "The address is a download, not a web page.")
    if "invalid URL" in message:
        return Page(url, PageState.UNREACHABLE, "The browser could not open the page (this is not an address).")
    if "net::" in message:
        reason = message[message.index("net::") :].split(" ")[0]
        return Page(url, PageState.UNREACHABLE, f"The browser could not open the page ({reason}).")
    tab.broken = tab.broken or message
    return Page(url, PageState.CRASHED, f"The browser stopped answering: {message}")
