"""How `curbcut check` gets on with pages that nobody here wrote, and pictures of what it found on them.

    python benchmarks/real_pages.py PLACE… [--each N] [--pages N] [--pictures FOLDER] [--findings 30] [--rules ID…]

Prints how many pages ended in which state, every page that was not looked at with its reason, every rule that broke,
every probe that did not run, and how often each rule found something. With `--pictures` findings are drawn, rule by
rule in turn, and each is shown in its page: for the eyes of a person who wants to know whether they are true. Exit
code 1 where a rule broke.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import chain, zip_longest
from pathlib import Path
from typing import NamedTuple

from playwright.async_api import Error, Page, async_playwright
from served import add_arguments, addresses

from reports.model import PageResult
from reports.results import load_results
from rules.model import PageOutcome, Verdict
from scanner.browser.discover import ensure
from scanner.browser.launch import context_options, launch

SEED = 7
AROUND = 120

MARK = """
(element) => {
  element.scrollIntoView({block: "center"});
  element.style.outline = "3px solid magenta";
  const box = element.getBoundingClientRect();
  return [box.x, box.y, box.width, box.height];
}
"""


class Find(NamedTuple):
    """One finding and the page that it is on."""

    url: str
    outcome: PageOutcome


def checked(urls: Iterable[str], folder: Path) -> tuple[PageResult, ...]:
    """What `curbcut check` makes of the addresses; prints how it ended and how long it took."""
    listed = folder / "urls.txt"
    listed.write_text("\n".join(urls), "utf-8")
    command = [sys.executable, "-m", "scanner", "check", "--from", str(listed), "--output", str(folder / "report")]
    started = time.monotonic()
    ended = subprocess.run([*command, "--store", str(folder / "scans.db"), "--plain"], capture_output=True, text=True)
    print(f"exit code {ended.returncode} after {time.monotonic() - started:.0f} s")
    if ended.returncode not in (0, 3):
        raise SystemExit(ended.stdout + ended.stderr)
    scan = load_results(folder / "report" / "results.json")
    return tuple(page for site in scan.sites for page in site.pages)


def told(pages: tuple[PageResult, ...]) -> Iterator[str]:
    """The lines to print about all pages."""
    states = Counter(page.state.value for page in pages)
    yield ", ".join(f"{count} {state}" for state, count in states.most_common())
    yield from (f"  {page.state.value}  {page.url}  {page.reason}" for page in pages if not page.tested)
    for page in pages:
        yield from (f"  probe {probe.name} {probe.state}  {page.url}" for probe in page.probes if not probe.ran)
    yield from (f"  rule {o.rule} broke: {o.message}  {url}" for url, o in findings(pages, Verdict.ERROR))
    for verdict in (Verdict.FAILED, Verdict.CANT_TELL, Verdict.UNTESTED):
        rules = Counter(outcome.rule for _, outcome in findings(pages, verdict))
        yield f"{verdict.value}: " + ", ".join(f"{rule} {count}" for rule, count in rules.most_common())


def findings(pages: Iterable[PageResult], *verdicts: Verdict) -> list[Find]:
    """All outcomes with one of the verdicts."""
    return [Find(page.url, outcome) for page in pages for outcome in page.outcomes if outcome.verdict in verdicts]


def drawn(found: list[Find], most: int) -> list[Find]:
    """Findings in a random order that gives each rule its turn; the same component is drawn once."""
    shuffled = random.Random(SEED).sample(found, len(found))
    by_rule: dict[str, dict[str, Find]] = {}
    for find in shuffled:
        by_rule.setdefault(find.outcome.rule, {}).setdefault(find.outcome.fingerprint, find)
    turns = zip_longest(*(list(by_rule[rule].values()) for rule in sorted(by_rule)))
    return [find for find in chain.from_iterable(turns) if find is not None][:most]


async def pictures(found: list[Find], folder: Path) -> list[str]:
    """What was said of each finding, after its picture was written into the folder."""
    browser_found = ensure(None, say=print)
    lines: list[str] = []
    async with async_playwright() as playwright:
        browser = await launch(playwright, browser_found.path, browser_found.kind)
        page = await (await browser.new_context(**context_options(browser.version))).new_page()
        for number, find in enumerate(found):
            shot = await _picture(page, find, folder / f"{number:03}.png")
            place, outcome = find.outcome.target, find.outcome
            where = f"{place.frame} {place.selector}\n  {place.snippet}" if place else "the page as a whole"
            lines.append(
                f"{number:03} {outcome.rule} {outcome.verdict.value} {find.url}{shot}\n  {outcome.message}\n  {where}"
            )
        await browser.close()
    return lines


async def _picture(page: Page, find: Find, path: Path) -> str:
    """Why there is only the page's top in the picture, empty where the place is."""
    why, clip = "", None
    try:
        await page.goto(find.url)
        if find.outcome.target is not None:
            frames = find.outcome.target.frame.split(" | ") if find.outcome.target.frame else []
            inside = page.main_frame
            locator = inside.locator(find.outcome.target.selector.replace(" >>> ", " "))
            for owner in frames:
                locator = page.frame_locator(owner).locator(find.outcome.target.selector.replace(" >>> ", " "))
            x, y, width, height = await locator.first.evaluate(MARK, timeout=3000)
            left, top = max(0, min(x - AROUND, 1280 - 200)), max(0, min(y - AROUND, 800 - 100))
            clip = {
                "x": left,
                "y": top,
                "width": min(1280 - left, width + 2 * AROUND),
                "height": min(800 - top, height + 2 * AROUND),
            }
    except Error as error:
        why = f"  ({error.message.splitlines()[0]})"
    await page.screenshot(path=path, clip=clip)  # type: ignore[arg-type]  # four numbers
    return why


def main() -> int:
    """Check the pages and tell."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    add_arguments(parser)
    parser.add_argument("--pictures", type=Path)
    parser.add_argument("--findings", type=int, default=30)
    parser.add_argument("--rules", nargs="*", default=[])
    given = parser.parse_args()
    with addresses(given) as urls, tempfile.TemporaryDirectory() as name:
        pages = checked(urls, Path(name))
        print(*told(pages), sep="\n")
        if given.pictures:
            found = findings(pages, Verdict.FAILED)
            chosen = [find for find in found if not given.rules or find.outcome.rule in given.rules]
            given.pictures.mkdir(parents=True, exist_ok=True)
            lines = asyncio.run(pictures(drawn(chosen, given.findings), given.pictures))
            (given.pictures / "findings.txt").write_text("\n".join(lines), "utf-8")
    return 1 if findings(pages, Verdict.ERROR) else 0


if __name__ == "__main__":
    sys.exit(main())
