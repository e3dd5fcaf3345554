"""The command line: which commands there are and how `--help` groups them.

Each command lives in a module of its own that imports only the standard library and typer at the top, so
that `--help`, `gate` and `report` start without loading what only a scan needs.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib.metadata import version
from typing import Annotated

import typer
from typer.main import get_command

from scanner.commands import audit, baseline, check, demo, gate, report, rules, scan

app = typer.Typer(
    name="curbcut",
    help="Measures how navigable public services are for people of all abilities.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Exit codes: 0 done, 1 the gate failed, 2 wrong usage or settings, 3 not judged, 4 a defect in Curbcut.",
)

START, FIX, GATE, REPORT = "Start", "Fix", "Gate", "Report"

app.command("demo", rich_help_panel=START)(demo.demo)
app.command("scan", rich_help_panel=START)(scan.scan)
app.command("check", rich_help_panel=FIX)(check.check)
app.command("rules", rich_help_panel=FIX)(rules.rules)
app.command("audit", rich_help_panel=FIX)(audit.audit)
app.command("gate", rich_help_panel=GATE)(gate.gate)
app.add_typer(baseline.app, name="baseline", rich_help_panel=GATE)
app.command("report", rich_help_panel=REPORT)(report.report)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"curbcut {version('curbcut')}")
        raise typer.Exit


@app.callback()
def _root(
    _: Annotated[bool, typer.Option("--version", help="Show the version.", callback=_version, is_eager=True)] = False,
) -> None:
    """Measures how navigable public services are for people of all abilities."""


def dispatch(arguments: Sequence[str]) -> int:
    """The exit code of a command; errors of usage are told by typer itself and give 2."""
    result = get_command(app).main(list(arguments), prog_name="curbcut", standalone_mode=False)
    return result if isinstance(result, int) else 0
