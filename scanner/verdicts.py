"""The gate's verdict on results, and how it is told in plain lines."""

from __future__ import annotations

from reports.baseline import Baseline, load_baseline
from reports.gate import GateVerdict, judge_gate
from reports.model import Scan
from scanner.settings import Settings

NEW_SHOWN = 10


def known_problems(settings: Settings) -> Baseline | None:
    """The baseline that the settings name; None where they name none."""
    return load_baseline(settings.baseline) if settings.baseline else None


def gate_of(scan: Scan, settings: Settings, known: Baseline | None) -> GateVerdict:
    """What the gate says of a scan under these settings."""
    return judge_gate(scan, fail_on=settings.fail_on, baseline=known, max_untested=settings.max_untested)


def gate_lines(verdict: GateVerdict) -> list[str]:
    """The gate's verdict in plain lines: what it says first, then each new problem with its place."""
    state = {0: "ok", 1: "failed", 3: "not judged"}[verdict.exit_code]
    first = verdict.sentences[0].removeprefix("Not judged: ")
    lines = [f"{state}: {first}", *(f"  {sentence}" for sentence in verdict.sentences[1:])]
    for problem in verdict.new[:NEW_SHOWN]:
        times = f"{problem.count} times on " if problem.count > 1 else ""
        before = f" (known: {problem.allowed})" if problem.allowed else ""
        pages = problem.pages - 1
        more = f" and on {pages:,} more {'page' if pages == 1 else 'pages'}" if pages > 0 else ""
        lines.append(f"  new: {problem.message.rstrip('.')} ({problem.impact}, {problem.rule})")
        lines.append(f"       {times}{problem.page}{before}{more}")
        lines.append(f"       {problem.selector or 'the page as a whole'}")
    if len(verdict.new) > NEW_SHOWN:
        lines.append(f"  and {len(verdict.new) - NEW_SHOWN:,} more, in the report")
    return lines
