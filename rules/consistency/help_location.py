"""Judges whether the way to help stands in the same place on all pages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from rules import PageDigest, SiteOutcome, Verdict, short, site_rule

_PLACES = {"banner": "header", "contentinfo": "footer"}
_FEWEST_PAGES = 3
_MOST_ODD = 1 / 3


@site_rule(
    title="The way to help stands in the same place on all pages",
    why="People who need help at a difficult step look for it where it was before, and do not find it.",
    fix="Let the link to help or contact stand in the same part of all pages, header or footer, or in both.",
    wcag=("3.2.6",),
    impact="moderate",
    scope="page",
    role="development",
)
def help_location(pages: tuple[PageDigest, ...]) -> Iterator[SiteOutcome]:
    """A link to help or contact that stands in the header of pages is not only in the footer of others, or the reverse.

    Applies to links whose target is linked from header or footer of three pages or more. Fails on the pages
    that have it in the other of the two places alone, where these are a third at most of all that have it;
    where they are more, nobody can tell which place is meant, and it is a question.
    """
    places, names = _places(pages)
    steady: set[str] = set()
    moved: set[str] = set()
    for href, where in places.items():
        if len(where) < _FEWEST_PAGES:
            continue
        usual, number = Counter(where.values()).most_common(1)[0]
        odd = {url for url, place in where.items() if not place & usual}
        here, there = ("footer", "header") if "header" in usual else ("header", "footer")
        link = f"“{short(names[href])}”"
        steady |= where.keys() - odd
        moved |= odd
        if odd and len(odd) <= _MOST_ODD * len(where):
            message = f"{link} stands in the {here}, and in the {there} on {number} other pages."
            yield SiteOutcome(Verdict.FAILED, message, tuple(sorted(odd)), f"{href}\n{here}")
        elif odd:
            question = f"{link} is in the header of some pages and in the footer of others. Do people find it in both?"
            yield SiteOutcome(Verdict.CANT_TELL, question, tuple(sorted(odd)), href)
    if steady - moved:
        yield SiteOutcome(Verdict.PASSED, pages=tuple(sorted(steady - moved)))


def _places(pages: tuple[PageDigest, ...]) -> tuple[dict[str, dict[str, frozenset[str]]], dict[str, str]]:
    """Target → page → places of the links to help there; and a name for each target."""
    places: dict[str, dict[str, frozenset[str]]] = {}
    names: dict[str, str] = {}
    for page in pages:
        for link in page.help_links:
            if link.place in _PLACES and link.href and not link.href.startswith("#"):
                where = places.setdefault(link.href, {})
                where[page.url] = where.get(page.url, frozenset()) | {_PLACES[link.place]}
                names.setdefault(link.href, link.name)
    return places, names
