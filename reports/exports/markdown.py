"""The verdict as Markdown: a comment on a change, and the summary of a step, which is the same text.

Pages choose many of these words, so nothing of theirs can become markup, name a person or close a comment.
"""

from __future__ import annotations

from collections.abc import Sequence

from reports.exports.told import command, headline, is_quiet, label, place, title, where
from reports.gate import GateVerdict, Tracked
from reports.markup import code, marked_down, without_markup
from reports.model import Scan

MARK = "<!-- curbcut -->"
"""By this line a comment is found again, so that there is one of it and not one for each push."""

OPEN = 3
SHOWN = 20


def markdown(scan: Scan, verdict: GateVerdict) -> str:
    """The text: verdict, new problems (the first three unfolded), then everything else that is good to know."""
    heading = f"Curbcut: {title(verdict)}"
    if is_quiet(verdict):
        return f"{MARK}\n{marked_down(heading)}.\n"
    sentences = list(verdict.sentences)
    if verdict.exit_code == 1:
        # The heading has said it.
        sentences = sentences[1:]
    parts = [
        MARK,
        f"### {marked_down(heading)}",
        *_problems(verdict.new),
        "\n".join(f"- {marked_down(one)}" for one in sentences),
    ]
    return "\n\n".join(filter(None, parts)) + "\n"


def _problems(found: Sequence[Tracked]) -> list[str]:
    told = [_problem(one, is_open=number < OPEN) for number, one in enumerate(found[:SHOWN])]
    return [*told, *([f"And {len(found) - SHOWN:,} more, in the report."] if len(found) > SHOWN else [])]


def _problem(one: Tracked, *, is_open: bool) -> str:
    lines = [
        f"- Where: {code(where(one))}, {code(place(one))}",
        *([f"- Who: {marked_down(one.people)}"] if one.people else []),
        *([f"- How to fix: {marked_down(one.rule.fix)}"] if one.rule.fix else []),
        f"- See it here: {code(command(one))}",
    ]
    summary = f"<summary><b>{without_markup(label(one))}</b>: {without_markup(headline(one))}</summary>"
    return f"<details{' open' if is_open else ''}>{summary}\n\n" + "\n".join(lines) + "\n\n</details>"
