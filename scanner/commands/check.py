"""`curbcut check`: look at exactly these pages, no crawl."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from scanner.commands import options


def check(
    pages: Annotated[list[str] | None, typer.Argument(help="Addresses or HTML files.")] = None,
    source: Annotated[Path | None, typer.Option("--from", help="A file with one address a line.")] = None,
    output: options.Output = None,
    json: options.Json = None,
    config: options.Config = None,
    store: options.Store = None,
    concurrency: options.Concurrency = None,
    profile: options.Profile = None,
    browser: options.Browser = None,
    keep_evidence: options.KeepEvidence = None,
    gate: options.Gate = False,
    fail_on: options.FailOn = None,
    baseline: options.BaselineFile = None,
    plain: options.Plain = False,
    debug: options.Debug = False,
) -> int:
    """Check exactly these pages or files, in this order, and write a report."""
    from scanner.look import Telling, look
    from scanner.settings import load_settings
    from scanner.targets import pages_order

    given = {
        "output": output, "store": store, "concurrency": concurrency, "profile": profile, "browser": browser,
        "keep_evidence": keep_evidence, "fail_on": fail_on, "baseline": baseline,
    }  # fmt: skip
    settings = load_settings(config, given, cwd=Path.cwd())
    with pages_order(pages or [], source, settings, cwd=Path.cwd()) as order:
        return look(order, Telling(plain=plain, json=json, gate=gate))
