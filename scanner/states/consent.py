"""Pages of which nothing is to be seen before consent was given or refused."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from rules.page import PageState
from scanner.crawl.urls import same_host
from scanner.states.phrases import phrases, plain
from scanner.states.view import Sign, View

LEFT = 20
"""Words that a page may show beside the question for consent without being a page: its name, its copyright."""

MOST_WORDS = 400
FEW_LINKS = 15

_HOSTS = re.compile(r"^(?:consent|guce|cookiewall|privacy-?gate)\.", re.IGNORECASE)
_ROUTES = re.compile(r"/(?:collect-?consent|cookie-?(?:wall|gate)|consent-?gate)(?:/|$)", re.IGNORECASE)


def recognise(view: View) -> Sign | None:
    """A wall of consent: what answers it is there, and beside it nothing that makes a page."""
    if not any(
        phrases("consent-answer").search(plain(one.name)) for one in view.dom.by_role("button", "link") if one.rendered
    ):
        return None
    if _is_gate(view) or (_stands_alone(view) and view.says("consent-topic")):
        return Sign(PageState.BLOCKED, "A question for consent stands in the place of the whole page.")
    return None


def _is_gate(view: View) -> bool:
    """Whether the visit was sent on to an address that exists to ask for consent."""
    try:
        parts = urlsplit(view.page.final_url)
    except ValueError:
        return False
    elsewhere = not same_host(view.page.url, view.page.final_url) and _HOSTS.search(parts.hostname or "")
    return view.is_bounced and bool(elsewhere or _ROUTES.search(parts.path))


def _stands_alone(view: View) -> bool:
    if view.links > FEW_LINKS or view.fields or len(view.shown.split()) > MOST_WORDS:
        return False
    is_headed_otherwise = any(view.is_main(heading) for heading in view.dom.by_role("heading"))
    nothing_else = view.full_size <= LEFT and not is_headed_otherwise
    return nothing_else or (view.is_headed("consent") and not view.dom.by_role("navigation"))
