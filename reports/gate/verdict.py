"""What the gate says: an exit code, the sentences that explain it, and every problem with its state."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from reports.agreed import Agreed
from reports.gate.policy import Action, Policy
from reports.gate.tracking import State, Tracked
from reports.model import Review
from rules.page import PageState

THROUGH, FAILED, NOT_JUDGED = 0, 1, 3


@dataclass(frozen=True, slots=True)
class UntestedPage:
    """A chosen page that was not judged, with its state and why."""

    site: str
    page: str
    state: PageState
    reason: str


@dataclass(frozen=True, slots=True)
class Broken:
    """A limit that is not kept, what follows from it today, and the problems that are too many."""

    policy: Policy
    action: Action
    sentence: str
    problems: tuple[Tracked, ...] = ()


@dataclass(frozen=True, slots=True)
class Exempt:
    """An agreed exception with the problems that it is about; `over` where it has expired."""

    agreed: Agreed
    problems: tuple[Tracked, ...]
    over: bool = False


@dataclass(frozen=True)
class GateVerdict:
    """The gate's exit code (0, 1 or 3) and all that led to it.

    `problems` are all problems that count, by what they stop; what is agreed on is in `exempt` instead, and what a
    second visit did not find again in `unstable`. `broken` are the limits that are not kept. `gaps` say why too
    little was looked at; any of them means that the scan is no judgement.
    """

    exit_code: int
    sentences: tuple[str, ...]
    problems: tuple[Tracked, ...] = ()
    broken: tuple[Broken, ...] = ()
    exempt: tuple[Exempt, ...] = ()
    unused: tuple[Agreed, ...] = ()
    unstable: tuple[Tracked, ...] = ()
    reviews: tuple[Review, ...] = ()
    untested: tuple[UntestedPage, ...] = ()
    gaps: tuple[str, ...] = ()
    looked_at: int = 0

    @property
    def new(self) -> tuple[Tracked, ...]:
        """The problems that fail, the gravest first."""
        return self._of(Action.FAIL)

    @property
    def warned(self) -> tuple[Tracked, ...]:
        """The problems that only warn."""
        failing = {(one.fingerprint, one.site) for one in self.new}
        return tuple(one for one in self._of(Action.WARN) if (one.fingerprint, one.site) not in failing)

    def in_state(self, *states: State) -> tuple[Tracked, ...]:
        """The problems in some states."""
        return tuple(one for one in self.problems if one.state in states)

    def _of(self, action: Action) -> tuple[Tracked, ...]:
        found: dict[tuple[str, str], Tracked] = {}
        for broken in self.broken:
            if broken.action is action:
                for one in broken.problems:
                    found.setdefault((one.fingerprint, one.site), one)
        order = {(one.fingerprint, one.site): place for place, one in enumerate(self.problems)}
        return tuple(sorted(found.values(), key=lambda one: order.get((one.fingerprint, one.site), len(order))))


def exempted(
    found: Iterable[Tracked], agreed: Iterable[Agreed], *, today: str
) -> tuple[tuple[Tracked, ...], tuple[Exempt, ...], tuple[Agreed, ...]]:
    """The problems that count, the exceptions in use, and those that nothing needs any more.

    A problem that is agreed on at some of its places counts at the others. One whose exception is over counts.
    """
    counting: list[Tracked] = []
    used: dict[Agreed, list[Tracked]] = {}
    known = tuple(agreed)
    for one in found:
        left = one.spots
        for exception in known:
            covered = [s for s in left if exception.covers(one.rule.id, one.fingerprint, s.selector)]
            if not covered:
                continue
            used.setdefault(exception, []).append(replace(one, spots=tuple(covered)))
            if not exception.is_over(today):
                left = tuple(spot for spot in left if spot not in covered)
        if left or not one.spots:
            counting.append(replace(one, spots=left))
    exempt = tuple(Exempt(one, tuple(used[one]), one.is_over(today)) for one in known if one in used)
    return tuple(counting), exempt, tuple(one for one in known if one not in used)
