"""Problems shown where they are: a window on the page, each place outlined, with what is wrong beside it.

For the person who fixes: `curbcut check URL --only RULE --highlight`. Where there is no screen a picture of the page is
written instead.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from playwright.async_api import Error, FrameLocator, Locator, Page

from reports.model import Scan
from rules.model import Verdict
from scanner.browser.discover import find
from scanner.browser.driver import driver
from scanner.browser.launch import runs_as_root
from scanner.output import write

PICTURE = "highlight.png"
MOST_PLACES = 100
LOAD_S = 30.0
PLACE_S = 3.0

_OUTLINE = """
(element, [number, message]) => {
  element.scrollIntoView({ block: "center" });
  element.style.setProperty("outline", "4px solid #b10e1e", "important");
  element.style.setProperty("outline-offset", "2px", "important");
  const box = element.getBoundingClientRect();
  const note = element.ownerDocument.createElement("div");
  note.textContent = `${number}. ${message}`;
  note.style.cssText = "all: initial; position: absolute; z-index: 2147483647; max-width: 24em; padding: 4px 8px; "
    + "background: #b10e1e; color: #fff; font: 16px/1.3 sans-serif; "
    + (innerWidth - box.right > 200
      ? `left: ${box.right + scrollX + 12}px; top: ${box.top + scrollY - 4}px`
      : `left: ${Math.max(0, box.left + scrollX)}px; top: ${box.bottom + scrollY + 8}px`);
  element.ownerDocument.documentElement.append(note);
}
"""


class Spot(NamedTuple):
    """One place of a problem or question: the address as it can be visited, the way to the element, what is said."""

    url: str
    frame: str
    selector: str
    message: str


def spots(scan: Scan, served: Mapping[str, str]) -> list[Spot]:
    """The places of the first page that has any, in the order of the results; `served` has the addresses of files."""
    for site in scan.sites:
        for page in site.pages:
            found = [
                Spot(served.get(page.url, page.url), outcome.target.frame, outcome.target.selector, outcome.message)
                for outcome in page.outcomes
                if outcome.verdict in (Verdict.FAILED, Verdict.CANT_TELL) and outcome.target is not None
            ]
            if found:
                return found[:MOST_PLACES]
    return []


def has_screen(environ: Mapping[str, str] = os.environ, *, platform: str = sys.platform) -> bool:
    """Whether a window can be opened here."""
    return platform in ("darwin", "win32") or bool(environ.get("DISPLAY") or environ.get("WAYLAND_DISPLAY"))


async def highlight(found: Sequence[Spot], *, browser: str | None, folder: Path, screen: bool) -> None:
    """Show the page with its places outlined until its window is closed, or write a picture of it into the folder."""
    if not found:
        write("There is no place to show: nothing failed, and nothing is asked, at an element.")
        return
    installed = find(browser, prefer="chromium" if screen else None)
    if installed is None or (screen and installed.kind == "headless-shell"):
        write("No browser that can open a window was found; a picture is written instead.")
        installed, screen = installed or find(browser), False
    if installed is None:
        return
    async with driver() as playwright:
        started = await playwright.chromium.launch(
            executable_path=installed.path, headless=not screen, chromium_sandbox=not runs_as_root()
        )
        page = await started.new_page(viewport=None if screen else {"width": 1280, "height": 800})
        await page.goto(found[0].url, timeout=LOAD_S * 1000)
        for number, spot in enumerate(found, 1):
            write(await _outlined(page, number, spot))
        if screen:
            write("Close the window to go on.")
            await page.wait_for_event("close", timeout=0)
        else:
            picture = folder / PICTURE
            await page.screenshot(path=picture, full_page=True)
            write(f"There is no screen here, so no window was opened. The page with its places outlined: {picture}")
        await started.close()


async def _outlined(page: Page, number: int, spot: Spot) -> str:
    """The line for a place, which is outlined if it is still there."""
    try:
        await _locator(page, spot).evaluate(_OUTLINE, [number, spot.message], timeout=PLACE_S * 1000)
    except Error:
        return f"  {number}. {spot.selector}: not found any more. {spot.message}"
    return f"  {number}. {spot.selector}: {spot.message}"


def _locator(page: Page, spot: Spot) -> Locator:
    """The first element of a place; Playwright's selectors go into open shadow trees by themselves."""
    here: Page | FrameLocator = page
    for frame in filter(None, spot.frame.split(" | ")):
        here = here.frame_locator(_css(frame))
    return here.locator(_css(spot.selector)).first


def _css(selector: str) -> str:
    return "css=" + selector.replace(" >>> ", " ")
