"""What to do next, in three to five lines: the repairs that give a service most, each with what follows from it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reports.effort import WORDS, Effort, effort
from reports.gains import Gain
from reports.model import Scan
from reports.numbers import whole
from reports.problems import Problem
from reports.text import one_line
from reports.verdict import site_name
from reports.words import IMPACTS, ROLES, counted

STEPS = 5
_LENGTH = 110


@dataclass(frozen=True, slots=True)
class Step:
    """One repair: `what` is wrong, its impact, where it is mended, the score then, how large it is, and who does it.

    `number` is the problem's in the report; `score` is empty where the whole number does not change.
    """

    number: int
    what: str
    impact: str
    change: str
    score: str
    size: str
    role: str
    service: str = ""

    @property
    def line(self) -> str:
        """The step as one line of text."""
        parts = [part for part in (self.impact, self.service, self.change, self.score, self.size, self.role) if part]
        return f"{self.what.rstrip('.')}: {'; '.join(parts)}"


def next_steps(scan: Scan, ranked: Sequence[tuple[Problem, Gain]], *, most: int = STEPS) -> tuple[Step, ...]:
    """The first repairs of problems in the order of what they give; advice is none."""
    chosen = [(problem, gain) for problem, gain in ranked if problem.standing != "advice"][:most]
    return tuple(_step(scan, problem, gain) for problem, gain in chosen)


def _step(scan: Scan, problem: Problem, gain: Gain) -> Step:
    where = effort(problem)
    words = WORDS[where]
    return Step(
        number=problem.number,
        what=one_line(problem.headline, _LENGTH),
        impact=IMPACTS[problem.impact].label.lower(),
        change=_change(where, len(problem.hits)),
        score=_score(gain),
        size=words.size,
        role=ROLES[problem.rule.role],
        service=site_name(scan.sites[problem.site]) if len(scan.sites) > 1 else "",
    )


def _change(where: Effort, pages: int) -> str:
    """Where it is mended and on how many pages it is gone then; one change only where there is one thing to mend."""
    one = where in (Effort.PLACE, Effort.SHARED) or (where is Effort.TEXT and pages == 1)
    gone = f" on {counted(pages, 'page')} looked at" if pages else ""
    return f"{'1' if one else 'a'} change in {WORDS[where].where} clears it{gone}"


def _score(gain: Gain) -> str:
    if gain.before is None or gain.after is None or whole(gain.before) == whole(gain.after):
        return ""
    what = "score" if gain.whole else "mean score of these pages"
    return f"{what} if fixed {whole(gain.before)} → {whole(gain.after)}"
