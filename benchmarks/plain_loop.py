"""The loop that a user would write: Playwright and axe-core, a new page for each URL, one after the other.

    python benchmarks/plain_loop.py --from urls.txt [--browser PATH]

Prints one JSON line with the number of pages and of findings; `throughput.py` measures it from outside.
"""

from __future__ import annotations

import argparse
import asyncio
import json
from pathlib import Path

import axe_playwright_python
from playwright.async_api import async_playwright

from scanner.browser.discover import ensure
from scanner.browser.launch import runs_as_root


async def loop(urls: list[str], browser_path: Path) -> tuple[int, int]:
    """How many pages were looked at and how many places axe-core reported."""
    engine = next(Path(axe_playwright_python.__file__).parent.rglob("axe.min.js")).read_text("utf-8")
    found = 0
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=browser_path, chromium_sandbox=not runs_as_root(), args=["--disable-background-networking"]
        )
        context = await browser.new_context()
        for url in urls:
            page = await context.new_page()
            await page.goto(url)
            await page.evaluate(engine)
            results = await page.evaluate("axe.run()")
            found += sum(len(rule["nodes"]) for rule in results["violations"])
            await page.close()
        await browser.close()
    return len(urls), found


def main() -> None:
    """Run the loop over the listed URLs."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--from", dest="source", type=Path, required=True)
    parser.add_argument("--browser")
    given = parser.parse_args()
    urls = given.source.read_text("utf-8").split()
    pages, found = asyncio.run(loop(urls, ensure(given.browser, say=print).path))
    print(json.dumps({"pages": pages, "found": found}))


if __name__ == "__main__":
    main()
