"""What each rule found, dealt out to as many documents as a browser can carry with ease."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from reports.problems import Problem
from rules.model import RuleInfo, Verdict

ENTRIES = 40
"""Problems and questions in one document."""

TOLD = 100
"""Problems of a rule that have an entry at all, and as many questions; lists count the others."""


@dataclass(frozen=True, slots=True)
class Found:
    """A rule with the problems and questions that it found."""

    info: RuleInfo
    problems: list[Problem] = field(default_factory=list)
    questions: list[Problem] = field(default_factory=list)

    @property
    def told(self) -> list[Problem]:
        """Those with an entry, problems first."""
        return [*self.problems[:TOLD], *self.questions[:TOLD]]

    @property
    def parts(self) -> list[list[Problem]]:
        """The entries of each document; there is one at least."""
        return [self.told[at : at + ENTRIES] for at in range(0, len(self.told), ENTRIES)] or [[]]


def by_rule(known: Iterable[RuleInfo], found: Iterable[Problem]) -> Mapping[str, Found]:
    """What each rule found, in the order of their ids; rules that are `known` are there without anything, too."""
    rules = {info.id: Found(info) for info in known}
    for problem in found:
        of_rule = rules.setdefault(problem.rule.id, Found(problem.rule))
        (of_rule.problems if problem.verdict is Verdict.FAILED else of_rule.questions).append(problem)
    return {name: rules[name] for name in sorted(rules)}


def part_numbers(rules: Mapping[str, Found]) -> dict[tuple[Verdict, int], int]:
    """In which document of its rule each problem or question has its entry, from 0."""
    return {
        (problem.verdict, problem.number): at
        for found in rules.values()
        for at, part in enumerate(found.parts)
        for problem in part
    }
