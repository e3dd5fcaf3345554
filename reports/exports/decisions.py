"""What people decided about each problem on each page, for exports that list them all."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import replace
from enum import StrEnum
from typing import NamedTuple

from reports.agreed import Agreed
from reports.baseline import identity_of
from reports.gate import GateVerdict
from reports.model import Review, Scan
from reports.problems import Hit, Problem, problems
from reports.reviews import answered, set_aside


class Status(StrEnum):
    """How a problem stands with those who answer for a service."""

    OPEN = "open"
    AGREED = "agreed"
    NO_PROBLEM = "not a problem"


class Decision(NamedTuple):
    """A status, and who decided what and why; empty where nobody did."""

    status: Status
    told: str = ""


Decider = Callable[[Problem, Hit | None], Decision]


class Listed(NamedTuple):
    """A problem with the function that says what was decided about it on a page."""

    problem: Problem
    decide: Decider


def listed_problems(scan: Scan, verdict: GateVerdict) -> Iterator[Listed]:
    """All problems as reports number them, then those that people judged to be none, numbered on.

    A scan keeps what checks found; here the answers of people are applied to it.
    """
    reviews = {review.fingerprint: review for review in scan.reviews}
    decide = decider(scan.agreed, reviews, over={exempt.agreed for exempt in verdict.exempt if exempt.over})
    standing = problems(answered(scan))
    yield from (Listed(problem, decide) for problem in standing)
    if not reviews:
        return
    for problem in problems(set_aside(scan)):
        review = reviews[identity_of(problem.rule.id, problem.fingerprint)]
        dismissed = Decision(Status.NO_PROBLEM, _answer(review))
        yield Listed(replace(problem, number=len(standing) + problem.number), lambda *_, told=dismissed: told)


def decider(agreed: tuple[Agreed, ...], reviews: dict[str, Review], *, over: set[Agreed]) -> Decider:
    """What says of a problem on a page what was decided; exceptions that are `over` leave it open."""
    by_rule: dict[str, list[Agreed]] = defaultdict(list)
    for one in agreed:
        by_rule[one.rule].append(one)

    def decide(problem: Problem, hit: Hit | None) -> Decision:
        name = identity_of(problem.rule.id, problem.fingerprint)
        selector = hit.place.selector if hit and hit.place else ""
        about = [one for one in by_rule.get(problem.rule.id, ()) if one.covers(one.rule, name, selector)]
        for one in about:
            if one not in over:
                return Decision(Status.AGREED, f"until {one.expires} ({one.owner}): {one.reason}")
        if about:
            return Decision(Status.OPEN, f"the agreed exception ended with {about[0].expires} ({about[0].owner})")
        return Decision(Status.OPEN, _answer(reviews[name]) if name in reviews else "")

    return decide


def _answer(review: Review) -> str:
    said = "not a problem" if review.answer == "no-problem" else "a problem"
    return f"{said}, says {review.name} on {review.day}: {review.reason}"
