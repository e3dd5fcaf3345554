"""A site's number from the numbers of its pages: .6 of the mean of its kinds of page, .4 of the worst quarter.

Kinds of page count, not pages, so that a thousand copies of one good page hide nothing.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from reports.model import PageResult, SiteResult
from reports.sampling import Kind, Stratum, make_strata
from reports.score.formula import FORMULA
from rules.page import PageState


@dataclass(frozen=True, slots=True)
class Frame:
    """What of a site goes into its number: its tested pages, their kinds, and how they were drawn.

    `pages` are positions in the site's list, in the order of URLs, so that the order in which a crawl met
    them changes nothing; positions in `kinds` and `strata` refer to this tuple. `exact` says that the
    whole site was looked at, so that nothing is estimated.
    """

    pages: tuple[int, ...]
    kinds: tuple[Kind, ...]
    exact: bool
    strata: tuple[Stratum, ...]
    drawn: int
    reason: str = ""


def make_frame(site: SiteResult, *, exact: bool | None = None) -> Frame:
    """The frame of a site; its `reason` is empty when there may be a number, else a sentence why not.

    `exact` overrules what the sample says, for a part of a site.
    """
    tested = [position for position, page in enumerate(site.pages) if page.tested]
    tested.sort(key=lambda position: site.pages[position].url)
    pages = [site.pages[position] for position in tested]
    kinds = _kinds(site, pages)
    exact = site.sample.whole and _untested(site) <= FORMULA.untested if exact is None else exact
    random = [page.random for page in pages]
    strata = () if exact else make_strata(kinds, random)
    reason = _reason(site, len(pages), exact=exact, drawn=sum(random))
    return Frame(tuple(tested), kinds, exact, strata, sum(random), reason)


def combine(scores: Sequence[float], kinds: Sequence[Kind], weights: Sequence[float] | None = None) -> float:
    """The site's number from its pages' numbers; `weights` are those of a bootstrap draw.

    A kind's number is the mean of its pages. In M it weighs 1 + .4·log10(1 + known pages); Q is the mean of
    the worst quarter of kinds. A draw weighs a kind by the mean weight of its pages.
    """
    found: list[tuple[float, float, float]] = []
    for kind in kinds:
        parts = [weights[page] for page in kind.pages] if weights is not None else [1.0] * len(kind.pages)
        total = math.fsum(parts)
        if total > 0:
            value = math.fsum(scores[page] * part for page, part in zip(kind.pages, parts, strict=True)) / total
            found.append((value, total / len(kind.pages), kind_weight(kind.known)))
    whole = math.fsum(mass * weight for _, mass, weight in found)
    mean = math.fsum(value * mass * weight for value, mass, weight in found) / whole
    return FORMULA.site_mean * mean + FORMULA.site_worst * _worst(found, len(kinds))


def kind_weight(known: float) -> float:
    """How much a kind of page counts in M: 1, and .4 more for each tenfold of its known pages."""
    return 1 + FORMULA.kind_slope * math.log10(1 + known)


def _worst(found: Sequence[tuple[float, float, float]], kinds: int) -> float:
    """The mean of the worst quarter of `kinds`, counting each by its mass in the draw."""
    wanted = float(max(1, kinds // FORMULA.worst_part))
    left, parts, taken = wanted, [], []
    for value, mass, _ in sorted(found):
        part = min(mass, left)
        parts.append(value * part)
        taken.append(part)
        left -= part
        if left <= 0:
            break
    return math.fsum(parts) / math.fsum(taken)


def _kinds(site: SiteResult, pages: Sequence[PageResult]) -> tuple[Kind, ...]:
    """The kinds of the tested pages. Pages whose kind is not known are shared out in proportion."""
    told = {kind.template: kind.known for kind in site.sample.kinds if kind.template}
    positions: dict[str, list[int]] = {}
    for position, page in enumerate(pages):
        positions.setdefault(page.template, []).append(position)
    known = {name: float(max(told.get(name, 0), len(found))) for name, found in positions.items()}
    unseen = sum(kind.known for kind in site.sample.kinds if kind.template not in known)
    counted = math.fsum(known.values()) + unseen
    scale = max(1.0, site.sample.known / counted) if counted else 1.0
    return tuple(Kind(name, tuple(positions[name]), known[name] * scale) for name in sorted(positions))


def _untested(site: SiteResult) -> float:
    """The share of the site's pages that could not be tested; what is no page of its own is left out."""
    own = [page for page in site.pages if page.state not in (PageState.NOT_HTML, PageState.DUPLICATE)]
    return sum(not page.tested for page in own) / max(1, len(own))


def _reason(site: SiteResult, tested: int, *, exact: bool, drawn: int) -> str:
    if site.state != "judged":
        return site.reason or "This service was not judged."
    if not tested:
        return "No page could be tested."
    if exact or drawn >= FORMULA.random_pages:
        return ""
    return (
        f"Tested {tested} of {site.known} known pages, {drawn} of them drawn at random; "
        f"a number for the whole service needs {FORMULA.random_pages} drawn at random, or all pages."
    )
