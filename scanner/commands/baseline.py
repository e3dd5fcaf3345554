"""`curbcut baseline`: the file of known problems."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from scanner.commands import options

if TYPE_CHECKING:
    from collections.abc import Callable

    from reports.baseline import Baseline
    from reports.model import Scan

    Change = Callable[[Baseline, Scan], Baseline]

HELP = "Make, show and follow up the file of known problems, which do not fail the gate."
NAME = Path("curbcut-baseline.txt")
SHOWN = 20

app = typer.Typer(help=HELP, rich_markup_mode=None)

File = Annotated[
    Path | None, typer.Option("--file", metavar="FILE", help="The baseline; that of the settings by default.")
]


@app.callback()
def _root() -> None:
    """Make, show and follow up the file of known problems, which do not fail the gate."""


@app.command("create")
def create(
    results: options.Results, file: File = None, config: options.Config = None, debug: options.Debug = False
) -> None:
    """Write every problem of these results into a baseline file, meant to be committed.

    RESULTS is a results.json, or the report folder that holds one.
    """
    from reports.baseline import baseline_of
    from reports.baseline_text import save_baseline
    from reports.results import load_results
    from reports.reviews import answered
    from reports.words import counted
    from rules.errors import UsageError
    from scanner.output import write

    path = _file(file, config)
    if path.exists():
        raise UsageError("The baseline exists already.", where=str(path), do="Use: curbcut baseline update")
    known = baseline_of(answered(load_results(options.results_file(results))))
    save_baseline(path, known)
    write(f"written: {path} with {counted(len(known.accepted), 'known problem')}")


@app.command("update")
def update(
    results: options.Results,
    only_shrink: Annotated[bool, typer.Option("--only-shrink", help="Take out what is fixed, and nothing in.")] = False,
    rules: Annotated[bool, typer.Option("--rules", help="Take in only what new checks detect.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would change, and write nothing.")] = False,
    file: File = None,
    config: options.Config = None,
    debug: options.Debug = False,
) -> None:
    """Bring the baseline up to these results; what they did not look at stays.

    RESULTS is a results.json, or the report folder that holds one. Without an option all their problems are
    accepted, which is a decision of a person.
    """
    from reports.ratchet import shrunk, updated, with_rules
    from rules.errors import UsageError

    if only_shrink and rules:
        raise UsageError("--only-shrink takes nothing in, and --rules does.", do="Use one of both.")
    change = shrunk if only_shrink else with_rules if rules else updated
    _follow(results, change, _file(file, config), dry_run=dry_run)


@app.command("prune")
def prune(
    results: options.Results,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would change, and write nothing.")] = False,
    file: File = None,
    config: options.Config = None,
    debug: options.Debug = False,
) -> None:
    """Take out what no scan can meet any more: problems of checks, and of pages, that are gone.

    RESULTS is a results.json, or the report folder that holds one.
    """
    from reports.ratchet import pruned

    _follow(results, pruned, _file(file, config), dry_run=dry_run)


@app.command("show")
def show(file: File = None, config: options.Config = None, debug: options.Debug = False) -> None:
    """Say what the baseline holds, by check, most first."""
    from collections import Counter

    from reports.baseline_text import load_baseline
    from reports.words import counted
    from scanner.output import write

    path = _file(file, config)
    known = load_baseline(path)
    write(f"{path}: {counted(len(known.accepted), 'known problem')}, {counted(len(known.rules), 'check')}")
    write(*(f"  {counted(pages, 'page')} of {site}" for site, pages in sorted(known.sites.items())))
    found = Counter(accepted.rule for accepted in known.accepted.values())
    write(*(f"  {rule}: {counted(many, 'problem')}" for rule, many in sorted(found.items(), key=lambda i: (-i[1], i))))


def _file(file: Path | None, config: Path | None) -> Path:
    """The file that was named, else that of the settings, else the usual one here."""
    from scanner.settings_sources import load_settings

    if file is not None:
        return file
    return load_settings(config, {}, cwd=Path.cwd()).baseline or NAME


def _follow(results: Path, change: Change, path: Path, *, dry_run: bool) -> None:
    from reports.baseline_text import baseline_text, load_baseline, save_baseline
    from reports.ratchet import step
    from reports.results import load_results
    from reports.words import counted
    from scanner.output import write

    old = load_baseline(path)
    scan = load_results(options.results_file(results))
    new = change(old.under_names_of(scan.rules), scan)
    found = step(old, new)
    for words, names, source in (
        ("out", found.removed, old),
        ("fewer", found.lowered, new),
        ("in", found.added, new),
        ("more", found.raised, new),
    ):
        for name in names[:SHOWN]:
            accepted = source.accepted[name]
            write(f"  {words}: {accepted.rule} {name}{f', {accepted.hint}' if accepted.hint else ''}")
        if len(names) > SHOWN:
            write(f"  {words}: {len(names) - SHOWN:,} more")
    if baseline_text(old) == baseline_text(new):
        write(f"unchanged: {path} with {counted(len(new.accepted), 'known problem')}")
        return
    if not dry_run:
        save_baseline(path, new)
    write(f"{'would be written' if dry_run else 'written'}: {path} with {counted(len(new.accepted), 'known problem')}")
