"""How Curbcut judges every component example of GOV.UK Frontend and USWDS, operated, written into docs/accuracy.md.

    npm install govuk-frontend @uswds/uswds twig
    python benchmarks/design_systems.py node_modules [--only TEXT] [--pages N] [--results FILE] [--write]

These systems are tested by hand with assistive technology: a failure there is our mistake, or it is argued with the
criterion's own requirement in `data/design_systems_arguments.json`, at most three a system. Ends with 1 when a failure
is not argued or an argument has no failure any more. An example stands alone on a page of its system.

--only looks at pages whose path holds the text; --pages at so many, evenly chosen; --results keeps the results of the
check, or reads them when the file exists; --write puts the tables into the document.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from act import SETTINGS, checked, put
from served import addresses, evenly
from system_examples import govuk, uswds, write

from rules.standards.wcag import profile, standing

ARGUMENTS = Path(__file__).parent / "data" / "design_systems_arguments.json"
BEGIN, END = "<!-- design systems: begin -->", "<!-- design systems: end -->"
MOST_ARGUMENTS = 3
MOST_NAMED = 6
"""Components that are named in a row of a table; of more the number is told."""

NAMES = {"govuk": "GOV.UK Frontend", "uswds": "USWDS"}
PACKAGES = {"govuk": "govuk-frontend", "uswds": "@uswds/uswds"}


class Said(NamedTuple):
    """One outcome that is no pass: where, of what markup, and in which words.

    `counts` is whether a criterion of WCAG A or AA is at stake; the rest is advice and AAA.
    """

    system: str
    component: str
    page: str
    rule: str
    verdict: str
    counts: bool
    snippet: str
    message: str


class Argument(NamedTuple):
    """Why a rule rightly fails elements in some components whose markup holds a text."""

    system: str
    rule: str
    components: list[str]
    holds: str
    criterion: str
    why: str

    def covers(self, said: Said) -> bool:
        """Whether it is about this outcome."""
        same = said.system == self.system and said.rule == self.rule and said.component in self.components
        return same and self.holds in said.snippet


def outcomes(results: dict[str, Any]) -> list[Said]:
    """Every outcome that is no pass."""
    return [
        Said(
            *_place(page["url"]),
            outcome["rule"],
            outcome["verdict"],
            standing(outcome["wcag"], profile()) != "advice",
            (outcome["target"] or {}).get("snippet", ""),
            outcome["message"],
        )
        for page in _pages(results)
        for outcome in page["outcomes"]
        if outcome["verdict"] in ("failed", "cant_tell", "error")
    ]


def _pages(results: dict[str, Any]) -> list[dict[str, Any]]:
    return [page for site in results["sites"] for page in site["pages"]]


def _place(url: str) -> tuple[str, str, str]:
    system, _, name = urlsplit(url).path.strip("/").partition("/")
    return system, name.partition("--")[0], name.removesuffix(".html")


def unargued(found: list[Said], arguments: list[Argument]) -> list[Said]:
    """The failures that no argument is about, and the rules that stopped."""
    failed = (one for one in found if one.verdict == "error" or (one.verdict == "failed" and one.counts))
    return [one for one in failed if not any(argument.covers(one) for argument in arguments)]


def idle(found: list[Said], arguments: list[Argument]) -> list[str]:
    """What is wrong with the arguments: one without a failure in a component, or too many for a system."""
    failing = [one for one in found if one.verdict == "failed"]
    wrong = [
        f"{argument.system}: {argument.rule} is argued for {component}, where it does not fail so"
        for argument in arguments
        for component in argument.components
        if not any(argument.covers(one) and one.component == component for one in failing)
    ]
    numbers = Counter(argument.system for argument in arguments)
    return wrong + [f"{name}: {number} arguments" for name, number in numbers.items() if number > MOST_ARGUMENTS]


def document(
    results: dict[str, Any], found: list[Said], arguments: list[Argument], versions: dict[str, str]
) -> Iterator[str]:
    """The lines of the tables as Markdown: what was looked at, what failed and why, what was asked."""
    pages = Counter(_place(page["url"])[0] for page in _pages(results))
    tested = Counter(_place(page["url"])[0] for page in _pages(results) if page["state"] == "tested")
    failed = Counter(one.system for one in found if one.verdict == "failed" and one.counts)
    left = Counter(one.system for one in unargued(found, arguments))
    yield "| System | Examples | Looked at | Elements that fail WCAG A or AA | Of these not argued |"
    yield "| --- | --- | --- | --- | --- |"
    for key, name in NAMES.items():
        yield f"| {name} {versions[key]} | {pages[key]} | {tested[key]} | {failed[key]} | {left[key]} |"
    yield from ("", "What fails, and why that is right:", "")
    for argument in arguments:
        number = sum(argument.covers(one) for one in found if one.verdict == "failed")
        where = ", ".join(argument.components)
        yield f"- {NAMES[argument.system]}, `{argument.rule}`, {number} times in {where} ({argument.criterion}):"
        yield f"  {argument.why}"
    yield from _table("Questions", pages, [one for one in found if one.verdict == "cant_tell"])
    yield from _table(
        "Failed advice and AAA", pages, [one for one in found if one.verdict == "failed" and not one.counts]
    )


def _table(title: str, pages: Counter[str], found: list[Said]) -> Iterator[str]:
    """Rules and systems with the share of pages on which they spoke, the largest first."""
    rows: dict[tuple[str, str], set[tuple[str, str]]] = defaultdict(set)
    for one in found:
        rows[one.rule, one.system].add((one.page, one.component))
    yield from ("", f"| {title} | System | Of 100 pages | Components |", "| --- | --- | --- | --- |")
    for (rule, system), row in sorted(rows.items(), key=lambda item: (-len(item[1]) / pages[item[0][1]], item[0])):
        components = sorted({component for _, component in row})
        where = ", ".join(components) if len(components) <= MOST_NAMED else f"{len(components)} components"
        yield f"| `{rule}` | {NAMES[system]} | {100 * len(row) / pages[system]:.1f} | {where} |"


def main() -> int:
    """Make the pages, check them, tell what they show; 1 when a failure is not argued."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("packages", type=Path)
    parser.add_argument("--only", default="")
    parser.add_argument("--pages", type=int, default=0)
    parser.add_argument("--results", type=Path)
    parser.add_argument("--write", action="store_true")
    given = parser.parse_args()
    results = looked_at(given)
    found = outcomes(results)
    arguments = [Argument(**one) for one in json.loads(ARGUMENTS.read_text("utf-8"))]
    versions = {
        system: json.loads((given.packages / package / "package.json").read_text("utf-8"))["version"]
        for system, package in PACKAGES.items()
    }
    table = "\n".join(document(results, found, arguments, versions))
    print(table)
    left = [f"{one.page}: {one.rule}: {one.message} {one.snippet}" for one in unargued(found, arguments)]
    wrong = [] if given.only or given.pages else idle(found, arguments)
    print("\n".join(["", *left, *wrong]))
    if given.write:
        put(table, BEGIN, END)
    return 1 if left or wrong else 0


def looked_at(given: argparse.Namespace) -> dict[str, Any]:
    """The results of `curbcut check`, every page operated; those of an earlier run when they were kept."""
    if given.results and given.results.exists():
        kept: dict[str, Any] = json.loads(given.results.read_text("utf-8"))
        return kept
    packages = given.packages.resolve()
    examples = [one for one in (*govuk(packages), *uswds(packages)) if given.only in one.path]
    with tempfile.TemporaryDirectory() as name:
        folder, work = Path(name) / "pages", Path(name) / "work"
        folder.mkdir()
        work.mkdir()
        write(evenly(examples, given.pages), packages, folder)
        with addresses(argparse.Namespace(places=[str(folder)], each=0, pages=0)) as urls:
            results = checked(urls, work, settings=f'{SETTINGS}operate = "all"\n')
    if given.results:
        given.results.write_text(json.dumps(results), "utf-8")
    return results


if __name__ == "__main__":
    sys.exit(main())
