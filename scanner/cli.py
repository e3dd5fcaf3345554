"""The command line: which commands there are and how `--help` groups them.

Each command lives in a module of its own that imports only the standard library and typer at the top, so
that `--help`, `gate` and `report` start without loading what only a scan needs. Help and errors are plain
text everywhere: boxes are noise to a screen reader and in a log.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from importlib.metadata import version
from typing import Annotated, Any, ParamSpec

import typer
from typer.core import TyperGroup
from typer.main import get_command

from rules.errors import UsageError
from scanner.commands import (
    audit,
    baseline,
    check,
    demo,
    doctor,
    explain_score,
    export,
    gate,
    history,
    init,
    language,
    periodic,
    purge,
    report,
    review,
    rules,
    scan,
)

P = ParamSpec("P")

LONGEST = 200
START, FIX, GATE, REPORT = "Start", "Fix", "Gate", "Report"

# typer brings its own copy of click, whose errors have no public name but through their subclass.
_WrongUsage: type[Any] = typer.BadParameter.__mro__[1]


class Commands(TyperGroup):
    """The commands, in `--help` under the heading of what a person wants to do."""

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """Write one list of commands for each heading."""
        panels: dict[str, list[tuple[str, str]]] = {}
        for name, command in self.commands.items():
            heading = str(getattr(command, "rich_help_panel", "") or "Commands")
            panels.setdefault(heading, []).append((name, command.get_short_help_str(LONGEST)))
        longest = max(map(len, self.commands), default=0)
        for heading, rows in panels.items():
            with formatter.section(heading):
                formatter.write_dl([(name.ljust(longest), text) for name, text in rows])


app = typer.Typer(
    name="curbcut",
    cls=Commands,
    help="Measures how navigable public services are for people of all abilities.",
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Exit codes: 0 done, 1 the gate failed, 2 wrong usage or settings, 3 not judged, 4 a defect in Curbcut.",
)


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
    ("init", START, init.init),
    ("doctor", START, doctor.doctor),
    ("check", FIX, check.check),
    ("language", FIX, language.language),
    ("rules", FIX, rules.rules),
    ("audit", FIX, audit.audit),
    ("gate", GATE, gate.gate),
    ("review", GATE, review.review),
    ("report", REPORT, report.report),
    ("export", REPORT, export.export),
    ("history", REPORT, history.history),
    ("periodic", REPORT, periodic.periodic),
    ("purge", REPORT, purge.purge),
    ("explain-score", REPORT, explain_score.explain_score),
):
    app.command(_name, rich_help_panel=_panel)(_ending(_command))
app.add_typer(baseline.app, name="baseline", rich_help_panel=GATE)


def dispatch(arguments: Sequence[str]) -> int:
    """The exit code of a command line; raises what goes wrong, wrong usage as UsageError."""
    command = get_command(app)
    try:
        with command.make_context("curbcut", list(arguments) or ["--help"]) as context:
            command.invoke(context)
    except typer.Exit as end:
        return end.exit_code
    except typer.Abort:
        raise KeyboardInterrupt from None
    except _WrongUsage as error:
        path = error.ctx.command_path if error.ctx else "curbcut"
        raise UsageError(error.format_message().replace("\n", " "), do=f"See: {path} --help") from None
    return 0
