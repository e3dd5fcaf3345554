"""The problems of a service from scan to scan: since when each is known, and what became of it.

A step from one scan to the next is told as the gate tells it: nothing is new that only nobody had looked for, and
nothing is fixed that nobody has looked at again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from reports.baseline import Baseline
from reports.gate.tracking import State, state_of_met, state_of_unmet
from reports.model import SiteResult
from reports.traces import Moment, Sighting, Trace

OPEN_AS_QUESTION = "it is an open question now"


@dataclass(frozen=True, slots=True)
class Entry:
    """What is known of one problem: `seen` is how it was when it was last seen, by which `version` of its rule.

    `first` is when it was first seen, `since` when it came again after it was fixed, else the same. `born` says
    what it was then: new, or newly detected; `looked_before` is false where nobody had looked at any of its pages
    before. `fixed` is when it was first seen to be fixed, None while it is not. `reason` says why nobody can tell.
    """

    seen: Sighting
    version: str
    first: Moment
    since: Moment
    last: Moment
    born: State
    looked_before: bool
    state: State
    fixed: Moment | None = None
    reason: str = ""

    @property
    def is_open(self) -> bool:
        """Whether it is there still, as far as anybody knows."""
        return self.fixed is None


@dataclass(frozen=True)
class Ledger:
    """All problems of a service by identity after the scans so far, and what those scans had looked at.

    `rules` are the versions of each rule that ran, `pages` the addresses that were really looked at.
    """

    site: SiteResult
    scans: tuple[Moment, ...] = ()
    entries: Mapping[str, Entry] = field(default_factory=dict)
    rules: Mapping[str, frozenset[str]] = field(default_factory=dict)
    pages: frozenset[str] = frozenset()


def follow(found: Iterable[Trace]) -> Iterator[tuple[Trace, Ledger]]:
    """Each trace with the ledger of its service after it."""
    ledgers: dict[str, Ledger] = {}
    for trace in found:
        before = ledgers.get(trace.site.url, Ledger(trace.site))
        ledgers[trace.site.url] = advance(before, trace)
        yield trace, ledgers[trace.site.url]


def advance(ledger: Ledger, trace: Trace) -> Ledger:
    """The ledger after one more scan."""
    before = _under_names_of(ledger, trace)
    ran = {rule: version for rule, version in trace.looked.versions.items() if trace.looked.ran(rule)}
    entries = {name: _unmet(entry, name, trace) for name, entry in before.entries.items() if name not in trace.seen}
    entries |= {name: _met(name, seen, before, trace) for name, seen in trace.seen.items()}
    rules = dict(before.rules)
    for rule, version in ran.items():
        rules[rule] = rules.get(rule, frozenset()) | {version}
    pages = before.pages | trace.looked.silent.keys()
    return Ledger(trace.site, (*before.scans, trace.when), entries, rules, frozenset(pages))


def _under_names_of(ledger: Ledger, trace: Trace) -> Ledger:
    """The ledger with the ids that rules have in this scan."""
    names = {former: info.id for info in trace.rules for former in info.aliases}
    return replace(ledger, rules=Baseline(rules=ledger.rules).under_names_of(trace.rules).rules) if names else ledger


def _met(name: str, seen: Sighting, ledger: Ledger, trace: Trace) -> Entry:
    known = ledger.entries.get(name)
    version = trace.looked.versions.get(seen.rule.id, "")
    back = known is None or not known.is_open
    state = state_of_met(
        known.seen.accepted if known else None,
        _pages(seen),
        excess=back,
        judged_before=Baseline(rules=ledger.rules).knows(seen.rule.id, version),
    )
    if known is not None and not back:
        return replace(known, seen=seen, version=version, last=trace.when, state=state, reason="")
    first = known.first if known else trace.when
    looked_before = any(page in ledger.pages for page in _pages(seen))
    return Entry(seen, version, first, trace.when, trace.when, state, looked_before, state)


def _pages(seen: Sighting) -> tuple[str, ...]:
    return seen.accepted.places or (seen.example,)


def _unmet(entry: Entry, name: str, trace: Trace) -> Entry:
    """An entry after a scan that did not meet its problem."""
    if not entry.is_open:
        return entry
    if name in trace.asked:
        return replace(entry, state=State.NOT_LOOKED_AT, reason=OPEN_AS_QUESTION)
    names = {former: info.id for info in trace.rules for former in info.aliases}
    known = replace(entry.seen.accepted, rule=names.get(entry.seen.rule.id, entry.seen.rule.id))
    at_sight = Baseline(rules={known.rule: frozenset({entry.version})})
    state, reason = state_of_unmet(known, trace.looked, at_sight)
    return replace(entry, state=state, reason=reason, fixed=trace.when if state is State.FIXED else None)
