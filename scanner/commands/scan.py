"""`curbcut scan`: crawl the listed services and write a report."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from scanner.commands import options


def scan(
    targets: Annotated[list[str] | None, typer.Argument(help="Addresses or lists; none for ./sites.txt.")] = None,
    output: options.Output = None,
    json: options.Json = None,
    config: options.Config = None,
    store: options.Store = None,
    max_pages: options.MaxPages = None,
    concurrency: options.Concurrency = None,
    profile: options.Profile = None,
    browser: options.Browser = None,
    keep_evidence: options.KeepEvidence = None,
    gate: options.Gate = False,
    fail_on: options.FailOn = None,
    baseline: options.BaselineFile = None,
    resume: Annotated[bool, typer.Option("--resume", help="Go on with the scan that was stopped.")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask before scanning the list that comes along.")] = False,
    plain: options.Plain = False,
    debug: options.Debug = False,
) -> int:
    """Crawl public services, run every check on every page and write a report."""
    from scanner.look import Telling, look
    from scanner.order import Order
    from scanner.settings import load_settings
    from scanner.targets import ask_before, chosen_targets

    given = {
        "output": output, "store": store, "max_pages": max_pages, "concurrency": concurrency, "profile": profile,
        "browser": browser, "keep_evidence": keep_evidence, "fail_on": fail_on, "baseline": baseline,
    }  # fmt: skip
    settings = load_settings(config, given, cwd=Path.cwd())
    chosen = chosen_targets(targets or [], cwd=Path.cwd())
    if not yes and not resume:
        ask_before(chosen, settings)
    order = Order(settings, chosen)
    return look(order, Telling(plain=plain, json=json, gate=gate, resume=resume))
