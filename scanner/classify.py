"""Whether what came back is a page to be judged, and if not, what it is instead; pure."""

from __future__ import annotations

from dataclasses import replace

from rules.evidence.resources import Request
from rules.page import Page, PageState
from scanner.browser.frames import ERROR_PAGE
from scanner.browser.telemetry import is_telemetry
from scanner.crawl.urls import same_host

HTML = frozenset({"text/html", "application/xhtml+xml", ""})
REFUSALS = {401: PageState.LOGIN, 403: PageState.BLOCKED, 407: PageState.BLOCKED, 429: PageState.BLOCKED}
DATA_KINDS = frozenset({"XHR", "Fetch"})

MOST_ELEMENTS = 200_000
MOST_CHARACTERS = 50_000_000
"""Beyond these a page is not looked at. A manual of 600 printed pages in one document has some 40,000 elements."""

TOO_SLOW = "took longer than"
"""How the report of a probe begins that ran out of time."""


def after_answer(page: Page) -> Page:
    """The page with the state that its answer alone decides."""
    answer = page.response
    if answer is None:
        return page
    if answer.status in REFUSALS:
        return _as(page, REFUSALS[answer.status], f"The server refused with status {answer.status}.")
    if answer.status >= 400:
        return _as(page, PageState.ERROR_PAGE, f"The server answered with status {answer.status}.")
    if answer.mime not in HTML:
        return _as(page, PageState.NOT_HTML, f"The address holds {answer.mime}, not a web page.")
    return page


def after_rest(page: Page, *, elements: int, characters: int) -> Page:
    """The page with the state that its size decides: one that no computer holds must not cost the pages after it."""
    if elements > MOST_ELEMENTS:
        return _as(page, PageState.TIMEOUT, f"The page is too large: {elements:,} elements, {MOST_ELEMENTS:,} at most.")
    if characters > MOST_CHARACTERS:
        most = f"{MOST_CHARACTERS // 1_000_000} million"
        return _as(page, PageState.TIMEOUT, f"The page is too large: its markup has more than {most} characters.")
    return page


def after_render(page: Page, *, rested: bool) -> Page:
    """The page with the state that its rendering decides: styles that did not load, data that was missing.

    `rested` is false when the page was still changing as it was looked at; that alone is a remark.
    """
    if page.snapshot is None:
        reason = next((report.state for report in page.probes if report.name == "dom"), "no snapshot")
        state = PageState.TIMEOUT if reason.startswith(TOO_SLOW) else PageState.CRASHED
        return _as(page, state, f"The rendered page could not be read: {reason}.")
    if page.final_url.startswith(ERROR_PAGE):
        return _as(page, PageState.UNREACHABLE, "The page led on to an address that the browser could not open.")
    resources = page.resources
    requests = resources.requests if resources else ()
    starved = [request for request in requests if _starves(request)]
    if starved:
        first = starved[0]
        failed = f"failed with status {first.status}" if first.status else f"failed ({first.failure})"
        why = "was refused by Curbcut, which only reads" if first.refused else failed
        return _as(page, PageState.INCOMPLETE_DATA, f"A data request of the page {why}: {first.method} {first.url}")
    lost = _lost_style(page)
    if lost:
        return _as(page, PageState.UNSTYLED, f"A style sheet did not load: {lost}")
    return page if rested else replace(page, reason="The page was still changing when it was looked at.")


def _starves(request: Request) -> bool:
    """Whether a page misses data: a request of its script was refused or failed, and was no mere report of usage."""
    unanswered = request.refused or bool(request.failure) or request.status >= 500
    return request.kind in DATA_KINDS and unanswered and not is_telemetry(request.url)


def _lost_style(page: Page) -> str:
    """The style sheet without which the page does not look as it should; empty for none.

    One of the page's own site always counts. One from elsewhere (a font service, a code highlighter) counts
    only where the site itself has no other sheet, because then it may be the whole design.
    """
    lost = page.resources.lost_styles if page.resources else ()
    own = [url for url in lost if same_host(url, page.final_url)]
    if own or not lost:
        return own[0] if own else ""
    linked = (link.href for link in page.dom.by_tag("link") if "stylesheet" in link.get("rel").lower().split())
    has_own = any(same_host(url, page.final_url) for url in linked) or bool(page.dom.by_tag("style"))
    return "" if has_own else lost[0]


def _as(page: Page, state: PageState, reason: str) -> Page:
    return replace(page, state=state, reason=reason)
