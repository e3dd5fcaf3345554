"""`curbcut gate`: judge results that exist already."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from scanner.commands import options

Before = Annotated[
    Path | None, typer.Option("--before", metavar="RESULTS", help="Earlier results to compare scores with.")
]


def gate(
    results: options.Results,
    config: options.Config = None,
    fail_on: options.FailOn = None,
    baseline: options.BaselineFile = None,
    before: Annotated[
        Path | None, typer.Option("--before", metavar="RESULTS", help="Earlier results to compare scores with.")
    ] = None,
    today: options.Today = None,
    debug: options.Debug = False,
) -> int:
    """Judge results: 1 for new problems, 3 when too little was looked at.

    RESULTS is a results.json, or the report folder that holds one.
    """
    from reports.exports.text import text_lines
    from reports.results import load_results
    from scanner.output import write
    from scanner.settings_sources import load_settings
    from scanner.verdicts import Decisions

    settings = load_settings(config, {"fail_on": fail_on, "baseline": baseline}, cwd=Path.cwd())
    decisions = Decisions.of(settings, today=today or options.today())
    scan = decisions.on(load_results(options.results_file(results)))
    earlier = decisions.on(load_results(options.results_file(before))) if before else None
    verdict = decisions.verdict(scan, before=earlier)
    write(*text_lines(verdict))
    return verdict.exit_code
