"""`curbcut baseline`: the file of known problems."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from scanner.commands import options

app = typer.Typer(help="Make a file of known problems, which then do not fail the gate.", rich_markup_mode=None)


@app.callback()
def _root() -> None:
    """Make a file of known problems, which then do not fail the gate."""


@app.command("create")
def create(
    results: options.Results,
    file: Annotated[Path, typer.Option("--file", metavar="FILE", help="The file to write.")] = Path(
        "curbcut-baseline.txt"
    ),
    debug: options.Debug = False,
) -> None:
    """Write every problem of these results into a baseline file, meant to be committed.

    RESULTS is a results.json, or the report folder that holds one.
    """
    from reports.baseline import baseline_of, save_baseline
    from reports.results import load_results
    from rules.errors import UsageError
    from scanner.output import write

    if file.exists():
        raise UsageError("The baseline exists already.", where=str(file), do="Delete it first, or name another --file.")
    known = baseline_of(load_results(options.results_file(results)))
    save_baseline(file, known)
    many = len(known.accepted)
    write(f"written: {file} with {many:,} known {'problem' if many == 1 else 'problems'}")
