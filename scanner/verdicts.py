"""What a finished scan leads to: files, last words and the exit code."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import typer

from reports.baseline import load_baseline
from reports.gate import GateVerdict, judge_gate
from reports.html.report import write_report
from reports.model import Scan
from reports.results import save_results
from reports.score import score_scan
from reports.summary import summary_lines
from scanner.settings import Settings

NEW_SHOWN = 10


def gate_of(scan: Scan, settings: Settings) -> GateVerdict:
    """What the gate says of a scan under these settings."""
    baseline = load_baseline(settings.baseline) if settings.baseline else None
    return judge_gate(scan, fail_on=settings.fail_on, baseline=baseline, max_untested=settings.max_untested)


def gate_lines(verdict: GateVerdict) -> list[str]:
    """The gate's verdict in plain lines: what it says first, then each new problem with its place."""
    state = {0: "ok", 1: "failed", 3: "not judged"}[verdict.exit_code]
    lines = [f"{state}: {verdict.sentences[0]}", *(f"  {sentence}" for sentence in verdict.sentences[1:])]
    for problem in verdict.new[:NEW_SHOWN]:
        times = f"{problem.count} times on " if problem.count > 1 else ""
        before = f" (known: {problem.allowed})" if problem.allowed else ""
        more = f" and on {problem.pages - 1} more pages" if problem.pages > 1 else ""
        lines.append(f"  new: {problem.message.rstrip('.')} ({problem.impact}, {problem.rule})")
        lines.append(f"       {times}{problem.page}{before}{more}")
        lines.append(f"       {problem.selector or 'the page as a whole'}")
    if len(verdict.new) > NEW_SHOWN:
        lines.append(f"  and {len(verdict.new) - NEW_SHOWN} more, in the report")
    return [_plain(line) for line in lines]


def tell(scan: Scan, *, folder: Path, json: Path | None, gate: GateVerdict | None, max_untested: float) -> int:
    """The exit code of a scan, after its report, results and last words are written.

    Without a gate a scan still ends with 3 when too little could be looked at: that is never a good result.
    """
    scores = score_scan(scan)
    written = write_report(scan, scores, folder)
    results = folder / "results.json"
    facts = scores.as_json()
    for path in (results, *([json] if json else [])):
        save_results(path, scan, facts)
    verdict = gate or judge_gate(scan, max_untested=max_untested)
    code = verdict.exit_code if gate else (3 if verdict.gaps else 0)
    if gate:
        for line in gate_lines(gate):
            typer.echo(line)
    paths: Mapping[str, object] = {"Report": written[0], "Results": json or results}
    for line in summary_lines(
        scan, scores, paths=paths, exit_code=code, reason=_reason(verdict, code, gated=bool(gate))
    ):
        typer.echo(line)
    return code


def _reason(verdict: GateVerdict, code: int, *, gated: bool) -> str:
    if code == 3:
        return verdict.gaps[0]
    if gated:
        return verdict.sentences[0]
    return "everything that was asked for was looked at; no gate was asked for."


def _plain(text: str) -> str:
    return "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text)
