"""The five groups of people with their numbers, and everything that must stand beside a number."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reports.numbers import GroupNumber, Number, Numbers
from reports.words import NO_FAILURE, counted, listed, started


@dataclass(frozen=True, slots=True)
class Bar:
    """A number as a bar 100 wide: `low` is certain, up to `value` depends on open questions."""

    low: int
    value: int
    range: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Score:
    """A number as text: `value` is digits or "No number" with a `reason`; `notes` must be read with it."""

    value: str
    notes: tuple[str, ...]
    bar: Bar | None = None
    reason: str = ""

    @property
    def missing(self) -> bool:
        """Whether there is no number."""
        return self.bar is None


@dataclass(frozen=True, slots=True)
class GroupRow:
    """One group: who they are, the statements of the standard, their number."""

    people: str
    legal: str
    score: Score
    lowest: bool


@dataclass(frozen=True, slots=True)
class Groups:
    """The five groups in their fixed order.

    `reason` says why none has a number, where it is one reason for all. `hardest` names whom it is hardest
    for, `legend` says how to read the bars; both are empty where there is nothing to say.
    """

    rows: tuple[GroupRow, ...]
    reason: str
    hardest: str
    legend: str


def groups(numbers: Numbers, *, profile: str) -> Groups:
    """The groups of a service or a page, with the names that the service's law uses."""
    rows = tuple(_row(group, profile) for group in numbers.groups)
    reasons = {row.score.reason for row in rows}
    bars = [row.score.bar for row in rows if row.score.bar]
    return Groups(rows, reasons.pop() if len(reasons) == 1 else "", _hardest(numbers), legend(bars))


def legend(bars: Sequence[Bar]) -> str:
    """How to read some bars; only what they show is explained."""
    parts = ["Bars run from 0 to 100"]
    if any(bar.low != bar.value for bar in bars):
        certain = "the strong part remains if every open question turns out to be a problem"
        parts.append(f"{certain}, the faint part depends on them")
    if any(bar.range for bar in bars):
        parts.append("the line above is the likely range")
    return f"{'; '.join(parts)}." if bars else ""


def score(number: Number) -> Score:
    """A headline with its likely range and what is left if open questions turn out to be problems."""
    return _score(number, [_if_all_fail(number, "every open question turns out to be a problem")])


def _hardest(numbers: Numbers) -> str:
    """For whom it is hardest; several groups when their ranges overlap, and only among those with a number."""
    people = [group.group.people for group in numbers.groups if group.lowest]
    numbered = sum(group.number.value is not None for group in numbers.groups)
    if not people or len(people) == numbered:
        return ""
    among = "" if numbered == len(numbers.groups) else ", of those with a number,"
    tied = " (too close to tell apart)" if len(people) > 1 else ""
    return f"Hardest{among} for {listed(people)}{tied}."


def _row(group: GroupNumber, profile: str) -> GroupRow:
    legal = group.group.legal("us" if profile.startswith("us-") else "en")
    turn = "turns out to be a problem" if group.questions == 1 else "turn out to be problems"
    notes = [
        _concern(group),
        _if_all_fail(group.number, f"{counted(group.questions, 'open question')} {turn}") if group.questions else "",
        _covered(group.coverage) if group.number.value is not None else "",
    ]
    return GroupRow(started(group.group.people), "; ".join(legal), _score(group.number, notes), group.lowest)


def _score(number: Number, notes: list[str]) -> Score:
    if number.value is None or number.low is None:
        return Score("No number", tuple(note for note in notes if note), reason=number.reason)
    span = f"Likely range {number.range[0]}–{number.range[1]}." if number.range else ""
    told = tuple(note for note in (span, *notes) if note)
    return Score(str(number.value), told, Bar(number.low, number.value, number.range))


def _concern(group: GroupNumber) -> str:
    """How many problems and open questions concern a group; "" where nothing was tested for it."""
    if not group.coverage and not group.problems and not group.questions:
        return ""
    questions = f" and {counted(group.questions, 'open question')}" if group.questions else ""
    found = counted(group.problems, "problem") if group.problems else started(NO_FAILURE)
    return f"{found}{questions}."


def _covered(coverage: int | None) -> str:
    if coverage is None:
        return ""
    return f"Checks covered {coverage}% of what they need." if coverage else "No check looked at what they need."


def _if_all_fail(number: Number, what: str) -> str:
    return f"{number.low} if {what}." if number.low is not None and number.low != number.value else ""
