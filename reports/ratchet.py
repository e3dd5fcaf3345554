"""How a baseline follows the work: each function gives the next one, and what may grow is said by its name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from reports.baseline import Accepted, Baseline, baseline_of
from reports.gate.tracking import State, gap_of, track
from reports.looked import looked_at
from reports.model import Scan
from reports.reviews import answered

GONE = (404, 410)


@dataclass(frozen=True, slots=True)
class Step:
    """What an update does to the problems of a baseline, by fingerprint."""

    added: tuple[str, ...]
    removed: tuple[str, ...]
    raised: tuple[str, ...]
    lowered: tuple[str, ...]

    @property
    def is_none(self) -> bool:
        """Whether no problem changes."""
        return not (self.added or self.removed or self.raised or self.lowered)


def step(old: Baseline, new: Baseline) -> Step:
    """What differs between two baselines."""
    shared = sorted(set(old.accepted) & set(new.accepted))
    return Step(
        tuple(sorted(set(new.accepted) - set(old.accepted))),
        tuple(sorted(set(old.accepted) - set(new.accepted))),
        tuple(one for one in shared if new.allows(one) > old.allows(one)),
        tuple(one for one in shared if new.allows(one) < old.allows(one)),
    )


def shrunk(baseline: Baseline, scan: Scan) -> Baseline:
    """The baseline without what is fixed, and with smaller counts where fewer are left; nothing is ever added.

    Only what was looked at as the state *fixed* asks for can shrink. One more of the same elsewhere changes nothing.
    """
    scan = answered(scan)
    fixed = {one.fingerprint for one in track(scan, baseline) if one.state is State.FIXED}
    looked, found = looked_at(scan), baseline_of(scan)
    kept: dict[str, Accepted] = {}
    for fingerprint, known in baseline.accepted.items():
        if fingerprint in fixed:
            continue
        now = found.allows(fingerprint)
        fewer = 0 < now < known.count and not gap_of(known, looked, baseline)
        kept[fingerprint] = replace(known, count=now) if fewer else known
    return replace(baseline, accepted=kept)


def with_rules(baseline: Baseline, scan: Scan) -> Baseline:
    """The baseline with what newly seen rules detect, and these rules as known; problems of other rules stay out."""
    scan = answered(scan)
    found = baseline_of(scan)
    accepted = dict(baseline.accepted)
    for one in track(scan, baseline):
        if one.state is State.NEWLY_DETECTED:
            new = found.accepted[one.fingerprint]
            accepted[one.fingerprint] = accepted.get(one.fingerprint, new).merged(new)
    return replace(
        baseline,
        rule_set=found.rule_set,
        accepted=accepted,
        rules={**baseline.rules, **found.rules} if baseline.rules else {},
    )


def updated(baseline: Baseline, scan: Scan) -> Baseline:
    """The baseline of a scan, with what is known of everything that the scan did not look at."""
    smaller, found = shrunk(baseline, scan), baseline_of(answered(scan))
    looked = looked_at(scan)
    accepted = dict(smaller.accepted)
    for fingerprint, new in found.accepted.items():
        known = accepted.get(fingerprint)
        seen_all = known is not None and not gap_of(known, looked, baseline)
        accepted[fingerprint] = new if known is None or seen_all else known.merged(new)
    seen = {site.url for site in scan.sites}
    kinds = frozenset(kind for kind in baseline.kinds if kind.site not in seen) | found.kinds
    return Baseline(
        found.rule_set, accepted, {**baseline.rules, **found.rules}, {**baseline.sites, **found.sites}, kinds
    )


def pruned(baseline: Baseline, scan: Scan) -> Baseline:
    """The baseline without what no scan can meet any more: problems of rules or of pages that are gone."""
    gone = {page.url for site in scan.sites for page in site.pages if page.status in GONE}
    catalogue = {info.id for info in scan.rules}
    kept = {name: known for name, known in baseline.accepted.items() if not _is_gone(known, gone, catalogue)}
    rules: Mapping[str, frozenset[str]] = {
        rule: versions for rule, versions in baseline.rules.items() if rule in catalogue
    }
    return replace(baseline, accepted=kept, rules=rules)


def _is_gone(known: Accepted, gone: set[str], catalogue: set[str]) -> bool:
    all_named = bool(known.places) and known.pages == len(known.places)
    return known.rule not in catalogue or (all_named and set(known.places) <= gone)
