"""`curbcut audit`: judge kept evidence again with today's rules."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from scanner.commands import options


def audit(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", hidden=True)],
    output: options.Output = None,
    json: options.Json = None,
    config: options.Config = None,
    gate: options.Gate = False,
    fail_on: options.FailOn = None,
    baseline: options.BaselineFile = None,
    today: options.Today = None,
    debug: options.Debug = False,
) -> int:
    """Judge kept evidence again with today's rules.

    FOLDER is the `evidence` in the report folder of a scan with --keep-evidence. No page is visited, so what
    differs from that scan comes from the rules, not from the site.
    """
    from reports.assets import folder_assets
    from scanner.evidence import audit_folder
    from scanner.settings_sources import load_settings
    from scanner.telling import Telling

    given = {"output": output, "fail_on": fail_on, "baseline": baseline}
    settings = load_settings(config, given, cwd=Path.cwd())
    telling = Telling.ready(settings, today=today or options.today(), json=json, gate=gate or bool(fail_on or baseline))
    return telling.tell(audit_folder(folder, style=settings.style), assets=folder_assets(folder.parent))
