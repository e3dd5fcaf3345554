"""Asks whether one title can stand for several pages."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from rules import PageDigest, SiteOutcome, Verdict, short, site_rule


@site_rule(
    title="Every page has a title of its own",
    why="People who look for a page by its title, in a list of windows or of results, cannot tell one from the other.",
    fix="Begin the title with what only this page is about, such as the step or the topic.",
    wcag=("2.4.2",),
    impact="moderate",
    scope="page",
    role="content",
)
def page_title_repeated(pages: tuple[PageDigest, ...]) -> Iterator[SiteOutcome]:
    """Pages whose content and first heading differ do not share a title.

    A title that several pages have may still tell what each is about; whether it does is a question. Pages
    with the same content under two addresses, and pages without a title, do not count.
    """
    titled: defaultdict[str, list[PageDigest]] = defaultdict(list)
    for page in pages:
        if page.title.strip():
            titled[" ".join(page.title.split()).casefold()].append(page)
    alone: list[str] = []
    for title, sharing in titled.items():
        where = tuple(sorted(page.url for page in sharing))
        if len({page.content for page in sharing}) > 1 and len({_topic(page) for page in sharing}) > 1:
            question = (
                f"Does the title “{short(sharing[0].title)}” tell what each of these {len(where)} pages is about?"
            )
            yield SiteOutcome(Verdict.CANT_TELL, question, where, title)
        else:
            alone += where
    if alone:
        yield SiteOutcome(Verdict.PASSED, pages=tuple(sorted(alone)))


def _topic(page: PageDigest) -> str:
    """The first heading of the highest level."""
    level = min((level for level, _ in page.headings), default=0)
    return next((name.casefold() for depth, name in page.headings if depth == level), "")
