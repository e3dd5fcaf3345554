"""The script of the report in a real browser: lists narrowed, said once, focus kept; texts copied; it only adds."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import axe_playwright_python
import factory
import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, async_playwright
from test_html_in_browser import RUN, VIEWS, opened

from reports.html import write_report
from reports.owners import Owner, Owners
from reports.score import score_scan
from reports.text import file_name
from scanner.browser.discover import Browser as Installed
from scanner.browser.launch import launch
from scanner.crawl.globs import Glob

IN_SIGHT = "[...document.querySelectorAll('li.item')].filter(item => item.checkVisibility()).length"
ALL = "document.querySelectorAll('li.item').length"
OWNERS = Owners(
    (
        Owner("Press office", "press@example.gov", (Glob.parse("/news/*"),)),
        Owner("Everybody else", "https://intranet.example.gov/web", (Glob.parse("/*"),)),
    )
)
TEAM = f"owners/{file_name('Everybody else')}.html"
SETTLED_MS = 900
"""Longer than the script waits before it says anything."""


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def browser(installed: Installed) -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        started = await launch(playwright, installed.path, installed.kind)
        yield started
        await started.close()


@pytest.fixture(scope="module")
def problems(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The list of problems of a scan of three services."""
    folder = tmp_path_factory.mktemp("report")
    scan = factory.rich_scan()
    write_report(scan, score_scan(scan), folder, owners=OWNERS, edit_link="https://cms.example/edit/{path}")
    return folder / "problems.html"


async def listen(page: Page) -> None:
    """Keeps in `window.said` whatever the live region says from now on."""
    await page.evaluate("""() => {
        window.said = [];
        const region = document.querySelector("#filters [role=status]");
        new MutationObserver(() => window.said.push(region.textContent)).observe(region, {childList: true});
    }""")


async def test_a_choice_leaves_what_fits_and_says_so_once(browser: Browser, problems: Path) -> None:
    async with opened(browser, problems) as page:
        whole = await page.evaluate(ALL)
        await listen(page)
        option = page.locator("#filter-group option").nth(1)
        text, count = (
            await option.get_attribute("data-text"),
            (await option.inner_text()).rpartition("(")[2].rstrip(")"),
        )
        await page.focus("#filter-group")
        await page.keyboard.press("ArrowDown")
        await page.keyboard.press("ArrowDown")
        await page.keyboard.press("ArrowUp")
        assert await page.evaluate(IN_SIGHT) == int(count) < whole
        await page.wait_for_timeout(SETTLED_MS)
        assert await page.evaluate("window.said") == [f"{count} of {whole} shown, by Group of people: {text}."]
        assert await page.evaluate("document.activeElement.id") == "filter-group"
        assert await page.evaluate(
            "[...document.querySelectorAll('li.item')].every(item => item.checkVisibility() === "
            "(item.dataset.group || '').split(' ').includes('0'))"
        )


async def test_choices_are_joined_and_taken_back_at_once(browser: Browser, problems: Path) -> None:
    async with opened(browser, problems) as page:
        whole = await page.evaluate(ALL)
        await page.select_option("#filter-role", index=3)
        one = await page.evaluate(IN_SIGHT)
        await page.select_option("#filter-standing", index=1)
        both = await page.evaluate(IN_SIGHT)
        assert 0 < both < one < whole
        assert (
            await page.evaluate(
                "[...document.querySelectorAll('main section')].filter(s => s.checkVisibility()).length"
            )
            == 1
        )
        await page.click("#filters button")
        assert await page.evaluate(IN_SIGHT) == whole
        assert await page.evaluate("document.activeElement.textContent") == "Show all"
        await page.wait_for_timeout(SETTLED_MS)
        assert await page.inner_text("#filters [role=status]") == f"{whole} of {whole} shown."


async def test_without_script_there_is_the_whole_list_and_nothing_to_choose(browser: Browser, problems: Path) -> None:
    async with opened(browser, problems, java_script_enabled=False) as page:
        assert not await page.locator("#filters").is_visible()
        items = page.locator("li.item")
        assert await items.count() > 5
        assert all([await items.nth(at).is_visible() for at in range(await items.count())])


async def test_a_narrowed_list_says_on_paper_that_it_is_narrowed(browser: Browser, problems: Path) -> None:
    async with opened(browser, problems) as page:
        await page.select_option("#filter-role", index=1)
        await page.wait_for_timeout(SETTLED_MS)
        await page.emulate_media(media="print")
        assert not await page.locator("#filter-role").is_visible()
        assert "shown, by Who fixes it" in await page.inner_text("#filters [role=status]")


@pytest.mark.parametrize("granted", [True, False])
async def test_the_text_of_an_issue_is_copied_and_said_to_be(browser: Browser, problems: Path, granted: bool) -> None:
    async with opened(browser, problems.parent / "problems/image-alt.html") as page:
        if granted:
            await page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        else:
            await page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(new Error()) }")
        box = page.locator("details.copy").first
        assert not await box.locator("textarea").is_visible()
        await box.locator("summary").click()
        button = box.get_by_role("button")
        assert (await button.inner_text()).startswith("Copy problem ")
        await button.focus()
        await page.keyboard.press("Enter")
        await box.get_by_text("Copied.", exact=True).wait_for()
        assert await button.evaluate("button => button === document.activeElement")
        if granted:
            copied = await page.evaluate("navigator.clipboard.readText()")
            assert copied == await box.locator("textarea").input_value()
            assert copied.startswith("## ")
        else:
            area = box.locator("textarea")
            chosen = await area.evaluate("area => area.value.slice(area.selectionStart, area.selectionEnd)")
            assert chosen == await area.input_value() != ""


async def test_without_script_the_text_of_an_issue_can_be_read(browser: Browser, problems: Path) -> None:
    async with opened(browser, problems.parent / "problems/image-alt.html", java_script_enabled=False) as page:
        box = page.locator("details.copy").first
        await box.locator("summary").click()
        assert await box.locator("textarea").is_visible()
        assert await box.locator("button").count() == 0


@pytest.mark.parametrize("view", ["light", "dark", "narrow"])
@pytest.mark.parametrize("name", ["problems.html", "problems/image-alt.html", TEAM])
async def test_with_everything_in_use_axe_finds_no_failure(
    browser: Browser, problems: Path, name: str, view: str
) -> None:
    axe = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text("utf-8")
    async with opened(browser, problems.parent / name, **VIEWS[view]) as page:
        for select in await page.locator("#filters select").all():
            await select.select_option(index=0)
        for summary in await page.locator("details.copy summary").all():
            await summary.click()
        for button in await page.locator("details.copy button").all():
            await button.click()
        await page.wait_for_timeout(SETTLED_MS)
        await page.evaluate(f"{axe}; undefined")
        found = await page.evaluate("options => axe.run(document, options)", RUN)
        assert [(one["id"], [node["target"] for node in one["nodes"]]) for one in found["violations"]] == []
        assert len(found["passes"]) > 10
        width = page.viewport_size["width"] if page.viewport_size else 0
        assert await page.evaluate("document.documentElement.scrollWidth") <= width
