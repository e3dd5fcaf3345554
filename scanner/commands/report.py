"""`curbcut report`: write the report of results that exist already."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from scanner.commands import options


def report(
    results: Annotated[Path, typer.Argument(help="A results.json.")],
    output: options.Output = None,
    debug: options.Debug = False,
) -> int:
    """Write the report of a results.json again; the same results give the same bytes."""
    from reports.html.report import write_report
    from reports.results import load_results
    from reports.score import score_scan

    scan = load_results(results)
    written = write_report(scan, score_scan(scan), output or Path("curbcut-report"))
    typer.echo(f"written: {written[0]}")
    return 0
