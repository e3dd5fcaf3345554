"""What a list of problems can be narrowed by, and what each problem is in each of these respects.

The values stand in the document as plain attributes; the script of the report shows the controls and applies them.
Without it the whole list stays in sight.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from reports.baseline import identity_of
from reports.effort import WORDS, Effort, effort
from reports.html.findings import Findings
from reports.html.untested import criterion_text
from reports.kinds import kind_name
from reports.model import SiteResult
from reports.problems import Hit, Problem
from reports.text import one_line
from reports.words import ROLES, STANDINGS, started
from rules.standards.abilities import GROUPS

OPTIONS = 30
"""Values of one facet at most, those of most problems; a list that goes on for longer helps nobody to choose."""


class Option(NamedTuple):
    """A value that can be chosen; `token` stands for it in the attributes of problems."""

    token: str
    text: str
    problems: int


class Facet(NamedTuple):
    """A respect in which problems differ."""

    key: str
    label: str
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class Facets:
    """The controls of a list, and by the number of each problem its tokens by facet."""

    shown: tuple[Facet, ...]
    tokens: Mapping[int, Mapping[str, str]]


class _Value(NamedTuple):
    """A value with its place among those of its facet."""

    rank: tuple[object, ...]
    text: str


_Reader = Callable[[Findings, Problem], Iterable[_Value]]


def facets(findings: Findings, found: Sequence[Problem]) -> Facets:
    """The facets in which some of these problems differ."""
    shown: list[Facet] = []
    tokens: dict[int, dict[str, str]] = {problem.number: {} for problem in found}
    for key, (label, read) in _READERS.items():
        values = {problem.number: frozenset(read(findings, problem)) for problem in found}
        counts = Counter(value for chosen in values.values() for value in chosen)
        most = sorted(counts, key=lambda value: (-counts[value], value.rank, value.text))[:OPTIONS]
        numbers = {value: str(at) for at, value in enumerate(sorted(most, key=lambda value: (value.rank, value.text)))}
        if len(set(values.values())) < 2:
            continue
        shown.append(
            Facet(key, label, tuple(Option(token, value.text, counts[value]) for value, token in numbers.items()))
        )
        for number, chosen in values.items():
            if mine := sorted((numbers[value] for value in chosen if value in numbers), key=int):
                tokens[number][key] = " ".join(mine)
    return Facets(tuple(shown), tokens)


def _group(_: Findings, problem: Problem) -> Iterable[_Value]:
    return (_Value((at,), started(group.people)) for at, group in enumerate(GROUPS) if group.id in problem.groups)


def _criterion(_: Findings, problem: Problem) -> Iterable[_Value]:
    # The length comes first, so that 2.4.11 stands after 2.4.9.
    for number in problem.rule.wcag:
        yield _Value(tuple((len(part), part) for part in number.split(".")), one_line(criterion_text(number), 60))


def _standing(_: Findings, problem: Problem) -> Iterable[_Value]:
    yield _Value((list(STANDINGS).index(problem.standing),), started(STANDINGS[problem.standing]))


def _status(findings: Findings, problem: Problem) -> Iterable[_Value]:
    """What people decided: an exception counts only where it is about every place of the problem."""
    name = identity_of(problem.rule.id, problem.fingerprint)
    if problem.hits and all(_is_agreed(findings, problem, name, hit) for hit in problem.hits):
        yield _Value((1,), "Agreed exception")
    elif any(review.fingerprint == name for review in findings.scan.reviews):
        yield _Value((2,), "Confirmed by a person")
    else:
        yield _Value((0,), "Open")


def _is_agreed(findings: Findings, problem: Problem, name: str, hit: Hit) -> bool:
    selector = hit.place.selector if hit.place else ""
    return any(agreed.covers(problem.rule.id, name, selector) for agreed in findings.scan.agreed)


def _kind(findings: Findings, problem: Problem) -> Iterable[_Value]:
    site = findings.scan.sites[problem.site]
    names = _kind_names(site)
    templates = {site.pages[hit.page].template for hit in problem.hits}
    return (_Value((), names[template]) for template in templates if template in names)


def _kind_names(site: SiteResult) -> dict[str, str]:
    return {kind.template: started(kind_name(kind)) for kind in site.sample.kinds if kind.template}


def _effort(_: Findings, problem: Problem) -> Iterable[_Value]:
    where = effort(problem)
    yield _Value((list(Effort).index(where),), started(WORDS[where].where))


def _role(_: Findings, problem: Problem) -> Iterable[_Value]:
    yield _Value((list(ROLES).index(problem.rule.role),), started(ROLES[problem.rule.role]))


def _owner(findings: Findings, problem: Problem) -> Iterable[_Value]:
    teams, named = findings.owned.owners.teams, findings.owned.teams_of(problem)
    yield from (_Value((teams.index(owner),), one_line(owner.team, 60)) for owner in named)
    if not named:
        yield _Value((len(teams),), "Nobody named")


_READERS: Mapping[str, tuple[str, _Reader]] = {
    "group": ("Group of people", _group),
    "criterion": ("Success criterion", _criterion),
    "standing": ("How it counts", _standing),
    "status": ("Status", _status),
    "kind": ("Kind of page", _kind),
    "effort": ("Where the fix is", _effort),
    "role": ("Who fixes it", _role),
    "owner": ("Owner", _owner),
}
