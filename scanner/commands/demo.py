"""`curbcut demo`: the built-in service, scanned and reported."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from scanner.commands import options


def demo(
    output: options.Output = None,
    json: options.Json = None,
    concurrency: options.Concurrency = None,
    browser: options.Browser = None,
    plain: options.Plain = False,
    only_serve: Annotated[bool, typer.Option("--serve", help="Serve the demo service and scan nothing.")] = False,
    debug: options.Debug = False,
) -> int:
    """Scan a small fictional benefits service with known barriers and write its report."""
    from scanner.demo.serve import serve
    from scanner.look import Telling, look
    from scanner.order import Order
    from scanner.settings import load_settings
    from scanner.sites import Target

    given = {"output": output, "concurrency": concurrency, "browser": browser}
    settings = load_settings(None, given, cwd=Path.cwd())
    with serve() as base:
        if only_serve:
            typer.echo(f"serving: {base} (Ctrl-C ends it)")
            import threading

            threading.Event().wait()
        target = Target(url=base, name="Demo service", agency="Curbcut")
        return look(Order(settings, (target,)), Telling(plain=plain, json=json))
