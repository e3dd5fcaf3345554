"""Services in tiers under their agencies: what is gravest in each, never who is first and who is last."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from reports.html.findings import Link
from reports.html.groups import Groups, Score
from reports.model import SiteResult
from reports.verdict import is_judged
from reports.words import IMPACTS, NO_FAILURE, started
from rules.model import IMPACTS as FROM_GRAVEST
from rules.model import Impact

_TIERS = (*(IMPACTS[impact].label for impact in FROM_GRAVEST), started(NO_FAILURE), "Not judged")


@dataclass(frozen=True, slots=True)
class ServiceRow:
    """One service in the tables of the overview; counts are distinct problems, advice left out.

    `tier` is the gravest thing found in it, `unjudged` why it was not judged, "" where it was.
    """

    index: int
    link: Link
    agency: str
    tier: str
    unjudged: str
    verdict: str
    score: Score
    stops: int
    problems: int
    questions: int
    extent: str
    kinds: int
    kinds_unseen: int
    profile: str
    groups: Groups


def tier(site: SiteResult, graded: Mapping[Impact, int]) -> str:
    """The gravest thing that was found in a service, in a few words; `graded` are its problems by impact."""
    if not is_judged(site):
        return _TIERS[-1]
    worst = next((impact for impact in FROM_GRAVEST if graded.get(impact)), None)
    return IMPACTS[worst].label if worst else _TIERS[-2]


def by_agency(rows: Iterable[ServiceRow]) -> tuple[ServiceRow, ...]:
    """Services in the order of their agencies, those without one last; of an agency by tier, and there by name."""
    return tuple(sorted(rows, key=lambda row: (not row.agency, row.agency, _TIERS.index(row.tier), row.link.text)))
