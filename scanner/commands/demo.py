"""`curbcut demo`: the built-in service, scanned and reported."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from scanner.commands import options

Serve = Annotated[bool, typer.Option("--serve", help="Only serve the demo service, for a look at it in a browser.")]


def demo(
    output: options.Output = None,
    json: options.Json = None,
    config: options.Config = None,
    store: options.Store = None,
    concurrency: options.Concurrency = None,
    profile: options.Profile = None,
    browser: options.Browser = None,
    keep_evidence: options.KeepEvidence = None,
    only_serve: Serve = False,
    plain: options.Plain = False,
    debug: options.Debug = False,
) -> int:
    """Scan a small fictional benefits service that has known barriers."""
    from scanner.demo.serve import serve
    from scanner.look import look
    from scanner.order import Order
    from scanner.settings_sources import load_settings
    from scanner.sites import Target
    from scanner.telling import Telling

    given = {
        "output": output, "store": store, "concurrency": concurrency, "profile": profile, "browser": browser,
        "keep_evidence": keep_evidence, "operate": "all",
    }  # fmt: skip
    settings = load_settings(config, given, cwd=Path.cwd())
    with serve() as base:
        if only_serve:
            return _wait(base)
        telling = Telling.ready(settings, today=options.today(), json=json)
        target = Target(url=base, name="Demo service", agency="Curbcut", max_pages=0)
        return look(Order(settings, (target,)), telling, plain=plain)


def _wait(base: str) -> int:
    """The end of serving, which is Ctrl-C."""
    import threading

    from scanner.output import write

    write(f"serving: {base} until Ctrl-C")
    try:
        threading.Event().wait()
    except KeyboardInterrupt:
        write("ended.")
    return 0
