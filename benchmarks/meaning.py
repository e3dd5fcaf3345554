"""How right the rules on meaning are on real pages: python benchmarks/meaning.py PLACE… [--each N] [--labels FILE]

Looks at the pages and prints, for each rule, how many elements it judged and which it failed. Titles and main headings
that fail are rare on real pages; so each page is judged again with the title and the heading of a page of another
folder, drawn with a fixed seed, and with its text cut to the first blocks and its address taken away, which shows how
short a page may be.
With `--labels FILE` what a person said of the elements ("says" or "says nothing") is compared with the verdicts;
with `--save FILE` a template for it is written.
"""

from __future__ import annotations

import argparse
import asyncio
import hashlib
import json
import random
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

from playwright.async_api import Error, async_playwright
from served import add_arguments, addresses

from rules.forms.label_purpose import label_purpose
from rules.images.image_name_topic import image_name_topic
from rules.model import PageRule, Verdict
from rules.names.frame_same_name import frame_same_name
from rules.names.link_purpose import link_purpose
from rules.names.link_text_alone import link_text_alone
from rules.names.title_topic import title_topic
from rules.page import Page
from rules.structure.heading_topic import heading_topic
from scanner.browser.discover import ensure
from scanner.browser.frames import process_roots
from scanner.browser.guard import Guards
from scanner.browser.launch import launch
from scanner.browser.tab import Tab
from scanner.probes.axe import AxeScript
from scanner.probes.dom import probe_dom

SEED = 13
RULES = (
    *(title_topic, heading_topic, label_purpose, image_name_topic),
    *(link_purpose, link_text_alone, frame_same_name),
)
MOST_EACH = 3
"""Elements of one page and rule that are labelled, so that no page outweighs the others."""

CUT = """(most) => {
  history.replaceState(null, "", "/page");
  const main = document.querySelector("main, [role=main]") || document.body;
  const texts = [...main.querySelectorAll("p, li, dd")].filter((one) => one.innerText.trim().length >= 40);
  const kept = texts.slice(0, most).map((one) => one.innerText);
  document.body.replaceChildren(...kept.map((text) => {
    const block = document.createElement("p");
    block.textContent = text;
    return block;
  }));
  return kept.length;
}"""

SWAP_TITLE = "(title) => { document.title = title; }"
SWAP_HEADING = """(heading) => {
  const first = document.querySelector("h1") || document.querySelector("h2");
  if (first && heading) first.textContent = heading;
}"""


class Judged(NamedTuple):
    """One element as a rule saw it: what identifies it, on which page, what it says, the verdict."""

    key: str
    rule: str
    page: str
    says: str
    verdict: str
    made: str = ""


async def look_at(urls: list[str]) -> list[Judged]:
    """What the rules make of every page as it is, and of the pages made from it."""
    installed = ensure(None, say=print)
    found: list[Judged] = []
    async with async_playwright() as playwright:
        browser = await launch(playwright, installed.path, installed.kind)
        async with Guards.on(browser) as guards:
            tab = await Tab.open(browser, guards, AxeScript.read())
            real: dict[str, tuple[str, str]] = {}
            for url in urls:
                try:
                    page = await _seen(tab, url)
                    real[url] = (_title(page), _heading(page))
                    found += judged(page, "")
                    for most in (3, 1):
                        await tab.page.evaluate(CUT, most)
                        found += judged(await _again(tab, url), f"first {most}", rules=(title_topic,))
                except Error as error:
                    print(f"not looked at: {url} ({error.message.splitlines()[0]})", file=sys.stderr)
            for url, stranger in strangers(real):
                try:
                    await tab.page.goto(url, wait_until="load")
                    await tab.page.evaluate(SWAP_HEADING, stranger[1])
                    found += judged(await _again(tab, url), "swapped", rules=(heading_topic,))
                    await tab.page.goto(url, wait_until="load")
                    await tab.page.evaluate(SWAP_TITLE, stranger[0])
                    found += judged(await _again(tab, url), "swapped", rules=(title_topic,))
                except Error as error:
                    print(f"not looked at: {url} ({error.message.splitlines()[0]})", file=sys.stderr)
        await browser.close()
    return found


def strangers(real: dict[str, tuple[str, str]]) -> Iterator[tuple[str, tuple[str, str]]]:
    """Each page with the title and heading of one from another folder."""
    chance = random.Random(SEED)
    for url, own in real.items():
        others = [says for other, says in sorted(real.items()) if _folder(other) != _folder(url) and says[0] != own[0]]
        if others:
            yield url, chance.choice(others)


async def _seen(tab: Tab, url: str) -> Page:
    tab.begin()
    await tab.page.goto(url, wait_until="load")
    return await _again(tab, url)


async def _again(tab: Tab, url: str) -> Page:
    snapshot, _ = await probe_dom(await process_roots(tab.page, tab.session))
    return Page(url, snapshot=snapshot)


def judged(page: Page, made: str, *, rules: tuple[PageRule, ...] = RULES) -> Iterator[Judged]:
    """What each rule says of the page's elements."""
    for rule in rules:
        for outcome in rule.judge(page):
            element = outcome.element
            where = element.selector if element else ""
            says = element.name if element else f"{_title(page)} || {_heading(page)}"
            path = urlsplit(page.url).path
            key = hashlib.sha256(f"{rule.info.id} {path} {where} {made} {says}".encode()).hexdigest()[:12]
            yield Judged(key, rule.info.id, path, says[:160], str(outcome.verdict), made)


def _title(page: Page) -> str:
    return " ".join(page.snapshot.frames[0].title.split()) if page.snapshot else ""


def _heading(page: Page) -> str:
    return next((one.name for one in page.dom.by_role("heading")), "")


def _folder(url: str) -> str:
    return urlsplit(url).path.strip("/").partition("/")[0]


def told(found: list[Judged], labels: dict[str, str]) -> Iterator[str]:
    """A table of verdicts per rule and kind of page, and how many failures a person agrees with."""
    counts = Counter((one.rule, one.made, one.verdict) for one in found)
    for rule, made in sorted({(one.rule, one.made) for one in found}):
        mine = [one for one in found if (one.rule, one.made) == (rule, made)]
        verdicts = ", ".join(f"{counts[rule, made, str(verdict)]} {verdict}" for verdict in Verdict)
        known = [one for one in mine if one.key in labels]
        failed = [one for one in known if one.verdict == Verdict.FAILED]
        right = [one for one in failed if labels[one.key] == "says nothing"]
        bad = sum(labels[one.key] == "says nothing" for one in known)
        yield (
            f"{rule} ({made or 'as it is'}): {len(mine)} judged, {verdicts}; {len(known)} labelled, {bad} say nothing, "
            f"{len(failed)} failed, {len(right)} of them rightly"
        )
        yield from (f"  not so: {one.page}: {one.says}" for one in failed if one not in right)


def drawn(found: list[Judged]) -> list[Judged]:
    """The elements to label: every failure and others, few of each page, in an order drawn by the seed."""
    shuffled = random.Random(SEED).sample(sorted(set(found)), len(set(found)))
    shuffled.sort(key=lambda one: one.verdict != Verdict.FAILED)
    seen: Counter[tuple[str, str, str]] = Counter()
    kept: list[Judged] = []
    for one in shuffled:
        seen[one.rule, one.page, one.made] += 1
        if seen[one.rule, one.page, one.made] <= MOST_EACH:
            kept.append(one)
    return kept


def main(arguments: list[str]) -> None:
    """Look at the pages and print what was found."""
    parser = argparse.ArgumentParser(description=__doc__)
    add_arguments(parser)
    parser.add_argument("--labels", type=Path, help="what a person said of the elements")
    parser.add_argument("--save", type=Path, help="where to write the elements to label")
    given = parser.parse_args(arguments)
    with addresses(given) as urls:
        found = asyncio.run(look_at(urls))
    labels = json.loads(given.labels.read_text("utf-8")) if given.labels else {}
    print(*told(found, labels), sep="\n")
    if given.save:
        lines = [one._asdict() for one in drawn(found)]
        given.save.write_text(json.dumps(lines, indent=1, ensure_ascii=False), "utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
