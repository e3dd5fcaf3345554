"""Histories as lines for people and as plain data: dates, scans, states, and what people decided."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from reports.agreed import Agreed
from reports.history import Look, PageHistory, PageLook, ProblemHistory
from reports.model import Review
from reports.text import one_line, visible
from reports.traces import Moment
from reports.verdict import site_name
from reports.words import IMPACTS, STATES, counted, day

SHOWN = 50
Told = dict[str, object]


def problem_lines(
    one: ProblemHistory, *, agreed: Iterable[Agreed] = (), reviews: Iterable[Review] = ()
) -> Iterator[str]:
    """A problem's history, a fact to a line."""
    yield f"Problem {one.fingerprint} of {site_name(one.site)} ({visible(one.site.url)})"
    yield f"  {one.seen.headline}"
    yield f"  Check: {one_line(one.seen.rule.id, 60)}. {IMPACTS[one.seen.impact].label} ({one.seen.impact})."
    yield f"  First seen: {_when(one.first)}. Last seen: {_when(one.last)}."
    if one.fixed:
        yield f"  Fixed: {_when(one.fixed)}."
    for look in one.looks:
        yield f"  {_scan(look.when)}: {_look(look)}"
    yield from _decided(one, agreed, reviews)


def page_lines(one: PageHistory, *, agreed: Iterable[Agreed] = (), reviews: Iterable[Review] = ()) -> Iterator[str]:
    """A page's history: what each scan made of it, then every problem that was ever on it."""
    known, answers = tuple(agreed), tuple(reviews)
    yield f"Page {visible(one.url)} of {site_name(one.site)}"
    yield f"  First seen: {_when(one.looks[0].when)}. Last seen: {_when(one.looks[-1].when)}."
    for look in one.looks:
        yield f"  {_scan(look.when)}: {_page_look(look)}"
    for problem in one.problems[:SHOWN]:
        state = f"fixed {_when(problem.fixed)}" if problem.fixed else problem.looks[-1].state
        yield f"  {problem.fingerprint} {one_line(problem.seen.rule.id, 60)}: {problem.seen.headline}"
        yield f"      first seen {_when(problem.first)}, last seen {_when(problem.last)}, {state}"
        yield from (f"    {line}" for line in _decided(problem, known, answers))
    if len(one.problems) > SHOWN:
        yield f"  and {len(one.problems) - SHOWN:,} more in the JSON file"


def problem_json(one: ProblemHistory, *, agreed: Iterable[Agreed] = (), reviews: Iterable[Review] = ()) -> Told:
    """The same as plain data."""
    return {
        "fingerprint": one.fingerprint,
        "service": one.site.url,
        "rule": one.seen.rule.id,
        "impact": one.seen.impact,
        "message": one.seen.headline,
        "first_seen": _moment(one.first),
        "last_seen": _moment(one.last),
        "fixed": _moment(one.fixed) if one.fixed else None,
        "scans": [
            {**_moment(look.when), "state": look.state, "pages": look.pages, "count": look.count, "reason": look.reason}
            for look in one.looks
        ],
        "decisions": [line.strip() for line in _decided(one, agreed, reviews)],
    }


def page_json(one: PageHistory, *, agreed: Iterable[Agreed] = (), reviews: Iterable[Review] = ()) -> Told:
    """The same as plain data."""
    known, answers = tuple(agreed), tuple(reviews)
    return {
        "url": one.url,
        "service": one.site.url,
        "scans": [
            {
                **_moment(look.when),
                "state": look.state,
                "reason": look.reason,
                "problems": look.problems,
                "questions": look.questions,
            }
            for look in one.looks
        ],
        "problems": [problem_json(problem, agreed=known, reviews=answers) for problem in one.problems],
    }


def _decided(one: ProblemHistory, agreed: Iterable[Agreed], reviews: Iterable[Review]) -> Iterator[str]:
    for exception in agreed:
        places = one.seen.selectors or ("",)
        if any(exception.covers(one.seen.rule.id, one.fingerprint, place) for place in places):
            yield f"  Agreed exception: {one_line(exception.told, 300)}."
    for review in reviews:
        if review.fingerprint == one.fingerprint:
            said = "no problem" if review.answer == "no-problem" else "a problem"
            yield f"  {one_line(review.name, 60)} answered on {review.day} that it is {said}: {one_line(review.reason)}"


def _look(look: Look) -> str:
    if look.pages:
        times = f", {look.count:,} times" if look.count > look.pages else ""
        return f"{look.state}, on {counted(look.pages, 'page')}{times}"
    return f"{look.state}{f', as {one_line(look.reason)}' if look.reason else ''}"


def _page_look(look: PageLook) -> str:
    if look.state != "tested":
        return f"{STATES[look.state].label}{f': {one_line(look.reason)}' if look.reason else ''}"
    asked = f", {counted(look.questions, 'open question')}" if look.questions else ""
    return f"{counted(look.problems, 'problem')}{asked}"


def _when(when: Moment) -> str:
    return f"{day(when.day)} (scan {when.scan})"


def _scan(when: Moment) -> str:
    return f"Scan {when.scan}, {day(when.day)}"


def _moment(when: Moment) -> dict[str, object]:
    return {"day": when.day, "scan": when.scan}
