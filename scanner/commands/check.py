"""`curbcut check`: look at exactly these pages, no crawl."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from scanner.commands import options

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scanner.settings import Settings

Only = Annotated[
    list[str] | None, typer.Option("--only", metavar="RULE", help="Judge by this rule alone; may be given again.")
]
From = Annotated[Path | None, typer.Option("--from", metavar="FILE", help="A file with one address or file a line.")]


def check(
    pages: Annotated[list[str] | None, typer.Argument(metavar="URL|FILE", hidden=True)] = None,
    source: From = None,
    output: options.Output = None,
    json: options.Json = None,
    config: options.Config = None,
    store: options.Store = None,
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
    only: Only = None,
    highlight: Annotated[
        bool,
        typer.Option("--highlight", help="Show the page with what was found outlined; a picture without a screen."),
    ] = False,
    resume: options.Resume = False,
    timings: options.Times = False,
    plain: options.Plain = False,
    debug: options.Debug = False,
) -> int:
    """Check exactly these pages or files, in this order.

    A FILE is served on this machine while it is checked, from the present folder if it lies below it: so go to
    the folder that is the top of the site first.
    """
    from dataclasses import replace

    from rules.registry import load_rules
    from scanner.look import look
    from scanner.only import only as chosen_rules
    from scanner.settings_sources import load_settings
    from scanner.targets import pages_order
    from scanner.telling import Telling

    given = {
        "output": output, "store": store, "concurrency": concurrency, "profile": profile, "browser": browser,
        "base_url": base_url, "keep_evidence": keep_evidence, "fail_on": fail_on, "baseline": baseline,
        "deadline_s": deadline,
    }  # fmt: skip
    settings = load_settings(config, given, cwd=Path.cwd())
    rules = tuple(only or ())
    chosen_rules(load_rules(pin=settings.rules), rules)  # raises before anything is visited where there is no such rule
    with pages_order(pages or [], source, settings, cwd=Path.cwd()) as order:
        telling = Telling.ready(
            settings, today=today or options.today(), json=json, gate=gate or bool(fail_on or baseline)
        )
        code = look(replace(order, only=rules), telling, plain=plain, resume=resume, timings=timings)
        if highlight:
            _show(settings, order.served)
        return code


def _show(settings: Settings, served: Mapping[str, str]) -> None:
    """Show what the results say, where it is; files are visited where they are `served`."""
    import asyncio

    from reports.results import load_results
    from scanner.highlight import has_screen, spots
    from scanner.highlight import highlight as show
    from scanner.telling import RESULTS

    found = spots(load_results(settings.output / RESULTS), served)
    asyncio.run(show(found, browser=settings.browser, folder=settings.output, screen=has_screen()))
