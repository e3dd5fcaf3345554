"""Whether what came back is a page to be judged, and if not, what it is instead; pure.

An answer's status decides alone where it can. After that the rendered page is read by recognisers, each for one kind of
page that is none (`scanner.states`). Where they are in doubt it stays a page, and the doubt is told as a remark:
a page that is thrown out is never looked at again, while a remark is read by a person.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from rules.evidence.resources import Request
from rules.evidence.response import Response
from rules.page import Page, PageState
from scanner.browser.frames import ERROR_PAGE
from scanner.browser.telemetry import is_telemetry
from scanner.crawl.urls import same_host
from scanner.states import consent, empty, error, login, not_found, wall
from scanner.states.not_found import Missing
from scanner.states.view import Sign, View

HTML = frozenset({"text/html", "application/xhtml+xml", ""})
REFUSALS = {401: PageState.LOGIN, 403: PageState.BLOCKED, 407: PageState.BLOCKED, 429: PageState.BLOCKED}
DATA_KINDS = frozenset({"XHR", "Fetch"})

MOST_ELEMENTS = 200_000
MOST_CHARACTERS = 50_000_000
"""Beyond these a page is not looked at. A manual of 600 printed pages in one document has some 40,000 elements."""

TOO_SLOW = "took longer than"
"""How the report of a probe begins that ran out of time."""

Recogniser = Callable[[View], Sign | None]


def after_answer(page: Page) -> Page:
    """The page with the state that its answer alone decides."""
    answer = page.response
    if answer is None:
        return page
    if answer.status >= 400:
        return _refused(page, answer)
    if answer.mime not in HTML:
        return _as(page, PageState.NOT_HTML, f"The address holds {answer.mime}, not a web page.")
    return page


def _refused(page: Page, answer: Response) -> Page:
    """The page for an answer with a status of failure; a wall may give any of them."""
    if answer.status == 401:
        return _as(page, PageState.LOGIN, "The server refused with status 401.")
    if vendor := wall.of_answer(answer):
        return _as(
            page, PageState.BLOCKED, f"A wall against bots ({vendor}) refused the visit with status {answer.status}."
        )
    if answer.status in REFUSALS:
        return _as(page, REFUSALS[answer.status], f"The server refused with status {answer.status}.")
    return _as(page, PageState.ERROR_PAGE, f"The server answered with status {answer.status}.")


def after_rest(page: Page, *, elements: int, characters: int) -> Page:
    """The page with the state that its size decides: one that no computer holds must not cost the pages after it."""
    if elements > MOST_ELEMENTS:
        return _as(page, PageState.TIMEOUT, f"The page is too large: {elements:,} elements, {MOST_ELEMENTS:,} at most.")
    if characters > MOST_CHARACTERS:
        most = f"{MOST_CHARACTERS // 1_000_000} million"
        return _as(page, PageState.TIMEOUT, f"The page is too large: its markup has more than {most} characters.")
    return page


def after_render(page: Page, *, rested: bool) -> Page:
    """The page with the state that its rendering decides: what it is instead of a page, what it lacks.

    `rested` is false when the page was still changing as it was looked at; that alone is a remark.
    """
    if page.snapshot is None:
        reason = next((report.state for report in page.probes if report.name == "dom"), "no snapshot")
        state = PageState.TIMEOUT if reason.startswith(TOO_SLOW) else PageState.CRASHED
        return _as(page, state, f"The rendered page could not be read: {reason}.")
    if page.final_url.startswith(ERROR_PAGE):
        return _as(page, PageState.UNREACHABLE, "The page led on to an address that the browser could not open.")
    view = View(page)
    remarks = [] if rested else ["The page was still changing when it was looked at."]
    for recognise in RECOGNISERS:
        sign = recognise(view)
        if sign is not None and sign.certain:
            return _as(page, sign.state, sign.reason)
        if sign is not None:
            remarks.append(sign.reason)
    return replace(page, reason=" ".join(remarks)) if remarks else page


def after_comparison(page: Page, missing: Missing | None) -> Page:
    """The page with the state that the comparison decides: what the service shows for what does not exist."""
    sign = not_found.recognise(View(page), missing) if missing else None
    return _as(page, sign.state, sign.reason) if sign and sign.certain else page


def _starved(view: View) -> Sign | None:
    """A page whose script asked for data and did not get it."""
    resources = view.page.resources
    starved = [request for request in resources.requests if _starves(request)] if resources else []
    if not starved:
        return None
    first = starved[0]
    failed = f"failed with status {first.status}" if first.status else f"failed ({first.failure})"
    why = "was refused by Curbcut, which only reads" if first.refused else failed
    return Sign(PageState.INCOMPLETE_DATA, f"A data request of the page {why}: {first.method} {first.url}")


def _starves(request: Request) -> bool:
    """Whether a page misses data: a request of its script was refused or failed, and was no mere report of usage."""
    unanswered = request.refused or bool(request.failure) or request.status >= 500
    return request.kind in DATA_KINDS and unanswered and not is_telemetry(request.url)


def _unstyled(view: View) -> Sign | None:
    lost = _lost_style(view.page)
    return Sign(PageState.UNSTYLED, f"A style sheet did not load: {lost}") if lost else None


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


RECOGNISERS: Sequence[Recogniser] = (
    wall.recognise,
    login.recognise,
    consent.recognise,
    _starved,
    not_found.recognise,
    error.recognise,
    _unstyled,
    empty.recognise,
)
"""In this order: what stands in front of a service asks for much that is refused, so it is told before missing data;
a page that was refused its data says that something went wrong, so that is told before errors of the service."""


def _as(page: Page, state: PageState, reason: str) -> Page:
    return replace(page, state=state, reason=reason)
