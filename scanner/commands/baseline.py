"""`curbcut baseline`: the file of known problems."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(help="Known problems that do not fail the gate.", no_args_is_help=True)


@app.command("create")
def create(
    results: Annotated[Path, typer.Argument(help="A results.json, or the report folder that holds one.")],
    file: Annotated[Path, typer.Option("--file", help="The file to write.")] = Path("curbcut-baseline.txt"),
) -> None:
    """Write every problem of these results into a baseline file, meant to be committed."""
    from reports.baseline import baseline_of, save_baseline
    from reports.results import load_results
    from rules.errors import UsageError

    if file.exists():
        raise UsageError("The baseline exists already.", where=str(file), do="Delete it first, or name another --file.")
    path = results / "results.json" if results.is_dir() else results
    known = baseline_of(load_results(path))
    save_baseline(file, known)
    typer.echo(f"written: {file} with {len(known.accepted)} known problems")
