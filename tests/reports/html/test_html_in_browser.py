"""The report in a real browser: axe-core finds no failure, nothing runs, loads or runs over, whoever looks."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import axe_playwright_python
import factory
import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, async_playwright
from test_periodic import STORIES, document

from reports.html import write_report
from reports.score import score_scan
from scanner.browser.discover import Browser as Installed
from scanner.browser.launch import launch

DOCUMENTS = (
    "one/index.html",
    "rich/index.html",
    "rich/problems.html",
    "rich/questions.html",
    "rich/services/01.html",
    "rich/services/02.html",
    "rich/services/03.html",
    "rich/problems/image-alt.html",
    "rich/problems/link-purpose.html",
    "rich/pages/0003.html",
    "rich/pages/0004.html",
    "rich/pages/0015.html",
    "rich/pages/0020.html",
    "clean/index.html",
    "unscored/index.html",
    "periodic/periodic.html",
)
DIFFERENT = ("periodic/periodic.html", "rich/index.html", "rich/problems/image-alt.html", "rich/pages/0003.html")
NOT_ON = {"enabled": True}
RUN = {"rules": {"target-size": NOT_ON, "color-contrast-enhanced": NOT_ON, "identical-links-same-purpose": NOT_ON}}
VIEWS: dict[str, dict[str, Any]] = {
    "light": {"color_scheme": "light"},
    "dark": {"color_scheme": "dark"},
    "narrow": {"viewport": {"width": 320, "height": 640}},
    "forced": {"forced_colors": "active"},
}


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def browser(installed: Installed) -> AsyncIterator[Browser]:
    """A browser that no network guard watches: a reader opens the report from files, which a scan may not."""
    async with async_playwright() as playwright:
        started = await launch(playwright, installed.path, installed.kind)
        yield started
        await started.close()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Reports of several scans, written as a user finds them."""
    root = tmp_path_factory.mktemp("reports")
    scans = {"one": factory.one_service(), "rich": factory.rich_scan(), "clean": factory.clean_scan()}
    for name, scan in scans.items():
        write_report(scan, score_scan(scan), root / name)
    write_report(scans["rich"], None, root / "unscored")
    (root / "periodic").mkdir()
    (root / "periodic" / "periodic.html").write_text(document(root, *STORIES["several"]), "utf-8")
    return root


@asynccontextmanager
async def opened(browser: Browser, file: Path, **view: Any) -> AsyncIterator[Page]:
    """The document in a tab; what the console says or what is asked for beside it fails the test."""
    heard: list[str] = []
    context = await browser.new_context(**view)
    try:
        page = await context.new_page()
        page.on("console", lambda message: heard.append(message.text))
        page.on("pageerror", lambda error: heard.append(str(error)))
        page.on("dialog", lambda dialog: heard.append(f"dialog: {dialog.message}"))
        page.on("request", lambda request: heard.append(request.url))
        await page.goto(file.as_uri())
        assert heard[0] == file.as_uri()
        assert {urlsplit(address).path.rpartition("/")[2] for address in heard[1:]} <= {"report.js"}
        yield page
    finally:
        await context.close()


@pytest.mark.parametrize(
    ("document", "view"),
    [(document, "light") for document in DOCUMENTS]
    + [(document, view) for document in DIFFERENT for view in ("dark", "narrow", "forced")],
)
async def test_axe_finds_no_failure(browser: Browser, folder: Path, document: str, view: str) -> None:
    axe = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text("utf-8")
    async with opened(browser, folder / document, **VIEWS[view]) as page:
        await page.evaluate(f"{axe}; undefined")
        found = await page.evaluate("options => axe.run(document, options)", RUN)
        assert [
            (one["id"], [node["target"] for node in one["nodes"]], one["nodes"][0]["failureSummary"])
            for one in found["violations"]
        ] == []
        assert len(found["passes"]) > 10


@pytest.mark.parametrize("document", DOCUMENTS)
async def test_at_320_pixels_only_tables_scroll_sideways(browser: Browser, folder: Path, document: str) -> None:
    async with opened(browser, folder / document, viewport={"width": 320, "height": 640}) as page:
        assert await page.evaluate("document.documentElement.scrollWidth") <= 320
        assert (
            await page.evaluate("""() => [...document.querySelectorAll("main *")].filter(element =>
            !element.closest(".scroll, svg") && element.getBoundingClientRect().right > 320).length""")
            == 0
        )


async def test_the_policy_lets_our_style_in_and_nothing_else(browser: Browser, folder: Path) -> None:
    async with opened(browser, folder / "rich/index.html") as page:
        assert await page.evaluate("getComputedStyle(document.querySelector('.skip')).position") == "absolute"
        refused = await page.evaluate("""() => new Promise(resolve => {
            const refused = [];
            document.addEventListener("securitypolicyviolation", event => {
                refused.push(event.effectiveDirective);
                if (refused.length === 3) resolve(refused.sort());
            });
            for (const [tag, text] of [["script", "window.ran = true"], ["style", "body { color: red }"]]) {
                const element = document.createElement(tag);
                element.textContent = text;
                document.body.append(element);
            }
            const image = document.createElement("img");
            image.src = "https://example.org/x.png";
            document.body.append(image);
        })""")
        assert refused == ["img-src", "script-src-elem", "style-src-elem"]
        assert await page.evaluate("window.ran") is None


async def test_the_first_tab_stop_skips_to_the_content(browser: Browser, folder: Path) -> None:
    async with opened(browser, folder / "one/index.html") as page:
        await page.keyboard.press("Tab")
        assert await page.evaluate("document.activeElement.textContent") == "Skip to the content"
        assert await page.evaluate("document.activeElement.getBoundingClientRect().left") >= 0
        await page.keyboard.press("Enter")
        assert await page.evaluate("document.activeElement.id") == "main"


async def test_focus_is_drawn_with_a_line_of_enough_contrast(browser: Browser, folder: Path) -> None:
    for scheme in ("light", "dark"):
        async with opened(browser, folder / "one/index.html", color_scheme=scheme) as page:
            for _ in range(4):
                await page.keyboard.press("Tab")
            line, behind, width = await page.evaluate("""() => {
                const style = getComputedStyle(document.activeElement);
                return [style.outlineColor, getComputedStyle(document.documentElement).backgroundColor,
                        parseFloat(style.outlineWidth)];
            }""")
            assert width >= 2
            assert contrast(line, behind) >= 3


async def test_a_printed_report_is_dark_on_light_and_opens_what_is_folded(browser: Browser, folder: Path) -> None:
    async with opened(browser, folder / "one/index.html", color_scheme="dark") as page:
        await page.emulate_media(media="print", color_scheme="dark")
        ink, paper = await page.evaluate("""() => {
            const style = getComputedStyle(document.documentElement);
            return [style.color, style.backgroundColor];
        }""")
        assert luminance(ink) < 0.1 < 0.9 < luminance(paper)
        assert await page.evaluate("document.querySelector('details li').checkVisibility()")


def contrast(one: str, other: str) -> float:
    """The contrast of two colours as WCAG computes it."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def luminance(colour: str) -> float:
    """The relative luminance of "rgb(r, g, b)"."""
    channels = [int(part) / 255 for part in colour.removeprefix("rgb(").removesuffix(")").split(",")]
    linear = [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
