"""The pattern of an address: what a site's addresses say of the kind of page before anybody has looked at one.

Folders tell the kind of a page, its own name tells which page it is. So `/news/2026/rates-go-up` and
`/news/2025/new-office` are one pattern, `/news/*/*`. A pattern follows from its address alone: it is the
same in every scan, whichever addresses are known beside it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import SplitResult, unquote, urlsplit

ANY, DEEPER = "*", "**"
LONGEST_NAME = 24
MOST_WORDS = 3
MOST_DIGITS = 3
DEEPEST = 6
MOST_PARAMETERS = 6

_DATE_OR_NUMBER = re.compile(r"[\W_\d]*\d[\W_\d]*")
_HEX = re.compile(r"(?=.*\d)[0-9a-f-]{8,}", re.IGNORECASE)
_DIGIT = re.compile(r"\d")
_WORD = re.compile(r"[^\W_]+")
_ENDING = re.compile(r"(?<=.)\.[A-Za-z]{2,5}$")


def local(url: str, home: str) -> str:
    """An address as its own site says it: path and query, behind `//` and the host where that is another.

    A site keeps its patterns and its sample when it is scanned on another host, such as a preview. Host
    and `www.` twin, http and https are one. Takes any string, and gives back what is no address.
    """
    try:
        parts, own = urlsplit(url), urlsplit(home)
    except ValueError:
        return url
    host = f"//{_site(parts)}" if parts.netloc and _site(parts) != _site(own) else ""
    return f"{host}{parts.path or '/'}" + (f"?{parts.query}" if parts.query else "")


def pattern(address: str) -> str:
    """The pattern of a `local` address, such as `/news/*`, `/contact` or `/search?page&q`.

    A segment becomes `*` when it names one of many: the last one below a folder, a number, a date, an id,
    a title of more than three words or 24 characters. Of a query the names of parameters are kept, without their
    values. What lies deeper than six folders is `**`. However long an address is, its pattern is short.
    """
    host, path, query = _apart(address)
    segments = [segment for segment in path.split("/") if segment]
    folders, name = segments[:-1], segments[-1:]
    shown = [_folder(segment) for segment in folders[:DEEPEST]]
    shown += [DEEPER] if len(folders) > DEEPEST else []
    shown += [_page(segment, below=bool(folders)) for segment in name]
    return f"{host}/{'/'.join(shown)}{_parameters(query)}"


def wider(own: str) -> Iterator[str]:
    """The patterns around a pattern, the nearest first: those that its pages most likely share a kind with.

    Without parameters first; then one folder after the other is left open from the last to the second. A
    page without a folder has all such pages around it. The first folder always stays.
    """
    host, path, query = _apart(own)
    if query:
        if path != "/":
            yield f"{host}{path}"
        return
    segments = path.removeprefix("/").split("/")
    if len(segments) == 1:
        if segments[0] not in ("", ANY):
            yield f"{host}/{ANY}"
        return
    for place in range(len(segments) - 2, 0, -1):
        if segments[place] not in (ANY, DEEPER):
            segments[place] = ANY
            yield f"{host}/{'/'.join(segments)}"


def _site(parts: SplitResult) -> str:
    return parts.netloc.lower().removeprefix("www.")


def _apart(address: str) -> tuple[str, str, str]:
    """Host (with its slashes, or empty), path and query."""
    start, _, query = address.partition("?")
    if not start.startswith("//"):
        return "", start, query
    host, slash, path = start[2:].partition("/")
    return f"//{host[:100]}", f"{slash}{path}" or "/", query


def _folder(segment: str) -> str:
    return ANY if _is_one_of_many(segment) else segment


def _page(segment: str, *, below: bool) -> str:
    ending = _ENDING.search(segment)
    stem = segment[: ending.start()] if ending else segment
    return (ANY if below or _is_one_of_many(stem) else stem) + (ending[0].lower() if ending else "")


def _is_one_of_many(segment: str) -> bool:
    """Whether a segment reads like a number, a date, an id or a title, and not like the name of a section."""
    text = unquote(segment)
    if len(text) > LONGEST_NAME or len(segment) > 3 * LONGEST_NAME or ANY in text:
        return True
    many_digits = len(_DIGIT.findall(text)) > MOST_DIGITS
    number = _DATE_OR_NUMBER.fullmatch(text) or _HEX.fullmatch(text)
    return many_digits or number is not None or len(_WORD.findall(text)) > MOST_WORDS


def _parameters(query: str) -> str:
    names = {piece.partition("=")[0] for piece in query.split("&") if piece}
    shown = {ANY if _is_one_of_many(name) or not name else name for name in names}
    return f"?{'&'.join(sorted(shown)[:MOST_PARAMETERS])}" if shown else ""
