"""The words that every format of a verdict shares: what it says first, and what is to be said of a problem."""

from __future__ import annotations

import shlex

from reports.gate import GateVerdict, Tracked
from reports.gate.tracking import State
from reports.text import one_line
from reports.words import IMPACTS, counted, started

STATES = {0: "ok", 1: "failed", 3: "not judged"}


def title(verdict: GateVerdict) -> str:
    """The verdict in a few words; never a score, and at exit code 3 nobody's fault."""
    if verdict.exit_code == 3:
        return "could not judge this change"
    if verdict.exit_code == 1:
        return started(one_line(verdict.sentences[0], 200)).rstrip(".")
    return f"nothing that fails found by automated checks on {counted(verdict.looked_at, 'page')}"


def is_quiet(verdict: GateVerdict) -> bool:
    """Whether there is nothing to say but that nothing changed."""
    changed = verdict.in_state(State.NEW, State.NEWLY_DETECTED, State.FIXED, State.MOVED)
    return verdict.exit_code == 0 and not (changed or verdict.broken or verdict.unstable or verdict.exempt)


def headline(one: Tracked) -> str:
    """What is wrong, in a sentence."""
    return one_line(one.worst.message or f"This is not so everywhere: {one.rule.title}", 180)


def where(one: Tracked) -> str:
    """The page that has most of it, how many of it, and how many pages more."""
    spot, more = one.worst, len(one.spots) - 1
    times = f"{spot.count} times on " if spot.count > 1 else ""
    known = f" (known: {one.allowed})" if one.allowed else ""
    return f"{times}{one_line(spot.page, 300)}{known}" + (f" and on {counted(more, 'more page')}" if more > 0 else "")


def place(one: Tracked) -> str:
    """The first place on that page."""
    return one_line(one.worst.selector, 200) or "the page as a whole"


def label(one: Tracked) -> str:
    """How bad it is, in the words of the report."""
    return IMPACTS[one.impact].label


def command(one: Tracked) -> str:
    """The one command that shows the problem on this machine."""
    return f"curbcut check {shlex.quote(one_line(one.worst.page, 2000))} --only {shlex.quote(one.rule.id)}"
