"""`curbcut scan`: crawl the listed services and write a report."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from scanner.commands import options

if TYPE_CHECKING:
    from scanner.order import Order


def scan(
    targets: Annotated[
        list[str] | None,
        typer.Argument(metavar="TARGET", hidden=True),
    ] = None,
    output: options.Output = None,
    json: options.Json = None,
    config: options.Config = None,
    store: options.Store = None,
    max_pages: options.MaxPages = None,
    base_url: options.BaseUrl = None,
    concurrency: options.Concurrency = None,
    profile: options.Profile = None,
    browser: options.Browser = None,
    keep_evidence: options.KeepEvidence = None,
    deadline: options.Deadline = None,
    gate: options.Gate = False,
    fail_on: options.FailOn = None,
    baseline: options.BaselineFile = None,
    today: options.Today = None,
    resume: options.Resume = False,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask before scanning the list that comes along.")] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Only list which pages would be visited and why; opens no browser.")
    ] = False,
    timings: options.Times = False,
    plain: options.Plain = False,
    debug: options.Debug = False,
) -> int:
    """Crawl public services and check every page.

    TARGET is the address of a service or a file that lists services; without one it is ./sites.txt.
    """
    from scanner.look import look
    from scanner.order import Order, check_scopes
    from scanner.settings_sources import load_settings
    from scanner.targets import ask_before, chosen_targets
    from scanner.telling import Telling

    given = {
        "output": output, "store": store, "max_pages": max_pages, "concurrency": concurrency, "profile": profile,
        "base_url": base_url, "browser": browser, "keep_evidence": keep_evidence, "fail_on": fail_on,
        "baseline": baseline, "deadline_s": deadline,
    }  # fmt: skip
    settings = load_settings(config, given, cwd=Path.cwd())
    chosen = chosen_targets(targets or [], cwd=Path.cwd())
    check_scopes(chosen, settings)
    if dry_run:
        return _list_pages(Order(settings, chosen), json)
    telling = Telling.ready(settings, today=today or options.today(), json=json, gate=gate or bool(fail_on or baseline))
    if not yes and not resume:
        ask_before(chosen, settings)
    return look(Order(settings, chosen), telling, plain=plain, resume=resume, timings=timings)


def _list_pages(order: Order, json: Path | None) -> int:
    """The exit code after saying which pages a scan would begin with."""
    import asyncio
    from dataclasses import asdict

    from reports.jsontext import compact
    from reports.results import write_whole
    from scanner.forecast import forecasts, told
    from scanner.output import write

    found = asyncio.run(forecasts(order))
    if json is not None:
        write_whole(json, compact([asdict(one) for one in found]) + "\n")
    for line in told(found):
        write(line)
    return 0
