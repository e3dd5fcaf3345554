"""Writes the pages of this folder that follow from code: rules, settings, commands, and an example of results.

    python docs/generate.py            write them
    python docs/generate.py --check    name those that are out of date, and end with 1 if there are any

Nothing but code and its data goes in, so the same code gives the same bytes.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import fields
from pathlib import Path
from typing import Any

from generate_coverage import coverage_page
from generate_example import example_scan
from generate_rules import rules_page
from generate_text import NOTE, either, plain, table
from typer.main import get_command

from reports.results import to_json
from reports.score import score_scan
from rules.standards.wcag import profiles
from scanner.cli import app
from scanner.settings_doc import describe
from scanner.site_fields import KINDS, REACHES, ROBOTS
from scanner.sites import Target

HERE = Path(__file__).parent

EXIT_CODES = (
    ("0", "Done. Without a gate this says nothing about problems."),
    ("1", "The gate failed: there are new problems."),
    ("2", "Wrong usage, settings or files, or this machine lacks something, such as a browser."),
    ("3", "Not judged: a service's first page or too many of its pages were not tested, or the scan was stopped."),
    ("4", "A defect in Curbcut."),
)

NOT_FIELDS = {"url", "agency", "source", "line"}
FIELDS = {
    "name": ("The service's name in reports.", "any text, in quotation marks where it holds blanks"),
    "kind": ("What the site is to its agency.", either(KINDS)),
    "profile": ("The standard that is required of this service.", "a [profile](#profiles)"),
    "max-pages": ("How many of its pages are looked at.", "a whole number, 0 for no limit"),
    "robots": (
        "Whether robots.txt is obeyed; with own-site a person says that the site is their own, and reports say so.",
        either(ROBOTS),
    ),
    "scope": ("What belongs to the service: its host with the `www.` twin, or its whole domain.", either(REACHES)),
    "include": (
        "Only pages that match one of these [patterns](crawling.md#patterns) are looked at.",
        'patterns separated by blanks, such as `"/forms/* /apply/*"`',
    ),
    "exclude": ("Pages that match one of these patterns are left out.", "patterns separated by blanks"),
    "max-depth": ("How many links away from its home page pages are looked at.", "a whole number, 0 for no limit"),
    "allow-hosts": (
        "Hosts that its pages may reach although they are not public: names, `*.` with a name, addresses, ranges.",
        "hosts separated by commas, such as `cdn.example.internal,10.1.0.0/16`",
    ),
    "allow-requests": (
        "Requests that only read although they are not GET; they are let through, and the report says so.",
        'requests separated by commas, such as `"POST /graphql"`',
    ),
}


def pages() -> dict[str, str]:
    """Every file that this script writes, by its name."""
    scan = example_scan()
    return {
        "commands.md": commands_page(),
        "coverage.md": coverage_page(),
        "results-example.json": to_json(scan, score_scan(scan).as_json()),
        "rules.md": rules_page(),
        "settings.md": settings_page(),
    }


def main(arguments: Sequence[str]) -> int:
    """Write the pages, or with `--check` compare them with what is there."""
    old = {name: text for name, text in pages().items() if not _is_current(HERE / name, text)}
    if "--check" in arguments:
        for name in old:
            print(f"out of date: docs/{name}; `python docs/generate.py` writes it", file=sys.stderr)
        return 1 if old else 0
    for name, text in old.items():
        (HERE / name).write_text(text, "utf-8", newline="\n")
        print(f"written: docs/{name}")
    return 0


def settings_page() -> str:
    """Every setting, every field of sites.txt, every profile."""
    settings = [
        (f"`{s.name}`", s.description, s.expects, f"`{s.default}`" if s.default else "none") for s in describe()
    ]
    sites = [(f"`{name}`", *FIELDS[name]) for name in _site_fields()]
    asked = [(f"`{one.id}`", plain(one.title), f"WCAG {one.version}, levels A and AA") for one in profiles().values()]
    return f"""{NOTE}

# Settings

Settings are read from `curbcut.toml` in the current folder, or from `[tool.curbcut]` in `pyproject.toml`; `--config`
names another file. The [options of a command](commands.md) win over the file. Relative paths start from the folder of
the file. An unknown setting is an error that names the nearest known one.

```toml
contact = "web-team@example.gov"
max-pages = 200
profile = "us-508"
baseline = "curbcut-baseline.txt"
```

{table(("Setting", "What it decides", "Value", "Default"), settings)}

## The list of services

`sites.txt` names one service a line. A `#` starts a comment, and a heading in brackets names the agency of the lines
below it. Fields follow the address:

```text
[Department of Examples]
https://www.example.gov                        # https:// may be left out
benefits.example.gov  name="Find a benefit"  max-pages=200  profile=us-508
```

{table(("Field", "What it says", "Value"), sites)}

Where a line leaves out `profile`, `max-pages`, `robots`, `scope`, `include`, `exclude` or `max-depth`, the setting of
that name decides. What belongs to a service is told in [crawling](crawling.md).

## Profiles

A profile is what a law or standard requires. It decides which problems the report calls *required*, and only those
count at the [gate](gate.md). It changes no [score](scoring.md).

{table(("Profile", "Standard", "Asks for"), asked)}
"""


def commands_page() -> str:
    """Every command with its options, in the groups of `--help`, and the exit codes."""
    groups: dict[str, list[str]] = {}
    for name, command in get_command(app).commands.items():  # type: ignore[attr-defined]  # a group has commands
        groups.setdefault(str(command.rich_help_panel), []).extend(_command(f"curbcut {name}", command))
    parts = [
        f"{NOTE}\n\n# Commands",
        "`curbcut --help` lists the commands, `curbcut COMMAND --help` explains one. In a copy of the source\n"
        "`./run` stands for `curbcut`.",
    ]
    for heading, texts in groups.items():
        parts += [f"## {heading}", *texts]
    parts += ["## Exit codes", table(("Code", "What it says"), EXIT_CODES)]
    return "\n\n".join([*parts, "Where both 1 and 3 apply, the code is 1 and the last lines say both."]) + "\n"


def _command(name: str, command: Any, *, depth: int = 3) -> Iterator[str]:
    yield f"{'#' * depth} {name}"
    yield from map(plain, command.help.split("\n\n"))
    if hasattr(command, "commands"):
        for word, inner in command.commands.items():
            yield from _command(f"{name} {word}", inner, depth=depth + 1)
        return
    options = [param for param in command.params if param.opts[0].startswith("-")]
    arguments = [_argument(param) for param in command.params if param not in options]
    yield f"```text\n{' '.join([name, *arguments, '[OPTIONS]'])}\n```"
    yield table(("Option", "What it does"), [(f"`{_spelt(option)}`", _help(option)) for option in options])


def _argument(param: Any) -> str:
    word = (param.metavar or param.name).strip("[]").upper() + (" …" if param.nargs == -1 else "")
    return word if param.required else f"[{word}]"


def _spelt(option: Any) -> str:
    return str(option.opts[0]) if option.is_flag else f"{option.opts[0]} {option.metavar or 'FILE'}"


def _help(option: Any) -> str:
    default = f" By default {option.default}." if isinstance(option.default, Path) else ""
    return plain(option.help) + default


def _site_fields() -> list[str]:
    """What may follow an address, as it is written there."""
    return [field.name.replace("_", "-") for field in fields(Target) if field.name not in NOT_FIELDS]


def _is_current(path: Path, text: str) -> bool:
    return path.is_file() and path.read_bytes() == text.encode()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
