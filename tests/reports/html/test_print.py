"""The overview on paper: what those who lead need stands on the first page, A4, and nothing else does."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from playwright.async_api import Browser, Page
from test_html_in_browser import browser, folder, opened  # noqa: F401


async def pages(page: Page) -> int:
    """On how many pages a document prints."""
    with pikepdf.open(BytesIO(await page.pdf(format="A4", prefer_css_page_size=True))) as file:
        return len(file.pages)


@pytest.mark.parametrize("name", ["one", "clean"])
async def test_what_leaders_need_prints_on_one_page(browser: Browser, folder: Path, name: str) -> None:  # noqa: F811
    async with opened(browser, folder / name / "index.html") as page:
        whole = await pages(page)
        details = await page.evaluate("""() => {
            document.querySelector(".bottom").remove();
            const details = document.querySelector(".details");
            details.remove();
            return [...details.querySelectorAll("h2")].map(heading => heading.id);
        }""")
        assert details[0] == "qualities"
        assert "method" in details
        assert await pages(page) == 1 < whole


async def test_of_several_services_the_first_page_has_what_stops_people_and_what_to_do(
    browser: Browser,  # noqa: F811
    folder: Path,  # noqa: F811
) -> None:
    async with opened(browser, folder / "rich" / "index.html") as page:
        left = await page.evaluate("""() => {
            const first = ["stops", "next"];
            for (const section of document.querySelectorAll("main > section, .details, .bottom"))
                if (!first.includes(section.querySelector("h2")?.id)) section.remove();
            return [...document.querySelectorAll("h2")].map(heading => heading.id);
        }""")
        assert left == ["stops", "next"]
        assert await pages(page) == 1
