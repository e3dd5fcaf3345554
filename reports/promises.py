"""What a team promised: agreed exceptions against the problems that are open, by the day when they end."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from reports.agreed import Agreed
from reports.ledger import Entry, Ledger

SOON_DAYS = 30


class Standing(StrEnum):
    """How a promise stands on a day."""

    OVERDUE = "overdue"
    SOON = "due soon"
    LATER = "due later"
    KEPT = "nothing needs it any more"


@dataclass(frozen=True, slots=True)
class Promise:
    """An agreed exception on a day, with how many open problems it is about."""

    agreed: Agreed
    standing: Standing
    problems: int


def promises(agreed: Iterable[Agreed], ledgers: Sequence[Ledger], *, today: str) -> tuple[Promise, ...]:
    """Every agreed exception with how it stands, the day that comes first first."""
    found = []
    for one in sorted(agreed, key=lambda one: (one.expires, one.subject, one.owner)):
        about = sum(
            entry.is_open and is_about(one, name, entry) for ledger in ledgers for name, entry in ledger.entries.items()
        )
        found.append(Promise(one, _standing(one, about, today), about))
    return tuple(found)


def promise_for(agreed: Iterable[Agreed], fingerprint: str, entry: Entry) -> Agreed | None:
    """The exception that was agreed on for a problem; of several the one that holds longest."""
    about = [one for one in agreed if is_about(one, fingerprint, entry)]
    return max(about, key=lambda one: one.expires, default=None)


def is_about(agreed: Agreed, fingerprint: str, entry: Entry) -> bool:
    """Whether an exception is about a problem, by its fingerprint or one of the places where it was last seen."""
    rule = entry.seen.rule
    names, places = (rule.id, *rule.aliases), entry.seen.selectors or ("",)
    return any(agreed.covers(name, fingerprint, place) for name in names for place in places)


def is_overdue(agreed: Iterable[Agreed], fingerprint: str, entry: Entry, *, today: str) -> bool:
    """Whether an open problem is there although its exception is over."""
    promise = promise_for(agreed, fingerprint, entry)
    return entry.is_open and promise is not None and promise.is_over(today)


def _standing(agreed: Agreed, about: int, today: str) -> Standing:
    if not about:
        return Standing.KEPT
    if agreed.is_over(today):
        return Standing.OVERDUE
    soon = (date.fromisoformat(today) + timedelta(days=SOON_DAYS)).isoformat()
    return Standing.SOON if agreed.expires <= soon else Standing.LATER
