"""What the rules on pictures make of pages: python benchmarks/pictures.py PLACE… [--pages N] [--sample N] [--save DIR]

Reads the pictures of the pages and prints one line for each that holds text, with what each rule says of it, then how
long the probe took on pages with and without pictures. With `--sample` only so many different pictures, drawn with a
fixed seed, are kept; with `--save` they are stored with their lines for a person to label. With `--labels FILE` the
rules' failures are compared with what a person said of the same pictures.
"""

from __future__ import annotations

import argparse
import asyncio
import hashlib
import json
import random
import statistics
import sys
import time
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from playwright.async_api import Error, async_playwright
from served import add_arguments, addresses

from rules.images.ignored_image import ignored_image
from rules.images.image_name_text import image_name_text
from rules.images.image_of_text import image_of_text
from rules.model import Verdict
from rules.page import Page
from scanner.browser.discover import ensure
from scanner.browser.frames import process_roots
from scanner.browser.guard import Guards
from scanner.browser.launch import launch
from scanner.browser.tab import Tab
from scanner.probes.axe import AxeScript
from scanner.probes.dom import probe_dom
from scanner.probes.pictures import probe_pictures

SEED = 11
MUCH = "(much)"
RULES = (image_of_text, ignored_image, image_name_text)


class Seen(NamedTuple):
    """One picture: what identifies it, where it was, what was read, what the rules say."""

    key: str
    page: str
    selector: str
    name: str
    text: str
    verdicts: dict[str, str]


async def look_at(urls: list[str], save: Path | None) -> tuple[list[Seen], list[float]]:
    """Every picture with text, each once, and the seconds that the probe took on each page with pictures."""
    installed = ensure(None, say=print)
    found: dict[tuple[str, str, str], Seen] = {}
    took: list[float] = []
    async with async_playwright() as playwright:
        browser = await launch(playwright, installed.path, installed.kind)
        async with Guards.on(browser) as guards:
            tab = await Tab.open(browser, guards, AxeScript.read())
            for url in urls:
                try:
                    page, seconds = await _visit(tab, url)
                except Error as error:
                    print(f"not looked at: {url} ({error.message.splitlines()[0]})", file=sys.stderr)
                    continue
                if page.pictures is not None and page.pictures.seen:
                    took.append(seconds)
                for seen in judged(page):
                    same = (seen.name, seen.text, seen.page if seen.text == MUCH else "")
                    if same not in found and save is not None:
                        await _store(tab, seen, save)
                    found.setdefault(same, seen)
        await browser.close()
    return list(found.values()), took


async def _visit(tab: Tab, url: str) -> tuple[Page, float]:
    tab.begin()
    await tab.page.goto(url, wait_until="load")
    snapshot, index_of = await probe_dom(await process_roots(tab.page, tab.session))
    page = Page(url, snapshot=snapshot)
    start = time.perf_counter()
    pictures = await probe_pictures(tab.session, page.dom, index_of, reader=tab.reader)
    return page.knowing(pictures=pictures), time.perf_counter() - start


def judged(page: Page) -> list[Seen]:
    """The page's pictures with text and what each rule says of them."""
    verdicts: dict[int, dict[str, str]] = {}
    for rule in RULES:
        for outcome in rule.judge(page):
            if outcome.element is not None:
                verdicts.setdefault(outcome.element.index, {})[rule.info.id] = str(outcome.verdict)
    found: list[Seen] = []
    for picture in page.pictures.seen if page.pictures else ():
        element = page.dom.at(picture.node)
        if (picture.lines or picture.busy) and element is not None:
            text = " / ".join(line.text for line in picture.lines) or MUCH
            path = urlsplit(page.url).path
            key = hashlib.sha256(f"{path} {element.selector}".encode()).hexdigest()[:12]
            found.append(Seen(key, path, element.selector, element.name, text, verdicts.get(picture.node, {})))
    return found


async def _store(tab: Tab, seen: Seen, folder: Path) -> None:
    try:
        await tab.page.locator(seen.selector).first.screenshot(path=folder / f"{seen.key}.png", timeout=2000)
    except Error:
        print(f"no picture of {seen.key}", file=sys.stderr)


def compared(found: list[Seen], labels: dict[str, Any]) -> None:
    """Print how many failures of each rule a person agrees with, and each that one does not."""
    for rule in RULES:
        name = rule.info.id
        known = [seen for seen in found if seen.key in labels]
        failed = [seen for seen in known if seen.verdicts.get(name) == Verdict.FAILED]
        right = [seen for seen in failed if name in labels[seen.key]["fails"]]
        truly = sum(name in labels[seen.key]["fails"] for seen in known)
        print(f"{name}: {len(known)} labelled, {truly} fail, {len(failed)} found to fail, {len(right)} of them rightly")
        for seen in failed:
            if seen not in right:
                print(f"  not so: {seen.page} {seen.selector}: {seen.text[:80]}")


def main(arguments: list[str]) -> None:
    """Look at the pages and print what was found."""
    parser = argparse.ArgumentParser(description=__doc__)
    add_arguments(parser)
    parser.add_argument("--sample", type=int, default=0, help="keep so many different pictures, by a fixed seed")
    parser.add_argument("--save", type=Path, help="a folder for the pictures")
    parser.add_argument("--labels", type=Path, help="what a person said of the pictures")
    given = parser.parse_args(arguments)
    if given.save:
        given.save.mkdir(parents=True, exist_ok=True)
    with addresses(given) as urls:
        found, took = asyncio.run(look_at(urls, given.save))
    if given.sample and len(found) > given.sample:
        found = random.Random(SEED).sample(sorted(found), given.sample)
    for seen in found:
        print(seen.key, seen.verdicts, f"name={seen.name[:60]!r}", f"text={seen.text[:100]!r}", seen.page)
    if given.save:
        (given.save / "pictures.json").write_text(json.dumps([seen._asdict() for seen in found], indent=1))
    if took:
        print(
            f"{len(found)} pictures with text; the probe took {1000 * statistics.median(took):.0f} ms (median) ", end=""
        )
        print(f"and at most {1000 * max(took):.0f} ms on {len(took)} pages with pictures")
    if given.labels:
        compared(found, json.loads(given.labels.read_text("utf-8")))


if __name__ == "__main__":
    main(sys.argv[1:])
