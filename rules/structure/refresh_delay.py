"""Judges whether a page leaves people the time that they need."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rules import Outcome, Page, failed, page_rule, passed

_DELAY = re.compile(r"[ \t\n\f\r]*(?P<whole>[0-9]+|(?=\.))[0-9.]*(?:[ \t\n\f\r;,]|$)")
"""How HTML reads the seconds of a refresh (HTML standard, shared declarative refresh steps)."""


@page_rule(
    title="Pages do not reload or move on by themselves after a while",
    why="Who reads slowly, or with a screen reader, is thrown back to the start in the middle of a sentence.",
    fix="Take the refresh out, and let people reload; to move a page for good, redirect on the server.",
    wcag=("2.2.4", "3.2.5"),
    act=("bisz58",),
    impact="minor",
    scope="page",
    role="development",
)
def refresh_delay(page: Page) -> Iterator[Outcome]:
    """A refresh that a meta element asks for comes at once or never.

    Applies to the first meta element of the page with `http-equiv="refresh"` and a content that the browser
    understands. A delay of any length fails at level AAA; axe-core's `meta-refresh` judges the lower levels, which
    allow one of more than 20 hours.
    """
    for meta in page.dom.by_tag("meta"):
        if meta.node.frame or meta.get("http-equiv").strip().lower() != "refresh":
            continue
        delay = _DELAY.match(meta.get("content"))
        if delay is None:
            continue
        seconds = int(delay["whole"][:9] or 0)
        if seconds:
            yield failed(None, f"The page reloads or moves on after {seconds:,} seconds, whoever is still reading.")
        else:
            yield passed()
        return
