"""A text with what rules on words find in it: the findings in order, the grade, the barrier."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple

from rules.model import DocumentRule
from rules.plain.barrier import barrier
from rules.plain.findings import findings
from rules.plain.grades import Grade, grade
from rules.plain.prose import Finding, Prose
from rules.plain.sections import Section, sections
from rules.plain.style import USUAL, Style

GRADED = ("en", "es")


class Found(NamedTuple):
    """One finding and the id of the rule that made it."""

    rule: str
    finding: Finding


@dataclass(frozen=True, slots=True)
class Judged:
    """What is known of a text; `grade` is None for one that is too short or in a language without grades.

    `target` is the grade that the house wants at most.
    """

    prose: Prose
    found: tuple[Found, ...]
    grade: Grade | None
    barrier: float
    target: int

    @property
    def sections(self) -> tuple[Section, ...]:
        """The sections with their grades."""
        return sections(self.prose)

    @property
    def rate(self) -> float:
        """Findings per 1,000 words."""
        return 1000 * len(self.found) / max(1, len(self.prose.words))

    @property
    def counts(self) -> Counter[str]:
        """How many findings each rule has."""
        return Counter(one.rule for one in self.found)

    def as_json(self) -> dict[str, Any]:
        """The stable form of `curbcut language --json`."""
        return {
            "barrier": round(self.barrier, 4),
            "grade": {"low": self.grade.low, "high": self.grade.high} if self.grade else None,
            "words": len(self.prose.words),
            "sentences": len(self.prose.sentences),
            "findings": [
                {
                    "rule": rule,
                    "start": finding.start,
                    "end": finding.end,
                    "message": finding.message,
                    "suggestion": finding.suggestion,
                }
                for rule, finding in self.found
            ],
        }


def judged(prose: Prose, rules: Iterable[DocumentRule], *, style: Style = USUAL) -> Judged:
    """The text judged by all rules on words; most are for English and find nothing in another language."""
    by_rule = {rule.info.id: findings(rule, prose, style) for rule in rules}
    found = [Found(rule, finding) for rule, every in by_rule.items() for finding in every]
    found.sort(key=lambda one: (one.finding.start, -one.finding.end, one.rule))
    return Judged(prose, tuple(found), grade(prose), barrier(prose, by_rule), style.limit("reading_grade"))
