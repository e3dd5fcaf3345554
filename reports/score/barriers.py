"""How much one check on one page stands in the way, and what that takes from a group's score.

A *check* is a rule of the catalogue; a *barrier* is one criterion that fails for a group, as strong as
the strongest of its checks. So a second engine that sees the same failure never counts twice.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from operator import itemgetter
from typing import NamedTuple

from reports.model import PageResult
from reports.score.formula import FORMULA, WEIGHTS
from reports.score.plan import Plan
from rules.errors import StoredDataError
from rules.model import RuleInfo, SiteOutcome, Verdict
from rules.plain.wording import Wording
from rules.standards.abilities import PLAIN_LANGUAGE


class Tally(NamedTuple):
    """What a check yielded on a page: occurrences by fingerprint, and whether one is a proven blocker."""

    occurrences: Mapping[str, int]
    blocks: bool = False

    @property
    def f(self) -> float:
        """Distinct problems, each counted 1 + log2 of how often it occurs; 0 when there is none."""
        return math.fsum(1 + math.log2(count) for count in self.occurrences.values())


@dataclass(frozen=True, slots=True)
class Factor:
    """One barrier as printed: which rule at which criterion, and by what the score is multiplied.

    `f`, `extent` (b) and `weight` (w) are those of the rule, `relation` (m) that of criterion and group,
    `factor` is (1 − .9·m·w·b) to the power of .7^j, and `points` its share of what the score lost.
    """

    criterion: str
    rule: str
    f: float
    extent: float
    weight: float
    relation: float
    factor: float
    points: float
    blocks: bool = False

    def as_json(self) -> dict[str, object]:
        """Plain data; what is not a score has four decimals, because nobody reads more."""
        return {
            "criterion": self.criterion,
            "rule": self.rule,
            "f": round(self.f, 4),
            "extent": round(self.extent, 4),
            "weight": self.weight,
            "relation": self.relation,
            "factor": round(self.factor, 4),
            "points": round(self.points, 1),
            "blocks": self.blocks,
        }


def tallies(page: PageResult, extra: Iterable[SiteOutcome], verdicts: frozenset[Verdict]) -> dict[str, Tally]:
    """What each rule yielded on a page with one of these verdicts, outcomes of site rules among it."""
    found: dict[str, dict[str, int]] = {}
    blocking: set[str] = set()
    for outcome in page.outcomes:
        if outcome.verdict in verdicts:
            lines = found.setdefault(outcome.rule, {})
            lines[outcome.fingerprint] = lines.get(outcome.fingerprint, 0) + outcome.count
            if outcome.blocks:
                blocking.add(outcome.rule)
    for concern in extra:
        if concern.verdict in verdicts and page.url in concern.pages:
            lines = found.setdefault(concern.rule, {})
            lines[concern.fingerprint] = lines.get(concern.fingerprint, 0) + 1
    return {rule: Tally(lines, rule in blocking) for rule, lines in found.items()}


def extent(info: RuleInfo, tally: Tally) -> float:
    """How far a problem reaches, from 0 to 1; there is no denominator, so what is fine never dilutes it."""
    if tally.blocks:
        return FORMULA.extent_blocker
    if info.scope == "page":
        return FORMULA.extent_page
    return min(1.0, FORMULA.extent_one + FORMULA.extent_slope * math.log10(tally.f))


def wording_extent(wording: Wording | None) -> float:
    """How far the prose of a page stands in the way, from 0 to 1: its barrier above that of an easy text."""
    return max(0.0, (wording.barrier - FORMULA.wording_easy) / (1 - FORMULA.wording_easy)) if wording else 0.0


def factors(plan: Plan, group: str, found: Mapping[str, Tally], wording: Wording | None = None) -> tuple[Factor, ...]:
    """The barriers of a group, from the largest; their product times 100 is the score.

    Plain language is a criterion without a check: how hard the prose is was measured, and nothing failed. Its factor
    names the criterion in place of a rule.
    """
    checks = (one for rule, tally in found.items() for one in alone(plan, group, rule, tally))
    return multiplied((*checks, *measured(plan, group, wording)))


def alone(plan: Plan, group: str, rule: str, tally: Tally) -> tuple[Factor, ...]:
    """What a check is for a group by itself, at each criterion that it judges; not yet in the order of the barriers."""
    info = plan.info(rule)
    return tuple(_alone(info, tally, criterion, relation) for criterion, relation in plan.serves(rule, group))


def measured(plan: Plan, group: str, wording: Wording | None) -> tuple[Factor, ...]:
    """The barrier of the prose for a group; none where it is none, or the map gives the group no plain language."""
    relation, extent = plan.relations[group].get(PLAIN_LANGUAGE, 0.0), wording_extent(wording)
    if not relation or not extent:
        return ()
    return (Factor(PLAIN_LANGUAGE, PLAIN_LANGUAGE, 0.0, extent, FORMULA.serious, relation, 1.0, 0.0),)


def multiplied(checks: Iterable[Factor]) -> tuple[Factor, ...]:
    """The barriers that these checks make, one for each criterion, with what each takes beside the others."""
    found = _worst(checks)
    losses = _losses(found)
    whole = math.fsum(losses)
    lost = 100 * -math.expm1(-whole)
    return tuple(
        Factor(f.criterion, f.rule, f.f, f.extent, f.weight, f.relation, math.exp(-loss), lost * loss / whole, f.blocks)
        for f, loss in zip(found, losses, strict=True)
    )


def left_by(checks: Iterable[Factor]) -> float:
    """The score that the barriers of these checks leave: `product` of `multiplied`, without their account."""
    return 100 * math.prod(math.exp(-loss) for loss in _losses(_worst(checks)))


def product(found: Iterable[Factor]) -> float:
    """The score that these factors leave: 100 when there is none."""
    return 100 * math.prod(factor.factor for factor in found)


def require_known(plan: Plan, rules: Iterable[str]) -> None:
    """Raises `StoredDataError` when results name a rule that their catalogue lacks.

    Without its entry nobody knows what the rule weighs, and leaving it out would hide its failures.
    """
    unknown = sorted(set(rules) - plan.rules)
    if unknown:
        raise StoredDataError(f"The catalogue of rules lacks: {', '.join(repr(name) for name in unknown)}.")


def _alone(info: RuleInfo, tally: Tally, criterion: str, relation: float) -> Factor:
    weight = WEIGHTS[info.impact]
    return Factor(criterion, info.id, tally.f, extent(info, tally), weight, relation, 1.0, 0.0, tally.blocks)


def _worst(checks: Iterable[Factor]) -> list[Factor]:
    """The largest check of each criterion, from the largest.

    Sorted by m·B and not by B: otherwise a further barrier of small relation could take the first place
    from one of large relation, and a failure would raise the score.
    """
    worst: dict[str, tuple[tuple[float, str, str], Factor]] = {}
    for factor in checks:
        ranked = (_rank(factor), factor)
        if factor.criterion not in worst or ranked[0] < worst[factor.criterion][0]:
            worst[factor.criterion] = ranked
    return [factor for _, factor in sorted(worst.values(), key=itemgetter(0))]


def _losses(found: Iterable[Factor]) -> list[float]:
    return [FORMULA.damping**j * -math.log(1 - FORMULA.share * _strength(f)) for j, f in enumerate(found)]


def _strength(factor: Factor) -> float:
    return factor.relation * factor.weight * factor.extent


def _rank(factor: Factor) -> tuple[float, str, str]:
    return (-_strength(factor), factor.criterion, factor.rule)
