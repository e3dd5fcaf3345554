"""Scores as a report shows them: whole numbers, each with what must stand beside it.

The one place in the documents that knows the shape of `reports.score`. Without scores every number is
missing and says so, so that a report can always be written.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from reports.model import Scan
from reports.score import GroupScore, Headline, PageScore, ScanScores, SiteGroupScore, SiteScore
from rules.standards.abilities import DEFAULT_MAP, GROUPS, MAPS, Group

_NOT_SCORED = "This scan was not scored."
_NOT_TESTED = "It was not tested."
_TOO_FEW_GROUPS = "Not every group of people has a number of its own."


@dataclass(frozen=True, slots=True)
class Number:
    """A score from 0 to 100, or None with a sentence that says why.

    `low` is what is left when every open question turns out to be a problem, `range` the likely range
    where pages were drawn.
    """

    value: int | None = None
    low: int | None = None
    range: tuple[int, int] | None = None
    reason: str = _NOT_SCORED


@dataclass(frozen=True, slots=True)
class GroupNumber:
    """A group's number with the coverage in per cent and the open questions that concern the group."""

    group: Group
    number: Number = Number()
    coverage: int | None = None
    problems: int = 0
    questions: int = 0
    lowest: bool = False


@dataclass(frozen=True, slots=True)
class Numbers:
    """The numbers of a service or a page: headline and the five groups, in their fixed order."""

    headline: Number = Number()
    groups: tuple[GroupNumber, ...] = tuple(GroupNumber(group) for group in GROUPS if group.headline)
    pages: tuple[Numbers, ...] = ()


_Groups = tuple[GroupNumber, ...]


@dataclass(frozen=True, slots=True)
class ScanNumbers:
    """The numbers of every service of a scan, and by which map and formula."""

    sites: tuple[Numbers, ...]
    map: str = DEFAULT_MAP
    formula: str = ""
    seed: int | None = None

    @property
    def map_title(self) -> str:
        """The map's name as its publisher writes it."""
        return MAPS.get(self.map, self.map)


def scan_numbers(scan: Scan, scores: ScanScores | None) -> ScanNumbers:
    """The numbers of a scan; all missing when there are no scores."""
    if scores is None:
        return ScanNumbers(tuple(Numbers(pages=(Numbers(),) * len(site.pages)) for site in scan.sites))
    return ScanNumbers(tuple(_of_site(site) for site in scores.sites), scores.map, scores.formula, scores.seed)


def whole(score: float) -> int:
    """A score without decimals; 100 only where nothing was lost, as one problem in thousands must show."""
    return 100 if score >= 100 else min(round(score), 99)


def _of_site(site: SiteScore) -> Numbers:
    groups = _groups(site.groups, site.lowest)
    pages = tuple(_of_page(page) for page in site.pages)
    return Numbers(_headline(site.headline, site.reason), groups, pages)


def _of_page(page: PageScore) -> Numbers:
    return Numbers(_headline(page.headline, ""), _groups(page.groups, page.lowest))


def _headline(found: Headline | None, reason: str) -> Number:
    if found is None:
        return Number(reason=reason or _TOO_FEW_GROUPS)
    return Number(whole(found.high), whole(found.low), _whole_range(found.range), "")


def _groups(found: Mapping[str, GroupScore] | Mapping[str, SiteGroupScore], lowest: tuple[str, ...]) -> _Groups:
    return tuple(
        _group(group, found[group.id], lowest) if group.id in found else GroupNumber(group, Number(reason=_NOT_TESTED))
        for group in GROUPS
        if group.headline
    )


def _group(group: Group, score: GroupScore | SiteGroupScore, lowest: tuple[str, ...]) -> GroupNumber:
    number = Number(reason=score.reason)
    if score.high is not None and score.low is not None:
        drawn = score.range if isinstance(score, SiteGroupScore) else None
        number = Number(whole(score.high), whole(score.low), _whole_range(drawn), "")
    return GroupNumber(
        group, number, round(100 * score.coverage), score.problems, score.questions, lowest=group.id in lowest
    )


def _whole_range(found: tuple[float, float] | None) -> tuple[int, int] | None:
    return None if found is None else (whole(found[0]), whole(found[1]))
