"""What a real start of a browser shows: whether its sandbox works, what letters it has, whether it reaches a page.

For `curbcut doctor`. Nothing here is judged; `scanner.doctor` says what is wrong and what helps.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from playwright.async_api import Browser as Running
from playwright.async_api import Error, Page

from rules.errors import EnvironmentFault
from scanner.browser.discover import Browser
from scanner.browser.driver import driver
from scanner.browser.launch import Visitor, context_options, launch
from scanner.browser.proxies import Proxy
from scanner.browser.trust import believing

START_TIMEOUT_S = 60.0
PAGE_TIMEOUT_S = 30.0

SAMPLES: Mapping[str, str] = {
    "Latin": "ñ",
    "Greek": "Ω",
    "Cyrillic": "Ж",
    "Arabic": "ع",
    "Hebrew": "ש",
    "Devanagari": "क",
    "Chinese": "文",
    "Japanese": "か",
    "Korean": "한",
    "Vietnamese": "ệ",
    "emoji": "😀",
}
"""A letter of each script that public services are commonly offered in."""

WITHOUT_FONT = """(samples) => {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = 48;
  const context = canvas.getContext("2d", {willReadFrequently: true});
  context.font = "32px sans-serif";
  const drawn = (letter) => {
    context.clearRect(0, 0, 48, 48);
    context.fillText(letter, 4, 36);
    return context.getImageData(0, 0, 48, 48).data.join();
  };
  // No font has a letter at a private code point: this is what a missing letter looks like.
  const missing = drawn("\\u{F0000}");
  const nothing = drawn(" ");
  return Object.keys(samples).filter((script) => [missing, nothing].includes(drawn(samples[script])));
}"""


@dataclass(frozen=True)
class Trial:
    """What a start of one browser showed.

    `trouble` holds the browser's own words: of the start with the sandbox on where `sandboxed` is False.
    `without_font` names the scripts whose letters come out as boxes or not at all.
    `page_trouble` is why the page that was asked for did not open, "" when it did or when none was.
    """

    starts: bool
    sandboxed: bool
    trouble: str = ""
    without_font: tuple[str, ...] = ()
    page_trouble: str = ""


async def try_browser(
    browser: Browser, *, url: str | None = None, proxy: Proxy | None = None, bundle: Path | None = None
) -> Trial:
    """Starts the browser with its sandbox on, and without it only when that fails; opens `url` in what started.

    It believes the authorities of `bundle` where a scan's browser does. Raises EnvironmentFault where Playwright itself
    cannot run.
    """
    trouble = ""
    with believing(bundle) as environment:
        async with driver() as playwright:
            for sandboxed in (True, False):
                start = partial(launch, playwright, browser.path, browser.kind, proxy=proxy, environment=environment)
                try:
                    running = await start(root=not sandboxed, timeout_s=START_TIMEOUT_S)
                except EnvironmentFault as fault:
                    trouble = trouble or fault.what
                    continue
                return await _tried(running, browser, url, sandboxed=sandboxed, trouble=trouble)
    return Trial(False, False, trouble)


async def _tried(running: Running, browser: Browser, url: str | None, *, sandboxed: bool, trouble: str) -> Trial:
    async with running:
        page = await running.new_page()
        without_font = tuple(await page.evaluate(WITHOUT_FONT, dict(SAMPLES)))
        page_trouble = await _open(running, browser.version, url) if url else ""
    return Trial(True, sandboxed, trouble, without_font, page_trouble)


async def _open(running: Running, version: str, url: str) -> str:
    # Without script nothing but GET can leave the page, so no guard is needed.
    context = await running.new_context(**context_options(version, Visitor()), java_script_enabled=False)
    page: Page = await context.new_page()
    try:
        await page.goto(url, wait_until="commit", timeout=PAGE_TIMEOUT_S * 1000)
    except Error as error:
        return error.message.splitlines()[0]
    finally:
        await context.close()
    return ""
