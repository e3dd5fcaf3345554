"""Problems and open questions of a scan, one for each fingerprint of a service, the gravest first.

A broken button in a shared header is one problem on 312 pages: whoever repairs it does so once. Every
document lists the same problems in the same order, with the same numbers.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple

from reports.model import Scan, SiteResult
from reports.text import one_line
from reports.words import listed, started
from rules.model import IMPACTS as FROM_GRAVEST
from rules.model import Impact, PageOutcome, Place, RuleInfo, Verdict
from rules.standards.abilities import DEFAULT_MAP, GROUPS, AbilityMap, ability_map, served_groups
from rules.standards.wcag import Standing, profile, standing

_HEADLINE_LENGTH = 180
_STANDINGS: tuple[Standing, ...] = ("required", "beyond", "advice")


@dataclass(frozen=True, slots=True)
class Hit:
    """A problem on one page: the page's index in its service, how often, and the first place there."""

    page: int
    count: int
    message: str = ""
    place: Place | None = None
    variants: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Problem:
    """One problem of one service (verdict `failed`), or one open question (`cant_tell`).

    `number` counts problems and questions apart, from 1 in the order in which they are told. `site` is
    the service's index in the scan. `groups` are the ids of those whom its criteria serve first.
    """

    rule: RuleInfo
    verdict: Verdict
    fingerprint: str
    message: str
    hits: tuple[Hit, ...]
    standing: Standing
    site: int = 0
    groups: tuple[str, ...] = ()
    blocks: bool = False
    number: int = 0

    @property
    def headline(self) -> str:
        """What is wrong, or the question, in one line."""
        return one_line(self.message or f"This is not so everywhere: {self.rule.title}", _HEADLINE_LENGTH)

    @property
    def count(self) -> int:
        """How often it occurs on all pages that were looked at."""
        return sum(hit.count for hit in self.hits)

    @property
    def place(self) -> Place | None:
        """The first place where it was seen; None for a problem of a page or a service as a whole."""
        return next((hit.place for hit in self.hits if hit.place is not None), None)

    @property
    def impact(self) -> Impact:
        """Its rule's impact; the gravest where nobody gets past it."""
        return "critical" if self.blocks else self.rule.impact

    @property
    def stops(self) -> bool:
        """Whether it stops people: of the gravest impact, and more than advice."""
        return self.standing != "advice" and self.impact == "critical"

    @property
    def people(self) -> str:
        """Whom it concerns, as a list that starts a sentence; "" where its criteria name nobody."""
        return started(listed(group.people for group in GROUPS if group.id in self.groups))


def problems(scan: Scan, *, verdict: Verdict = Verdict.FAILED, map: str = DEFAULT_MAP) -> tuple[Problem, ...]:
    """All problems of a scan, or with `cant_tell` all open questions, in the order in which they are told.

    `map` names the ability map that says whom a problem concerns.

    First what the profile requires, then what goes beyond it, then advice, that on words last; within that by impact,
    by the number of pages and of places. The rest of the order is only there to be always the same.
    """
    rules = {info.id: info for info in scan.rules}
    found = [
        replace(problem, site=index, groups=_served(problem.rule, ability_map(map)))
        for index, site in enumerate(scan.sites)
        for problem in _of_site(site, rules, verdict)
    ]
    return tuple(replace(problem, number=number) for number, problem in enumerate(sorted(found, key=_rank), start=1))


def by_site(scan: Scan, found: Iterable[Problem]) -> tuple[list[Problem], ...]:
    """The problems of each service, in the scan's order of services and the order in which they came."""
    shared: tuple[list[Problem], ...] = tuple([] for _ in scan.sites)
    for problem in found:
        shared[problem.site].append(problem)
    return shared


def stand_in(rule: str, outcome: PageOutcome | None = None) -> RuleInfo:
    """A catalogue entry for a rule that the catalogue lacks, as may happen with results of other programs."""
    wcag, act = (outcome.wcag, outcome.act) if outcome else ((), ())
    impact = outcome.impact if outcome else "moderate"
    return RuleInfo(rule, rule, "", "", wcag, impact, "component", "development", act=act)


def _of_site(site: SiteResult, rules: Mapping[str, RuleInfo], verdict: Verdict) -> Iterator[Problem]:
    required_by = profile(site.profile)
    grouped: dict[tuple[str, str], list[_Seen]] = {}
    for seen in _seen(site, verdict):
        grouped.setdefault((seen.rule, seen.fingerprint or seen.message), []).append(seen)
    for (rule, fingerprint), same in grouped.items():
        info = rules.get(rule) or stand_in(rule, same[0].outcome)
        yield Problem(
            rule=info,
            verdict=verdict,
            fingerprint=fingerprint,
            message=started(same[0].message),
            hits=_merged(seen.hit for seen in same),
            standing=standing(info.wcag, required_by),
            blocks=any(seen.outcome is not None and seen.outcome.blocks for seen in same),
        )


class _Seen(NamedTuple):
    """A line of results with its place; without `hit` where it names no page that is in the results."""

    rule: str
    fingerprint: str
    message: str
    hit: Hit | None
    outcome: PageOutcome | None = None


def _seen(site: SiteResult, verdict: Verdict) -> Iterator[_Seen]:
    for index, page in enumerate(site.pages):
        for outcome in page.with_verdict(verdict):
            hit = Hit(index, outcome.count, outcome.message, outcome.target, outcome.variants)
            yield _Seen(outcome.rule, outcome.fingerprint, outcome.message, hit, outcome)
    places = {page.url: index for index, page in enumerate(site.pages)}
    for concern in site.site_outcomes:
        if concern.verdict is verdict:
            hits: list[Hit | None] = [Hit(places[url], 1, concern.message) for url in concern.pages if url in places]
            for each in hits or [None]:
                yield _Seen(concern.rule, concern.fingerprint, concern.message, each)


def _merged(hits: Iterable[Hit | None]) -> tuple[Hit, ...]:
    """One hit for each page, in the order of pages: a fingerprint may have several lines on one."""
    by_page: dict[int, Hit] = {}
    for hit in hits:
        if hit is not None:
            known = by_page.get(hit.page)
            by_page[hit.page] = hit if known is None else replace(known, count=known.count + hit.count)
    return tuple(by_page[page] for page in sorted(by_page))


def _served(info: RuleInfo, abilities: AbilityMap) -> tuple[str, ...]:
    """The headline groups that the rule's criteria serve first; where there are none, those served second."""
    chosen = served_groups(info.serves)
    relations = {
        group.id: {abilities.relation(criterion, group.id) for criterion in info.wcag}
        for group in GROUPS
        if group.id in chosen and group.headline
    }
    first = tuple(group for group, found in relations.items() if "primary" in found)
    return first or tuple(group for group, found in relations.items() if "secondary" in found)


def _rank(problem: Problem) -> tuple[object, ...]:
    return (
        _STANDINGS.index(problem.standing),
        problem.rule.kind == "document",
        FROM_GRAVEST.index(problem.impact),
        not problem.blocks,
        -len(problem.hits),
        -problem.count,
        problem.rule.id,
        problem.site,
        problem.fingerprint,
        problem.message,
    )
