"""What the rules of one catalogue can say about each group, under one ability map."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from reports.score.formula import FORMULA
from rules.model import RuleInfo
from rules.standards.abilities import GROUPS, HEADLINE, PLAIN_LANGUAGE, ability_map, served_groups
from rules.standards.wcag import profile

_Served = Mapping[tuple[str, str], tuple[tuple[str, float], ...]]


@dataclass(frozen=True)
class Plan:
    """A catalogue read against an ability map; made once per scan by `make_plan`.

    `served` gives for a rule and a group the scored criteria that the rule judges for the group, each with
    its relation m; `relations` gives all criteria that the map gives the group, judged or not.
    """

    map: str
    infos: Mapping[str, RuleInfo]
    served: _Served
    relations: Mapping[str, Mapping[str, float]]

    @property
    def rules(self) -> frozenset[str]:
        """The ids of the catalogue's rules."""
        return frozenset(self.infos)

    def info(self, rule: str) -> RuleInfo:
        """A rule's entry in the catalogue."""
        return self.infos[rule]

    def serves(self, rule: str, group: str) -> tuple[tuple[str, float], ...]:
        """The criteria, with m, at which a rule's failures count for a group; () when they do not."""
        return self.served.get((rule, group), ())

    def coverage(self, group: str, ran: frozenset[str], *, worded: bool = False) -> float:
        """K: the part of what serves a group that rules which ran to the end have tested, from 0 to 1.

        0 for a group to which the map gives nothing. A rule counts only for groups that its failures can
        lower, else a check for alternative text would make it look as if captions had been tested. Plain language is
        tested where the prose was measured (`worded`).
        """
        relations = self.relations[group]
        if not relations:
            return 0.0
        tested: dict[str, float] = {}
        for rule in ran:
            part = 1.0 if self.infos[rule].covers == "fully" else FORMULA.partly
            for criterion, _ in self.serves(rule, group):
                tested[criterion] = max(part, tested.get(criterion, 0.0))
        if worded and PLAIN_LANGUAGE in relations:
            tested[PLAIN_LANGUAGE] = 1.0
        return math.fsum(relations[c] * part for c, part in tested.items()) / math.fsum(relations.values())


def make_plan(catalogue: tuple[RuleInfo, ...], *, map: str) -> Plan:
    """The plan of a catalogue under the ability map of that name.

    Only WCAG 2.2 A and AA and plain language are scored, whatever the profile: AAA and best practice
    weigh nothing, and neither does 4.1.1, which WCAG 2.2 withdrew.
    """
    abilities = ability_map(map)
    weight = {"primary": FORMULA.primary, "secondary": FORMULA.secondary}
    scored = sorted(profile().criteria | {PLAIN_LANGUAGE})
    relations = {
        group.id: {c: weight[relation] for c in scored if (relation := abilities.relation(c, group.id))}
        for group in GROUPS
    }
    served = {
        (info.id, group): found
        for info in catalogue
        for group in served_groups(info.serves)
        if (found := tuple((c, relations[group][c]) for c in info.wcag if c in relations[group]))
    }
    infos = {info.id: info for info in catalogue}
    return Plan(map, MappingProxyType(infos), MappingProxyType(served), MappingProxyType(relations))


def numbered(coverage: Mapping[str, float]) -> frozenset[str]:
    """The headline groups that get a number at this coverage."""
    return frozenset(group for group in HEADLINE if coverage.get(group, 0.0) >= FORMULA.coverage)
