"""What independent programs say of a report that Curbcut wrote, document by document.

    npm install --prefix FOLDER html-validate html_codesniffer accessibility-checker-engine
    python benchmarks/report_engines.py REPORT FOLDER/node_modules [--each N] [--open]

html-validate (MIT) checks the HTML; axe-core, HTML_CodeSniffer (BSD) and IBM's accessibility-checker-engine
(Apache-2.0) look at each document in a browser, light, dark and 320 pixels wide. Of each folder of the report the
first and last N documents are looked at (--each 0: all). Ends with exit code 1 when anything is said to be wrong;
--open also prints what the engines leave to a person.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import axe_playwright_python
from playwright.async_api import Page, async_playwright

from scanner.browser.discover import ensure
from scanner.browser.launch import launch

VIEWS: dict[str, dict[str, Any]] = {
    "light": {"color_scheme": "light"},
    "dark": {"color_scheme": "dark"},
    "320 px": {"viewport": {"width": 320, "height": 640}},
}
AXE = """async () => {
  const found = await axe.run(document, {resultTypes: ["violations", "incomplete"]});
  const told = (list, open) => list.flatMap(one => one.nodes.map(node =>
    ({rule: one.id, open, place: node.target.join(" "), message: node.failureSummary || one.help})));
  return [...told(found.violations, false), ...told(found.incomplete, true)];
}"""
HTMLCS = """() => new Promise(resolve => window.HTMLCS.process("WCAG2AA", document, () => resolve(
  window.HTMLCS.getMessages().filter(one => one.type !== 3).map(one => ({
    rule: one.code.split(".").slice(3).join("."), open: one.type !== 1, message: one.msg,
    place: one.element.outerHTML ? one.element.outerHTML.slice(0, 120) : ""})))))"""
IBM = """async () => (await new ace.Checker().check(document, ["WCAG_2_2"])).results
  .filter(one => one.value[1] !== "PASS" && one.value[0] !== "INFORMATION")
  .map(one => ({rule: one.ruleId, open: one.value[1] !== "FAIL" || one.value[0] !== "VIOLATION",
    place: one.path.dom, message: one.message}))"""


class Engine(NamedTuple):
    """A program that judges a document from within: its file, and what to ask it."""

    name: str
    file: Path
    ask: str


class Remark(NamedTuple):
    """What a program says of a place; `open` when it only asks somebody to look."""

    engine: str
    rule: str
    document: str
    view: str
    place: str
    message: str
    open: bool


def chosen(report: Path, each: int) -> list[Path]:
    """The documents to look at: all at the top of the report, of each folder the first and last few."""
    found = sorted(report.glob("*.html"))
    for folder in sorted(one for one in report.iterdir() if one.is_dir()):
        inside = sorted(folder.glob("*.html"))
        found += inside if not each or len(inside) <= 2 * each else [*inside[:each], *inside[-each:]]
    return found


def validated(modules: Path, files: Sequence[Path], report: Path) -> Iterator[Remark]:
    """What html-validate says of the files as they are."""
    settings = json.dumps({"root": True, "extends": ["html-validate:standard"]})
    config = modules / "curbcut-html-validate.json"
    config.write_text(settings, "utf-8")
    told = subprocess.run(
        ["node", modules / "html-validate" / "bin" / "html-validate.mjs", "-c", config, "-f", "json", *files],
        capture_output=True,
        text=True,
        check=False,
    )
    if told.returncode not in (0, 1):
        sys.exit(told.stderr)
    for one in json.loads(told.stdout):
        name = str(Path(one["filePath"]).relative_to(report))
        for message in one["messages"]:
            place = f"line {message['line']}, column {message['column']}"
            yield Remark(
                "html-validate", message["ruleId"], name, "", place, message["message"], message["severity"] < 2
            )


def engines(modules: Path) -> tuple[Engine, ...]:
    """The engines that run in the browser."""
    axe = Path(axe_playwright_python.__file__).parent / "axe.min.js"
    return (
        Engine("axe-core", axe, AXE),
        Engine("HTML_CodeSniffer", modules / "html_codesniffer" / "build" / "HTMLCS.js", HTMLCS),
        Engine("IBM", modules / "accessibility-checker-engine" / "ace.js", IBM),
    )


async def asked(page: Page, engine: Engine) -> list[dict[str, Any]]:
    """What an engine says of the document in a tab."""
    await page.evaluate(f"{engine.file.read_text('utf-8')}; undefined")
    found: list[dict[str, Any]] = await page.evaluate(engine.ask)
    return found


async def looked_at(report: Path, files: Sequence[Path], judges: Sequence[Engine]) -> list[Remark]:
    """What the engines say of every file in every view; each has a fresh tab, as some leave traces."""
    remarks = []
    installed = ensure(None, say=print)
    async with async_playwright() as playwright:
        browser = await launch(playwright, installed.path, installed.kind)
        for view, options in VIEWS.items():
            context = await browser.new_context(bypass_csp=True, **options)
            for file in files:
                for engine in judges:
                    page = await context.new_page()
                    await page.goto(file.resolve().as_uri())
                    name = str(file.relative_to(report))
                    for one in await asked(page, engine):
                        place, message = one["place"], " ".join(one["message"].split())
                        remarks.append(Remark(engine.name, one["rule"], name, view, place, message, one["open"]))
                    await page.close()
            await context.close()
        await browser.close()
    return remarks


def told(remarks: Sequence[Remark]) -> Iterator[str]:
    """The remarks as lines, those of one rule of one engine together with an example."""
    groups: dict[tuple[str, str], list[Remark]] = {}
    for one in remarks:
        groups.setdefault((one.engine, one.rule), []).append(one)
    for (engine, rule), found in sorted(groups.items()):
        documents = len({one.document for one in found})
        yield f"{engine} {rule}: {len(found)} places in {documents} documents"
        yield f"    {found[0].document} {found[0].view}: {found[0].place}: {found[0].message}"[:400]


def main() -> None:
    """Look at a report and print what is said."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("report", type=Path)
    parser.add_argument("modules", type=Path)
    parser.add_argument("--each", type=int, default=3)
    parser.add_argument("--open", action="store_true")
    given = parser.parse_args()
    files, judges = chosen(given.report, given.each), engines(given.modules)
    remarks = [
        *validated(given.modules, files, given.report),
        *asyncio.run(looked_at(given.report, files, judges)),
    ]
    wrong = [one for one in remarks if not one.open]
    print(f"{len(files)} documents, {len(VIEWS)} views.")
    count = Counter((one.engine, one.open) for one in remarks)
    for name in ("html-validate", *(judge.name for judge in judges)):
        print(f"{name}: {count[name, False]} wrong, {count[name, True]} to look at")
    print("\n".join(told([*wrong, *(one for one in remarks if given.open and one.open)])))
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
