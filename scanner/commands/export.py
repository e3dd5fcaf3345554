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
    """Write the gate's verdict as text, markdown, github, junit or sarif, or results as earl, json, jsonl, csv or xlsx.

    FORMAT is one of these; RESULTS is a results.json, or the report folder that holds one. The exit code is 0 whatever
    the verdict is, so that a build can go on to upload it.
    """
    from reports.exports import FILES, FORMATS
    from reports.results import load_results, whole_file, write_whole
    from rules.errors import UsageError
    from scanner.output import pour, write
    from scanner.settings_sources import load_settings
    from scanner.verdicts import Decisions

    if format not in FORMATS and format not in FILES:
        raise UsageError(f"There is no format {format[:40]!r}.", do=f"Use one of: {', '.join([*FORMATS, *FILES])}.")
    if format in FILES and output is None:
        raise UsageError(
            f"{format} is no text, so it is only written to a file.", do=f"Name one: --output problems.{format}."
        )
    settings = load_settings(config, {"fail_on": fail_on, "baseline": baseline}, cwd=Path.cwd())
    decisions = Decisions.of(settings, today=today or options.today())
    scan = decisions.on(load_results(options.results_file(results)))
    verdict = decisions.verdict(scan)
    if output is None:
        pour(FORMATS[format](scan, verdict))
        return 0
    if format in FILES:
        with whole_file(output) as file:
            FILES[format](scan, verdict, file)
    else:
        write_whole(output, FORMATS[format](scan, verdict))
    write(f"written: {output}")
    return 0
