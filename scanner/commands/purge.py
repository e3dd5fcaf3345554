"""`curbcut purge`: remove scans that are older than what is kept."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from scanner.commands import options

Keep = Annotated[
    str | None, typer.Option("--keep", metavar="TIME", help='How long scans are kept, such as "24 months".')
]
Today = Annotated[
    str | None,
    typer.Option("--today", metavar="DAY", parser=options.day, help="The day to count back from; today by default."),
]


def purge(
    keep: Keep = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would be removed.")] = False,
    config: options.Config = None,
    store: options.Store = None,
    today: Today = None,
    debug: options.Debug = False,
) -> int:
    """Remove scans from the store that are older than `keep` says; never the last one of a service."""
    from reports.keep import first_kept_day
    from reports.purge import old_scans, remove
    from reports.store import open_store
    from reports.words import counted, listed
    from rules.errors import UsageError
    from scanner.output import write
    from scanner.settings_sources import load_settings

    settings = load_settings(config, {"store": store, "keep": keep}, cwd=Path.cwd())
    if settings.keep is None:
        raise UsageError("Nothing says how long scans are kept.", do='Set keep = "24 months", or use --keep.')
    first = first_kept_day(settings.keep, today=today or options.today())
    with open_store(settings.store, create=False) as opened:
        found = old_scans(opened, before=first)
        gone = [scan for scan in found if not scan.reason]
        if not dry_run:
            remove(opened, gone)
    verb = "would be removed" if dry_run else "removed"
    for scan in found:
        what = f"scan {scan.number} of {scan.day}, {counted(scan.pages, 'page')} of {listed(scan.services)}"
        write(f"stays: {what}: {scan.reason}" if scan.reason else f"{verb}: {what}")
    write(f"{counted(len(gone), 'scan')} from before {first} {verb}.")
    return 0
