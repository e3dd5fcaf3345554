"""What a crawl's discovery left out or met, in the words of the report."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from reports.model import PageResult
from scanner.crawl.discovery import MOST_KEPT, ROBOTS, Discovery
from scanner.crawl.preview import Preview
from scanner.crawl.scope import Scope, domain
from scanner.crawl.traps import WHY
from scanner.crawl.urls import normalise, site

OWN_SITE = 'If the site is your own, robots = "own-site" sets robots.txt aside.'
MOST_PATTERNS = 3


def discovery_notes(discovery: Discovery, *, home: PageResult | None, preview: Preview | None) -> Iterator[str]:
    """One sentence for each thing that decided over which pages were looked at."""
    scope = discovery.scope
    if preview is not None:
        yield f"Visited at {preview.base} in the place of {preview.top}."
    yield from _of_scope(scope)
    yield from _unmatched(discovery)
    if home is not None and home.final_url:
        yield from _of_landing(scope, home.final_url)
    yield from discovery.sitemap_notes() or ()
    yield from _of_what_was_left_out(discovery.left_out())


def nothing_allowed(home: str, unread: str = "") -> str:
    """Why nothing was looked at where robots.txt forbids it all or could not be read, and what helps."""
    why = f"could not be read ({unread})" if unread else "asks robots not to visit any page that is known"
    return f"robots.txt of {site(home)} {why}. {OWN_SITE}"


def _of_scope(scope: Scope) -> Iterator[str]:
    if scope.reach == "domain":
        yield f"Every host of {domain(scope.home)} belongs to this service."
    if scope.include:
        yield f"Only addresses that match {_any_of(glob.text for glob in scope.include)} were looked at."
    if scope.exclude:
        yield f"Addresses that match {_any_of(glob.text for glob in scope.exclude)} were left out."
    if scope.max_depth:
        yield f"Links were followed {scope.max_depth} deep, no further."


def _unmatched(discovery: Discovery) -> Iterator[str]:
    """A pattern that met nothing may be a mistake that nobody would see."""
    left = list(discovery.scope.include)
    for url in discovery.known() if left else ():
        left = [glob for glob in left if not glob.matches(url)]
        if not left:
            return
    for glob in left:
        yield f"No address that became known matches the include pattern {glob.text}."


def _of_landing(scope: Scope, final_url: str) -> Iterator[str]:
    address = normalise(final_url)
    if address is None:
        return
    name = site(address)
    if not scope.on_site(address):
        yield (
            f"The home page led to {final_url}, which is another site, so its links were not followed. "
            f"To look at that site, name its address instead."
        )
    elif name in scope.also:
        yield f"The home page led to {name}, so pages there were looked at as well."


def _of_what_was_left_out(left_out: Mapping[str, Mapping[str, int]]) -> Iterator[str]:
    for kind, patterns in sorted(left_out.items()):
        total = sum(patterns.values())
        count = f"More than {total:,}" if total >= MOST_KEPT else f"{total:,}"
        addresses = "address was" if total == 1 else "addresses were"
        if kind == ROBOTS:
            yield f"{count} {addresses} left out, because robots.txt asks for it. {OWN_SITE}"
            continue
        why = next(why for trap, why in WHY.items() if trap == kind)
        most = sorted(patterns, key=lambda pattern: (-patterns[pattern], pattern))
        more = f" and {len(most) - MOST_PATTERNS:,} more patterns" if len(most) > MOST_PATTERNS else ""
        like = ", ".join(pattern if len(pattern) <= 100 else f"{pattern[:99]}…" for pattern in most[:MOST_PATTERNS])
        yield f"{count} {addresses} left out, like {like}{more}: {why}."


def _any_of(texts: Iterator[str]) -> str:
    first, *rest = texts
    return " or ".join((", ".join((first, *rest[:-1])), rest[-1])) if rest else first
