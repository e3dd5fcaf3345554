"""The verdict as Markdown: a comment on a change, and the summary of a step, which is the same text.

Pages choose many of these words, so nothing of theirs can become markup, name a person or close a comment.
"""

from __future__ import annotations

import html
import re
from collections.abc import Sequence

from reports.exports.told import command, headline, is_quiet, label, place, title, where
from reports.gate import GateVerdict, Tracked
from reports.model import Scan
from reports.text import one_line, visible

MARK = "<!-- curbcut -->"
"""By this line a comment is found again, so that there is one of it and not one for each push."""

OPEN = 3
SHOWN = 20

_MARKUP = re.compile(r"([\\`*_{}|~$])")


def markdown(scan: Scan, verdict: GateVerdict) -> str:
    """The text: verdict, new problems (the first three unfolded), then everything else that is good to know."""
    heading = f"Curbcut: {title(verdict)}"
    if is_quiet(verdict):
        return f"{MARK}\n{_safe(heading)}.\n"
    sentences = list(verdict.sentences)
    if verdict.exit_code == 1:
        # The heading has said it.
        sentences = sentences[1:]
    parts = [MARK, f"### {_safe(heading)}", *_problems(verdict.new), "\n".join(f"- {_safe(one)}" for one in sentences)]
    return "\n\n".join(filter(None, parts)) + "\n"


def _problems(found: Sequence[Tracked]) -> list[str]:
    told = [_problem(one, is_open=number < OPEN) for number, one in enumerate(found[:SHOWN])]
    return [*told, *([f"And {len(found) - SHOWN:,} more, in the report."] if len(found) > SHOWN else [])]


def _problem(one: Tracked, *, is_open: bool) -> str:
    lines = [
        f"- Where: {_code(where(one))}, {_code(place(one))}",
        *([f"- Who: {_safe(one.people)}"] if one.people else []),
        *([f"- How to fix: {_safe(one.rule.fix)}"] if one.rule.fix else []),
        f"- See it here: {_code(command(one))}",
    ]
    summary = f"<summary><b>{_html(label(one))}</b>: {_html(headline(one))}</summary>"
    return f"<details{' open' if is_open else ''}>{summary}\n\n" + "\n".join(lines) + "\n\n</details>"


def _safe(words: str) -> str:
    return _MARKUP.sub(r"\\\1", _html(words))


def _html(words: str) -> str:
    """Words without markup; a person, a team or a ticket that they name hears nothing of it."""
    plain = one_line(words, 600).replace("@", "(at)")
    plain = re.sub(r"#(?=\d)", "# ", plain)
    return html.escape(plain).replace("[", "&#91;").replace("]", "&#93;")


def _code(words: str) -> str:
    """Words as they are, in a fence that they cannot close."""
    text = visible(one_line(words, 2000))
    longest = max((len(run) for run in re.findall("`+", text)), default=0)
    fence = "`" * (longest + 1)
    pad = " " if "`" in text else ""
    return f"{fence}{pad}{text}{pad}{fence}"
