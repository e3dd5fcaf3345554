"""`curbcut audit`: judge kept evidence again with today's rules."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from scanner.commands import options


def audit(
    folder: Annotated[Path, typer.Argument(help="The evidence folder of a scan made with --keep-evidence.")],
    output: options.Output = None,
    json: options.Json = None,
    debug: options.Debug = False,
) -> int:
    """Judge kept evidence again: tells a change of the rules from a change of the site."""
    from scanner.evidence import audit_folder
    from scanner.verdicts import tell

    scan = audit_folder(folder)
    return tell(scan, folder=output or Path("curbcut-report"), json=json, gate=None, max_untested=1.0)
