"""The verdict in plain lines for a terminal or a log: what it says, what is new, whom it stops, how to fix it."""

from __future__ import annotations

from reports.exports.told import STATES, command, headline, place, where
from reports.gate import GateVerdict
from reports.model import Scan
from reports.text import one_line

SHOWN = 10
EXPLAINED = 3


def text(scan: Scan, verdict: GateVerdict) -> str:
    """The lines, the state first; the gravest new problems are explained, the others named."""
    return "\n".join(text_lines(verdict)) + "\n"


def text_lines(verdict: GateVerdict) -> list[str]:
    """The same as a list of lines."""
    first = verdict.sentences[0].removeprefix("Not judged: ")
    lines = [f"{STATES[verdict.exit_code]}: {first}", *(f"  {sentence}" for sentence in verdict.sentences[1:])]
    for place_in_list, one in enumerate(verdict.new[:SHOWN]):
        lines.append(f"  new: {headline(one).rstrip('.')} ({one.impact}, {one.rule.id})")
        lines.append(f"       {where(one)}")
        lines.append(f"       {place(one)}")
        if place_in_list < EXPLAINED:
            lines += [f"       who: {one.people}"] if one.people else []
            lines += [f"       fix: {one_line(one.rule.fix, 300)}"] if one.rule.fix else []
            lines.append(f"       see it here: {command(one)}")
    if len(verdict.new) > SHOWN:
        lines.append(f"  and {len(verdict.new) - SHOWN:,} more, in the report")
    return lines
