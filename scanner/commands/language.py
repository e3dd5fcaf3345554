"""`curbcut language`: what makes a text hard to read, sentence by sentence, without a scan."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from scanner.commands import options


def language(
    texts: Annotated[list[str] | None, typer.Argument(metavar="FILE|URL|-", hidden=True)] = None,
    diff: Annotated[bool, typer.Option("--diff", help="Compare two texts, the one before and the one after.")] = False,
    json: Annotated[bool, typer.Option("--json", help="Print what was found as JSON instead.")] = False,
    style: Annotated[Path | None, typer.Option("--style", metavar="FILE", help="Words and limits of your own.")] = None,
    config: options.Config = None,
    debug: options.Debug = False,
) -> int:
    """Point at the sentences that make a text hard to read, and say why.

    A text is a .txt, .md, .html or .docx FILE, an address, or - for standard input. No browser is needed. The places
    in JSON are characters of a text file as it is, and of the text that was read from anything else.
    """
    import sys

    from rules.registry import load_rules
    from scanner.output import say, write
    from scanner.settings_sources import load_settings
    from scanner.wording.compared import compared
    from scanner.wording.judged import judged
    from scanner.wording.marked import marked
    from scanner.wording.source import has_lines, read_source

    named = _named(texts or [], diff=diff)
    settings = load_settings(config, {"house_style": style}, cwd=Path.cwd())
    rules = load_rules(pin=settings.rules, style=settings.style)
    say(*(f"note: {trouble}" for trouble in rules.broken))
    done = []
    for one in named:
        prose = read_source(
            one, stdin=sys.stdin.buffer, cwd=Path.cwd(), contact=settings.contact, bundle=settings.ca_bundle
        )
        done.append(judged(prose, rules.document_rules, style=settings.style))
    if json:
        write(_json({"old": done[0].as_json(), "new": done[1].as_json()} if diff else done[0].as_json()))
    else:
        write(*(compared(*done) if diff else marked(done[0], by_line=has_lines(named[0]))))
    return 0


def _named(texts: list[str], *, diff: bool) -> list[str]:
    import sys

    from rules.errors import UsageError

    if not texts and not diff and not sys.stdin.isatty():
        return ["-"]
    if len(texts) != (2 if diff else 1) or texts.count("-") > 1:
        wanted = "Name two texts: curbcut language --diff OLD NEW" if diff else "Name one: a file, an address, or -."
        raise UsageError(f"{len(texts) or 'No'} texts were named.", do=wanted)
    return texts


def _json(value: object) -> str:
    import json

    return json.dumps(value, sort_keys=True)
