"""`curbcut export`: results, and the gate's verdict on them, in a format of other programs."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from scanner.commands import options

Format = Annotated[str, typer.Argument(metavar="FORMAT", hidden=True)]
Target = Annotated[
    Path | None, typer.Option("--output", metavar="FILE", help="The file to write; standard output by default.")
]


def export(
    format: Format,
    results: options.Results,
    output: Target = None,
    config: options.Config = None,
    fail_on: options.FailOn = None,
    baseline: options.BaselineFile = None,
    today: options.Today = None,
    debug: options.Debug = False,
) -> int:
    """Write the gate's verdict as text, markdown, github, junit or sarif, or results as earl, json, jsonl or csv.

    FORMAT is one of these; RESULTS is a results.json, or the report folder that holds one. The exit code is 0 whatever
    the verdict is, so that a build can go on to upload it.
    """
    from reports.exports import FORMATS
    from reports.results import load_results, write_whole
    from rules.errors import UsageError
    from scanner.output import pour, write
    from scanner.settings_sources import load_settings
    from scanner.verdicts import Decisions

    if format not in FORMATS:
        raise UsageError(f"There is no format {format[:40]!r}.", do=f"Use one of: {', '.join(FORMATS)}.")
    settings = load_settings(config, {"fail_on": fail_on, "baseline": baseline}, cwd=Path.cwd())
    decisions = Decisions.of(settings, today=today or options.today())
    scan = decisions.on(load_results(options.results_file(results)))
    document = FORMATS[format](scan, decisions.verdict(scan))
    if output is None:
        pour(document)
        return 0
    write_whole(output, document)
    write(f"written: {output}")
    return 0
