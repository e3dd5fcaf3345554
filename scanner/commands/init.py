"""`curbcut init`: the first files of a project, and its first baseline."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from scanner.commands import options

Service = Annotated[str, typer.Argument(metavar="URL", hidden=True)]
Contact = Annotated[
    str, typer.Option("--contact", metavar="ADDRESS", help="An e-mail address or URL that visited servers are told.")
]
NoScan = Annotated[bool, typer.Option("--no-scan", help="Only write the files; no first scan and no baseline.")]

_LINES = (
    (".gitattributes", "curbcut-baseline.txt merge=union"),
    (".gitignore", ".curbcut/"),
    (".gitignore", "curbcut-report/"),
)
"""What files that git reads have to say, each in a line of its own."""


def init(
    url: Service,
    profile: options.Profile = None,
    contact: Contact = "",
    no_scan: NoScan = False,
    browser: options.Browser = None,
    plain: options.Plain = False,
    debug: options.Debug = False,
) -> int:
    """Write settings, a list of services, a workflow and a first baseline for a service.

    URL is the address of the service. Files that are there already are never written over.
    """
    from reports.results import write_whole
    from rules.errors import UsageError
    from scanner.output import write
    from scanner.settings import Settings
    from scanner.sites import parse_target
    from scanner.starter import starter_files, with_line

    target = parse_target(url)
    _check(profile, contact)
    usual = str(Settings.model_fields["profile"].default)
    files = starter_files(target.url, profile=profile or usual, contact=contact)
    for name in files:
        if Path(name).exists():
            raise UsageError("This file exists already, and nothing was written.", where=name)
    for name, text in files.items():
        write_whole(Path(name), text)
        write(f"written: {name}")
    for name, line in _LINES:
        path = Path(name)
        old = path.read_text("utf-8") if path.exists() else ""
        if (new := with_line(old, line)) != old:
            write_whole(path, new)
            write(f"written: {name} ({line})")
    if no_scan:
        write("next: curbcut scan, then curbcut baseline create curbcut-report")
        return 0
    return _first_scan(browser, plain=plain)


def _check(profile: str | None, contact: str) -> None:
    """Raises what the settings would say of these values."""
    from scanner.settings_sources import load_settings

    load_settings(None, {"profile": profile, "contact": contact or None}, cwd=Path.cwd())


def _first_scan(browser: str | None, *, plain: bool) -> int:
    """The exit code of a first scan; what it finds is the baseline where it could be judged."""
    from scanner.commands.baseline import create
    from scanner.commands.scan import scan

    # Without a gate no baseline is read, so it does not matter that there is none yet.
    code = scan(browser=browser, plain=plain, yes=True)
    if code == 0:
        create(Path("curbcut-report"))
    return code
