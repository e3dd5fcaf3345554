"""How much a text keeps people from understanding it, from 0 to 1, by its grade and by what rules found in it.

For texts of every length, short ones too: the grade enters as the easiest formula's, the lower end of the band, and is
drawn towards an easy text's the fewer words there are to judge by; so are the rates of findings. Two parts that stop
people independently of each other, so the barrier is what either stops. Its constants are in one table, and
docs/plain-language.md shows how they were calibrated.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from types import MappingProxyType

from rules.plain.grades import Tally, count, estimates, tally
from rules.plain.passives import passives
from rules.plain.prose import Finding, Prose

EASY = 5.0
"""The grade of an easy text: primary school, which nearly all adults have behind them."""

FEW_WORDS = 20.0
"""So many words are believed half of what they seem to say; a sentence has about as many."""

MIDDLE = 10.0
"""The grade that alone is a barrier of one half: between the federal texts before (median 12.6) and after (6.7)."""

SLOPE = 1.5
"""Grades over which the odds of the barrier grow e-fold."""

RATE = 40.0
"""Weighted findings in 1,000 words that alone are a barrier of 1 - 1/e."""

CAP = 20.0
"""The most that one rule can add to the rate: one habit, however often, is one reason and not all of them."""

FEW_FOUND = 100.0
"""So many words are added before findings are divided by words, or one in a line would be a rate of a hundred."""

WEIGHTS: Mapping[str, float] = MappingProxyType(
    {
        "and-or": 1.0,
        "shall": 1.0,
        "very-long-sentence": 1.0,
        "buried-condition": 0.5,
        "double-negative": 0.5,
        "hidden-verb": 0.5,
        "passive-voice": 0.5,
        "wordy-phrase": 0.5,
    }
)
"""What a finding weighs; rules that are not named are advice and weigh nothing."""

PASSIVE = 0.5
"""What any passive weighs: few of them hide who has to act and are found, but many make a text harder to follow."""


def barrier(
    prose: Prose, findings: Mapping[str, Sequence[Finding]], *, weights: Mapping[str, float] = WEIGHTS
) -> float:
    """The barrier of a text with its findings by the rules' ids; 0 for a text without words.

    Strictly rises with the grade and with each serious finding up to its rule's cap. In languages without formulas it
    is made of the findings alone.
    """
    return 1 - (1 - _by_grade(prose)) * (1 - _by_findings(prose, findings, weights))


def believed_grade(prose: Prose, *, easy: float = EASY, few: float = FEW_WORDS) -> float | None:
    """The lower end of the grade, with decimals, nearer to an easy one the fewer words there are; None without one."""
    counted = _counted(prose)
    grades = estimates(counted, language=prose.language)
    if not grades:
        return None
    return drawn_to_easy(min(grades), counted.words, easy=easy, few=few)


def drawn_to_easy(grade: float, words: int, *, easy: float = EASY, few: float = FEW_WORDS) -> float:
    """A grade nearer to an easy one the fewer words it was made of; an easy one as it is."""
    return grade if grade <= easy else easy + (grade - easy) * words / (words + few)


def _counted(prose: Prose) -> Tally:
    """The tally of the whole sentences; of everything in a text that has none, such as a single phrase."""
    told = tally(prose)
    if told.words:
        return told
    return count(tuple(sentence for unit in prose.units for sentence in unit.sentences), language=prose.language)


def _by_grade(prose: Prose) -> float:
    believed = believed_grade(prose)
    return 0.0 if believed is None else 1 / (1 + math.exp((MIDDLE - believed) / SLOPE))


def _by_findings(prose: Prose, findings: Mapping[str, Sequence[Finding]], weights: Mapping[str, float]) -> float:
    words = sum(len(sentence.words) for unit in prose.units for sentence in unit.sentences) + FEW_FOUND
    counted = [weights.get(rule, 0.0) * len(found) for rule, found in findings.items()]
    rates = (min(CAP, 1000 * number / words) for number in (*counted, PASSIVE * _passives(prose)))
    return 1 - math.exp(-math.fsum(rates) / RATE)


def _passives(prose: Prose) -> int:
    """How many verbs are in the passive voice; in English alone, whose forms are known."""
    if prose.language != "en":
        return 0
    told = (unit for unit in prose.units if unit.kind not in ("heading", "quotation"))
    return sum(1 for unit in told for sentence in unit.sentences for _ in passives(sentence))
