"""Kinds of page as people read of them: a name for each, how much was looked at and what was left out."""

from __future__ import annotations

from reports.model import KindSample, SiteResult
from reports.text import one_line
from reports.words import counted, listed
from rules.page import PageState

NAMED = 5


def kind_name(kind: KindSample) -> str:
    """What the pages of a kind have in common for a reader: "pages like /news/*" and not a hash."""
    if not kind.pattern:
        return one_line(kind.template or "no kind", 60)
    if kind.pattern == "/" and kind.known == 1:
        return "the home page"
    if kind.pattern == "/*":
        return "pages at the top level (/*)"
    pages = "the page" if kind.known == 1 and "*" not in kind.pattern else "pages like"
    return f"{pages} {one_line(kind.pattern, 80)}"


def unseen(site: SiteResult) -> tuple[KindSample, ...]:
    """The kinds of which no page was tested, the largest first."""
    found = (kind for kind in site.sample.kinds if not kind.looked_at)
    return tuple(sorted(found, key=lambda kind: (-kind.known, kind.pattern, kind.template)))


def sample_told(site: SiteResult) -> tuple[str, ...]:
    """How the pages that were looked at were chosen and what was left out, in sentences; none where nothing was."""
    sample = site.sample
    left = sample.known - sample.looked_at
    if left <= 0:
        return ()
    drawn = sum(page.random and page.state is not PageState.DUPLICATE for page in site.pages)
    was = "was" if drawn == 1 else "were"
    how = f"; {drawn:,} of them {was} drawn at random, the others so that every kind has its turn" if drawn else ""
    told = [f"Opened {sample.looked_at:,} of {counted(sample.known, 'known page')}{how}. Left out: {left:,}."]
    missed = unseen(site)
    if missed:
        named = [f"{kind_name(kind)} ({kind.known:,})" for kind in missed[:NAMED]]
        named += [f"{len(missed) - NAMED:,} more"] if len(missed) > NAMED else []
        told.append(f"Nobody has looked at {counted(len(missed), 'kind')} of page: {listed(named)}.")
    return tuple(told)
