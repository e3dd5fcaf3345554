"""`curbcut rules`: which rules there are, and what one of them says."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

import typer

from scanner.commands import options


def rules(
    name: Annotated[str | None, typer.Argument(metavar="RULE", hidden=True)] = None,
    debug: options.Debug = False,
) -> int:
    """List the rules, or explain one RULE."""
    from rules.registry import load_rules
    from scanner.only import rule_named
    from scanner.output import say, write

    loaded = load_rules()
    say(*(f"note: {trouble}" for trouble in loaded.broken))
    if name is None:
        longest = max(len(info.id) for info in loaded.infos)
        for info in loaded.infos:
            write(f"{info.id:<{longest}}  {_criteria(info.wcag, 'best practice'):<13}  {info.title}")
        return 0
    found = rule_named(name, loaded.infos)
    write(
        found.title,
        "",
        f"Why: {found.why}",
        f"How to fix: {found.fix}",
        f"Success criteria: {_criteria(found.wcag, 'none, best practice')}",
        f"Impact: {found.impact}",
        f"Usually fixed in: {found.role}",
        *(["", *found.docs.splitlines()] if found.docs else []),
    )
    return 0


def _criteria(numbers: Sequence[str], none: str) -> str:
    return ", ".join(numbers) or none
