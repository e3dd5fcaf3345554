"""How a service does on the six qualities of Executive Order 14058: met n of m checks, and which are missing.

Never a number out of 100: the words have no scale, and what a machine can see of them is little.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from urllib.parse import urlsplit

from reports.model import PageResult, SiteResult
from reports.numbers import Numbers
from reports.score.formula import FORMULA
from rules.model import RuleInfo, Verdict
from rules.standards.qualities import Check, Quality, qualities
from rules.standards.wcag import profile

GAP = 10
"""Points that the lowest group may be below the mean of all five; what is less can be the sample."""

_NOT_RUN = frozenset({Verdict.UNTESTED, Verdict.ERROR})


class State(StrEnum):
    """What became of a check."""

    MET = "met"
    MISSING = "missing"
    OPEN = "open"
    NOT_TESTED = "not tested"


@dataclass(frozen=True, slots=True)
class Met:
    """A quality with its checks by what became of them, as sentences."""

    quality: Quality
    states: tuple[State, ...]

    @property
    def met(self) -> int:
        """How many checks are met."""
        return self.states.count(State.MET)

    def titles(self, state: State) -> tuple[str, ...]:
        """The checks in one state."""
        return tuple(
            check.title for check, found in zip(self.quality.checks, self.states, strict=True) if found is state
        )


def site_qualities(site: SiteResult, catalogue: tuple[RuleInfo, ...], numbers: Numbers) -> tuple[Met, ...]:
    """The six qualities of a service, from the outcomes on all pages that were looked at and from its numbers."""
    seen = _Seen(site, {info.id: info for info in catalogue}, numbers)
    return tuple(Met(quality, tuple(seen.state(check) for check in quality.checks)) for quality in qualities())


class _Seen:
    """What is known of a service, asked check by check."""

    def __init__(self, site: SiteResult, catalogue: Mapping[str, RuleInfo], numbers: Numbers) -> None:
        self._site = site
        self._catalogue = catalogue
        self._numbers = numbers
        self._pages = [page for page in site.pages if page.tested]
        self._verdicts = _verdicts(self._pages, site)

    def state(self, check: Check) -> State:
        """What became of a check."""
        if not self._pages:
            return State.NOT_TESTED
        if check.fact:
            return _FACTS[check.fact](self)
        if check.principle:
            required = profile().criteria
            rules = [
                info.id
                for info in self._catalogue.values()
                if any(number in required and number.startswith(f"{check.principle}.") for number in info.wcag)
            ]
            return self._of(rules)
        return self._of([rule for rule in check.rules if rule in self._catalogue])

    def _of(self, rules: list[str]) -> State:
        """Missing where one fails, open where one asks, not tested where none ran, else met."""
        found = [self._verdicts.get(rule, {}) for rule in rules]
        if any(Verdict.FAILED in verdicts for verdicts in found):
            return State.MISSING
        if any(Verdict.CANT_TELL in verdicts for verdicts in found):
            return State.OPEN
        silent = [sum(verdicts.get(verdict, 0) for verdict in _NOT_RUN) for verdicts in found]
        ran = any(pages < len(self._pages) for pages in silent)
        return State.MET if ran else State.NOT_TESTED

    def easy_prose(self) -> State:
        """Whether the mean barrier of the prose is that of an easy text."""
        read = [page.wording.barrier for page in self._pages if page.wording is not None]
        if not read:
            return State.NOT_TESTED
        return State.MET if sum(read) / len(read) <= FORMULA.wording_easy else State.MISSING

    def no_stop(self) -> State:
        """Whether no problem that weighs something stops people."""
        required = profile().criteria
        rules = [info.id for info in self._catalogue.values() if info.impact == "critical" and required & {*info.wcag}]
        blocked = any(o.blocks and o.verdict is Verdict.FAILED for page in self._pages for o in page.outcomes)
        return State.MISSING if blocked else self._of(rules)

    def no_gap(self) -> State:
        """Whether the lowest group is near the mean of all five."""
        if self._numbers.headline.value is None:
            return State.NOT_TESTED
        values = [group.number.value for group in self._numbers.groups if group.number.value is not None]
        return State.MISSING if sum(values) / len(values) - min(values) > GAP else State.MET

    def https(self) -> State:
        """Whether every page that was looked at came by HTTPS in the end; on this machine nobody can tell."""
        ended = [urlsplit(page.final_url or page.url) for page in self._pages]
        if any(place.hostname in ("127.0.0.1", "localhost", "::1") or not place.netloc for place in ended):
            return State.NOT_TESTED
        return State.MET if all(place.scheme == "https" for place in ended) else State.MISSING


_FACTS: Mapping[str, Callable[[_Seen], State]] = MappingProxyType(
    {"easy-prose": _Seen.easy_prose, "no-stop": _Seen.no_stop, "no-gap": _Seen.no_gap, "https": _Seen.https}
)


def _verdicts(pages: list[PageResult], site: SiteResult) -> dict[str, dict[Verdict, int]]:
    """On how many pages each rule has each verdict; a site rule counts once."""
    found: dict[str, dict[Verdict, int]] = {}
    for page in pages:
        for rule, verdict in {(outcome.rule, outcome.verdict) for outcome in page.outcomes}:
            counted = found.setdefault(rule, {})
            counted[verdict] = counted.get(verdict, 0) + 1
    for concern in site.site_outcomes:
        found.setdefault(concern.rule, {})[concern.verdict] = len(pages) if concern.verdict in _NOT_RUN else 1
    return found
