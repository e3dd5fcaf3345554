"""The address at which a page is edited, made from a pattern of the team's content system."""

from __future__ import annotations

import re
from urllib.parse import quote, unquote, urlsplit

from reports.text import web_address

_PATTERN = re.compile(r"https?://[^/?#{}\s@]+/[^{}]*(?:\{(?:path|url)\}[^{}]*)+")
_NO_ESCAPE = re.compile("%(?![0-9A-Fa-f]{2})")


def edit_pattern(text: str) -> str:
    """A pattern as it is where it may be used, "" among them; raises ValueError for every other text.

    It begins with http or https and a host, so that no page can choose where an edit link leads.
    """
    if text and not (_PATTERN.fullmatch(text) and web_address(re.sub(r"\{\w+\}", "x", text))):
        raise ValueError("not a pattern of addresses")
    return text


def edit_link(pattern: str, url: str) -> str:
    """Where the page at `url` is edited; "" without a pattern and for what has no safe address there.

    `{path}` stands for the page's path without its first slash, `{url}` for its whole address; both are
    percent-encoded, so that they can stand in a query as well. A path with dots for segments would lead out of the
    place that the pattern names, and gets no link.
    """
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    if not pattern or parts.scheme.lower() not in ("http", "https") or not parts.hostname:
        return ""
    if any(unquote(segment) in (".", "..") for segment in re.split(r"[/\\]", parts.path)):
        return ""
    path = quote(_NO_ESCAPE.sub("%25", parts.path.removeprefix("/")), safe="/%", errors="replace")
    made = {"{path}": path, "{url}": quote(url, safe="", errors="replace")}
    return web_address(re.sub(r"\{\w+\}", lambda found: made[found[0]], pattern))
