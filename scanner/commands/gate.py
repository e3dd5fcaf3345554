"""`curbcut gate`: judge results that exist already."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from scanner.commands import options


def gate(
    results: Annotated[Path, typer.Argument(help="A results.json, or the report folder that holds one.")],
    config: options.Config = None,
    fail_on: options.FailOn = None,
    baseline: options.BaselineFile = None,
    debug: options.Debug = False,
) -> int:
    """End with 1 when results hold new problems, with 3 when too little was looked at."""
    from reports.results import load_results
    from scanner.settings import load_settings
    from scanner.verdicts import gate_lines, gate_of

    settings = load_settings(config, {"fail_on": fail_on, "baseline": baseline}, cwd=Path.cwd())
    path = results / "results.json" if results.is_dir() else results
    verdict = gate_of(load_results(path), settings)
    for line in gate_lines(verdict):
        typer.echo(line)
    return verdict.exit_code
