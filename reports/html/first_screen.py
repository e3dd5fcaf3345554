"""What stops people now, for the first screen of the overview: a few rows of a few words, each with its owner."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reports.agreed import Agreed
from reports.html.findings import Findings
from reports.problems import Problem
from reports.text import one_line
from reports.verdict import site_name
from reports.words import counted, day
from rules.standards.abilities import GROUPS

WORDS = 120
MOST = 5
_HEADLINE = 50
_AROUND = (
    "Curbcut Overview All problems Needs a person "
    "What stops people now Most pages first Problem Where People Owner Promised All problems (1,000)"
)


@dataclass(frozen=True, slots=True)
class StopLine:
    """A problem that stops people: what, where, whom, who answers for it, and what was promised."""

    number: int
    headline: str
    href: str
    where: str
    people: str
    owner: str
    promised: str

    @property
    def words(self) -> int:
        """How many words it takes, its number among them."""
        texts = (self.headline, self.where, self.people, self.owner, self.promised)
        return 2 + sum(len(text.split()) for text in texts)


def stop_lines(findings: Findings, said: Sequence[str]) -> tuple[StopLine, ...]:
    """The first few problems that stop people, on most pages first.

    As many as a reader can take in with what was `said` before them; one at least where there is one.
    """
    found = sorted((one for one in findings.problems if one.stops), key=lambda one: (-len(one.hits), one.number))
    left = WORDS - len(_AROUND.split()) - sum(len(text.split()) for text in said)
    kept: list[StopLine] = []
    for problem in found[:MOST]:
        line = _line(findings, problem)
        left -= line.words
        if kept and left < 0:
            break
        kept.append(line)
    return tuple(kept)


def _line(findings: Findings, problem: Problem) -> StopLine:
    scan = findings.scan
    agreed = _agreed(scan.agreed, problem)
    over = " (overdue)" if agreed and agreed.is_over((scan.finished or scan.started)[:10]) else ""
    pages = counted(len(problem.hits), "page") if problem.hits else "the whole service"
    item = findings.item(problem)
    return StopLine(
        number=problem.number,
        headline=one_line(problem.headline, _HEADLINE),
        href=item.href,
        where=f"{one_line(site_name(scan.sites[problem.site]), 30)}: {pages}" if findings.several else pages,
        people=_people(problem),
        owner=one_line(item.owner or (agreed.owner if agreed else ""), 30) or "nobody",
        promised=f"{day(agreed.expires)}{over}" if agreed else "none",
    )


def _agreed(agreed: Sequence[Agreed], problem: Problem) -> Agreed | None:
    """The exception that was agreed on for a problem; of several the one that holds longest."""
    names = (problem.rule.id, *problem.rule.aliases)
    places = [hit.place.selector if hit.place else "" for hit in problem.hits] or [""]
    about = [one for one in agreed if any(one.covers(name, problem.fingerprint, at) for name in names for at in places)]
    return max(about, key=lambda one: one.expires, default=None)


def _people(problem: Problem) -> str:
    """The first group of people whom it concerns, and whether there are more."""
    people = [group.people.removeprefix("people ") for group in GROUPS if group.id in problem.groups]
    return f"{people[0]}{' and others' if len(people) > 1 else ''}" if people else "all people"
