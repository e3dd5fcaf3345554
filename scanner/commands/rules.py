"""`curbcut rules`: which rules there are, and what one of them says."""

from __future__ import annotations

from typing import Annotated

import typer


def rules(name: Annotated[str | None, typer.Argument(help="The id of one rule.")] = None) -> int:
    """List the rules, or explain one."""
    from rules.errors import UsageError
    from rules.registry import load_rules

    infos = load_rules().infos
    if name is None:
        for info in infos:
            typer.echo(f"{info.id:<36} {', '.join(info.wcag) or 'best practice':<16} {info.title}")
        return 0
    found = next((info for info in infos if name in (info.id, *info.aliases)), None)
    if found is None:
        import difflib

        near = difflib.get_close_matches(name, [info.id for info in infos], 1)
        raise UsageError(f"There is no rule {name}.", do=f"Did you mean {near[0]}?" if near else "See `curbcut rules`.")
    parts = [found.title, "", f"Why: {found.why}", f"How to fix: {found.fix}"]
    parts += [f"Success criteria: {', '.join(found.wcag) or 'none, best practice'}", f"Impact: {found.impact}"]
    typer.echo("\n".join([*parts, *(["", found.docs] if found.docs else [])]))
    return 0
