"""Options that several commands share, with one wording."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def whole(text: str) -> int:
    """The whole number that a person typed."""
    if not (text.isascii() and text.isdecimal()):
        raise typer.BadParameter(f"expected a whole number, found {text[:40]!r}.")
    return int(text)


def day(text: str) -> str:
    """The day that a person typed, as in 2026-11-23."""
    from datetime import date

    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise typer.BadParameter(f"expected a day such as 2027-01-31, found {text[:40]!r}.") from None


def today() -> str:
    """The day on this machine's clock, which no code below the commands asks."""
    from datetime import date

    return date.today().isoformat()


def results_file(place: Path) -> Path:
    """The results file at a place that may also be the report folder that holds it."""
    return place / "results.json" if place.is_dir() else place


Results = Annotated[Path, typer.Argument(metavar="RESULTS", hidden=True)]
Output = Annotated[
    Path | None, typer.Option("--output", metavar="DIR", help="Folder for the report; curbcut-report by default.")
]
Json = Annotated[Path | None, typer.Option("--json", metavar="FILE", help="Write results.json here as well.")]
Config = Annotated[
    Path | None, typer.Option("--config", metavar="FILE", help="File of settings; ./curbcut.toml by default.")
]
Store = Annotated[
    str | None,
    typer.Option("--store", metavar="URL", help="Database of scans, a file or URL; .curbcut/curbcut.db by default."),
]
MaxPages = Annotated[
    int | None,
    typer.Option("--max-pages", metavar="N", parser=whole, help="Pages of each service, 0 for all; 50 by default."),
]
BaseUrl = Annotated[
    str | None,
    typer.Option("--base-url", metavar="URL", help="Visit a preview in the place of the service, page for page."),
]
Concurrency = Annotated[
    int | None,
    typer.Option(
        "--concurrency", metavar="N", parser=whole, help="Pages at the same time; by default one for each core."
    ),
]
Profile = Annotated[
    str | None,
    typer.Option("--profile", metavar="NAME", help="Standard that decides what is required; wcag22-aa by default."),
]
Browser = Annotated[
    str | None, typer.Option("--browser", metavar="PROGRAM", help="Browser to use, a path or a program's name.")
]
KeepEvidence = Annotated[
    bool | None, typer.Option("--keep-evidence", help="Keep the evidence of each page for `curbcut audit`.")
]
Resume = Annotated[bool, typer.Option("--resume", help="Go on with the scan that was stopped.")]
Gate = Annotated[bool, typer.Option("--gate", help="End with 1 when there are new problems.")]
FailOn = Annotated[
    str | None,
    typer.Option("--fail-on", metavar="IMPACT", help="Gate on problems of this impact and worse; serious by default."),
]
BaselineFile = Annotated[
    Path | None, typer.Option("--baseline", metavar="FILE", help="Gate on problems that this file does not know.")
]
Deadline = Annotated[
    int | None,
    typer.Option("--deadline", metavar="S", parser=whole, help="End after so many seconds with what there is, and 3."),
]
Today = Annotated[
    str | None,
    typer.Option("--today", metavar="DAY", parser=day, help="The day that the gate judges by; today's by default."),
]
Times = Annotated[bool, typer.Option("--timings", help="Say which part took how long.")]
Plain = Annotated[bool, typer.Option("--plain", help="Plain lines, no live display.")]
Debug = Annotated[bool, typer.Option("--debug", help="Show the traceback of an error.")]
