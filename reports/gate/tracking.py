"""What became of every problem since a baseline: new, newly detected, persisting, moved, fixed, or not looked at."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from reports.baseline import Accepted, Baseline, identity_of
from reports.looked import Looked, looked_at
from reports.model import Scan
from reports.problems import Problem, problems, stand_in
from rules.errors import StoredDataError
from rules.model import IMPACTS, Impact, RuleInfo, Verdict
from rules.standards.wcag import Standing


class State(StrEnum):
    """How a problem stands towards a baseline."""

    NEW = "new"
    NEWLY_DETECTED = "newly detected"
    PERSISTING = "persisting"
    MOVED = "moved"
    FIXED = "fixed"
    NOT_LOOKED_AT = "not looked at"


@dataclass(frozen=True, slots=True)
class Spot:
    """A problem on one page: how often, at which place first; `selector` is empty for the page as a whole."""

    page: str
    count: int = 1
    selector: str = ""
    message: str = ""
    template: str = ""


@dataclass(frozen=True, slots=True)
class Tracked:
    """One problem of one service with its state; `site` is empty for one that the scan did not meet.

    `spots` are the pages that have it, `allowed` how often the baseline lets it occur on a page. `reason` says
    why nobody can tell whether it is fixed.
    """

    fingerprint: str
    rule: RuleInfo
    state: State
    standing: Standing = "required"
    impact: Impact = "moderate"
    groups: tuple[str, ...] = ()
    people: str = ""
    site: str = ""
    spots: tuple[Spot, ...] = ()
    allowed: int = 0
    hint: str = ""
    reason: str = ""

    @classmethod
    def of_problem(cls, scan: Scan, found: Problem, state: State) -> Tracked:
        """A problem or open question of a scan in a state."""
        site = scan.sites[found.site]
        spots = tuple(
            Spot(
                page=site.pages[hit.page].url,
                count=hit.count,
                selector=hit.place.selector if hit.place else "",
                message=hit.message,
                template=site.pages[hit.page].template,
            )
            for hit in found.hits
        )
        return cls(
            fingerprint=identity_of(found.rule.id, found.fingerprint),
            rule=found.rule,
            state=state,
            standing=found.standing,
            impact=found.impact,
            groups=found.groups,
            people=found.people,
            site=site.url,
            spots=spots or (Spot(site.url, message=found.message),),
        )

    @property
    def excess(self) -> tuple[Spot, ...]:
        """The pages that have more of it than is allowed."""
        return tuple(spot for spot in self.spots if spot.count > self.allowed)

    @property
    def worst(self) -> Spot:
        """The page that has most of it, the first of several."""
        return max(self.spots, key=lambda spot: spot.count, default=Spot(self.site))

    @property
    def is_excess(self) -> bool:
        """Whether there is more of it than the baseline has."""
        return self.state in (State.NEW, State.NEWLY_DETECTED)

    @property
    def sentence(self) -> str:
        """One line that names the problem, the page, the place and how often it is there."""
        if not self.spots:
            reason = f": {self.reason}" if self.reason else ""
            return f"{self.rule.id}{f' ({self.hint})' if self.hint else ''}{reason}"
        spot, pages = self.worst, len(self.excess or self.spots)
        place = f"{spot.page} at {spot.selector}" if spot.selector else spot.page
        times = f", {spot.count} times" if spot.count > 1 else ""
        accepted = f" (the baseline has {self.allowed})" if self.allowed and self.is_excess else ""
        more = f", on {pages} pages" if pages > 1 else ""
        return f"{self.impact}, {self.rule.id}, “{self.rule.title}”: not so on {place}{times}{accepted}{more}."


def track(scan: Scan, baseline: Baseline) -> tuple[Tracked, ...]:
    """Every problem of a scan and of a baseline with its state; what stops people first, then what is on most pages.

    Those that the scan did not meet come last. A rule or version that the baseline has not seen detects; it
    makes nothing new. *Fixed* needs that every place the baseline names was looked at by the same version of the
    rule, on full evidence, and that the problem is nowhere in the scan.
    """
    looked = looked_at(scan)
    met = sorted((_met(scan, found, baseline, looked) for found in _failures(scan)), key=_rank)
    seen = {one.fingerprint for one in met}
    infos = {info.id: info for info in scan.rules}
    lost = (
        _unmet(fingerprint, known, looked, infos.get(known.rule) or stand_in(known.rule), baseline)
        for fingerprint, known in sorted(baseline.accepted.items())
        if fingerprint not in seen
    )
    return (*met, *lost)


def gap_of(known: Accepted, looked: Looked, baseline: Baseline) -> str:
    """Why nobody can tell what became of an accepted problem; empty where all that it takes was looked at."""
    version = looked.versions.get(known.rule)
    if version is None:
        return "its rule is not among those of the scan"
    if not baseline.knows(known.rule, version):
        return "its rule judges in another way since"
    for place in known.places:
        if not looked.ran_on(known.rule, place):
            return f"{place} was not looked at by its rule"
    if not known.places or looked.pages_of(known.rule) < known.pages:
        return "fewer pages were looked at than had it"
    return ""


def state_of_met(known: Accepted | None, pages: Collection[str], *, excess: bool, judged_before: bool) -> State:
    """The state of a problem that is there; `excess` says that there is more of it than was known.

    `judged_before` says whether its rule had looked in the same way already, so that it could have been found.
    """
    if excess:
        return State.NEW if judged_before else State.NEWLY_DETECTED
    return State.MOVED if known and _moved(known, pages) else State.PERSISTING


def state_of_unmet(known: Accepted, looked: Looked, baseline: Baseline) -> tuple[State, str]:
    """The state of a problem that is not there: fixed, or not looked at for a reason."""
    reason = gap_of(known, looked, baseline)
    return (State.NOT_LOOKED_AT if reason else State.FIXED), reason


def _failures(scan: Scan) -> Iterator[Problem]:
    catalogue = {info.id for info in scan.rules}
    for site in scan.sites:
        for concern in site.site_outcomes:
            if concern.verdict is Verdict.FAILED and concern.rule not in catalogue:
                # Its criteria stand in the catalogue alone; leaving it out would let a failure through.
                raise StoredDataError(f"The catalogue of rules lacks {concern.rule!r}.", where=site.url)
    yield from problems(scan)


def _met(scan: Scan, found: Problem, baseline: Baseline, looked: Looked) -> Tracked:
    one = Tracked.of_problem(scan, found, State.PERSISTING)
    allowed = baseline.allows(one.fingerprint)
    state = state_of_met(
        baseline.accepted.get(one.fingerprint),
        [spot.page for spot in one.spots],
        excess=any(spot.count > allowed for spot in one.spots),
        judged_before=baseline.knows(one.rule.id, looked.versions.get(one.rule.id, "")),
    )
    return replace(one, state=state, allowed=allowed)


def _moved(known: Accepted, pages: Collection[str]) -> bool:
    """Whether a problem is only on other pages than it was; unclear where not all of its pages are named."""
    named = 0 < known.pages == len(known.places)
    return named and not set(pages) & set(known.places)


def _unmet(fingerprint: str, known: Accepted, looked: Looked, info: RuleInfo, baseline: Baseline) -> Tracked:
    state, reason = state_of_unmet(known, looked, baseline)
    return Tracked(fingerprint, info, state, impact=info.impact, allowed=known.count, hint=known.hint, reason=reason)


def _rank(one: Tracked) -> tuple[object, ...]:
    return (IMPACTS.index(one.impact), -len(one.excess or one.spots), one.rule.id, one.fingerprint, one.site)
