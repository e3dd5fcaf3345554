"""`curbcut doctor`: what this machine offers, what is wrong, and what helps."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from scanner.commands import options

if TYPE_CHECKING:
    from scanner.doctor import Check

JsonFile = Annotated[Path | None, typer.Option("--json", help="Write the checks here as well; - for standard output.")]


def doctor(
    url: Annotated[str | None, typer.Argument(help="A page that should be reachable from here.")] = None,
    browser: options.Browser = None,
    output: options.Output = None,
    store: options.Store = None,
    config: options.Config = None,
    json: JsonFile = None,
    debug: options.Debug = False,
) -> int:
    """Try what a scan needs (browser, sandbox, fonts, network, folders) and say what helps; 2 when something fails."""
    import asyncio
    import os

    from rules.errors import ConfigError
    from scanner.doctor import Check, examine
    from scanner.output import write
    from scanner.settings import Settings
    from scanner.settings_sources import load_settings
    from scanner.sites import parse_target

    first: list[Check] = []
    address = parse_target(url).url if url else None
    given = {"browser": browser, "output": output, "store": store}
    try:
        settings = load_settings(config, given, cwd=Path.cwd())
    except ConfigError as error:
        first.append(Check("settings", "fail", str(error), "Correct the file; the checks below use no settings."))
        settings = Settings()
    checks = [*first, *asyncio.run(examine(settings, environ=os.environ, url=address))]
    if json:
        _write(checks, json)
    for check in checks if str(json) != "-" else ():
        write(f"{check.state:<5} {check.topic}: {check.found}", *([f"      fix: {check.fix}"] if check.fix else []))
    return 2 if any(check.state == "fail" for check in checks) else 0


def _write(checks: Sequence[Check], path: Path) -> None:
    import json

    from rules.errors import EnvironmentFault
    from scanner.doctor import as_json
    from scanner.output import write

    text = json.dumps(as_json(checks), indent=2, sort_keys=True, ensure_ascii=False) + "\n"
    if str(path) == "-":
        write(*text.splitlines())
        return
    try:
        path.write_text(text, "utf-8")
    except OSError as error:
        raise EnvironmentFault(f"cannot be written: {error.strerror}.", where=str(path)) from error
