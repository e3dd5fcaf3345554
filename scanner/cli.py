"""The command line: which commands there are and how `--help` groups them.

Each command lives in a module of its own that imports only the standard library and typer at the top, so
that `--help`, `gate` and `report` start without loading what only a scan needs.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from importlib.metadata import version
from typing import Annotated, ParamSpec

import typer
from typer.main import get_command

from scanner.commands import audit, baseline, check, demo, doctor, gate, report, rules, scan

P = ParamSpec("P")

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


def _ending(command: Callable[P, int]) -> Callable[P, None]:
    """The command as typer runs it: its return value is the exit code."""

    @functools.wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> None:
        raise typer.Exit(command(*args, **kwargs))

    return run


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"curbcut {version('curbcut')}")
        raise typer.Exit


@app.callback()
def _root(
    _: Annotated[bool, typer.Option("--version", help="Show the version.", callback=_version, is_eager=True)] = False,
) -> None:
    """Measures how navigable public services are for people of all abilities."""


for _name, _panel, _command in (
    ("demo", START, demo.demo),
    ("scan", START, scan.scan),
    ("doctor", START, doctor.doctor),
    ("check", FIX, check.check),
    ("rules", FIX, rules.rules),
    ("audit", FIX, audit.audit),
    ("gate", GATE, gate.gate),
    ("report", REPORT, report.report),
):
    app.command(_name, rich_help_panel=_panel)(_ending(_command))
app.add_typer(baseline.app, name="baseline", rich_help_panel=GATE)


def dispatch(arguments: Sequence[str]) -> int:
    """The exit code of a command; what is wrong with its usage typer says itself, with 2."""
    try:
        get_command(app).main(list(arguments), prog_name="curbcut")
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else 0
    return 0
