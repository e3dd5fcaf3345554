"""Options that several commands share, with one wording."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

Output = Annotated[Path | None, typer.Option("--output", help="Folder for the report.", show_default="curbcut-report")]
Json = Annotated[Path | None, typer.Option("--json", help="Write results.json here as well.")]
Config = Annotated[Path | None, typer.Option("--config", help="Configuration file.", show_default="curbcut.toml")]
Store = Annotated[str | None, typer.Option("--store", help="Database of scans.", show_default=".curbcut/curbcut.db")]
MaxPages = Annotated[int | None, typer.Option("--max-pages", help="Pages per service; 0 for all.", show_default="50")]
Concurrency = Annotated[int | None, typer.Option("--concurrency", help="Pages looked at at the same time.")]
Profile = Annotated[str | None, typer.Option("--profile", help="Standard that decides what is required.")]
Browser = Annotated[str | None, typer.Option("--browser", help="Browser to use.")]
Plain = Annotated[bool, typer.Option("--plain", help="Plain lines only: no live display.")]
KeepEvidence = Annotated[bool | None, typer.Option("--keep-evidence", help="Keep each page's evidence for `audit`.")]
Gate = Annotated[bool, typer.Option("--gate", help="End with 1 when there are new problems.")]
FailOn = Annotated[str | None, typer.Option("--fail-on", help="Impact from which on problems fail the gate.")]
BaselineFile = Annotated[Path | None, typer.Option("--baseline", help="File of known problems.")]
Debug = Annotated[bool, typer.Option("--debug", help="Show the traceback of an error.")]
