"""What the browser gives to assistive technology of a report: its own tree as text, and what must be true of it.

The texts lie in `golden`. After a change that is meant, `CURBCUT_GOLDEN=write` writes them anew; read the difference.
"""

from __future__ import annotations

import os
from pathlib import Path

import factory
import pytest
from lxml import html
from playwright.async_api import Browser
from test_html_in_browser import browser, folder, opened  # noqa: F401
from test_periodic import STORIES, document

from reports.html.report import documents
from reports.score import score_scan

GOLDEN = Path(__file__).parent / "golden"
TREES = {
    "overview": "one/index.html",
    "overview-of-several": "rich/index.html",
    "problems": "one/problems.html",
    "problem": "one/problems/button-name.html",
    "service": "one/services/01.html",
    "page": "one/pages/0003.html",
    "periodic": "periodic/periodic.html",
}
ANSWERS = {
    "index.html": {"stops", "next", "groups", "extent", "qualities", "person", "untested", "method"},
    "services/01.html": {"groups", "qualities", "problems", "questions", "left", "kinds", "pages"},
    "pages/0003.html": {"problems", "questions", "groups", "checks", "probes"},
    "periodic.html": {"stops", "period", "scores", "services", "changes", "promises", "not"},
}


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> dict[str, html.HtmlElement]:
    """Every document of the reports, parsed, by its name."""
    told = {}
    for name, scan in {
        "one": factory.one_service(),
        "rich": factory.rich_scan(),
        "clean": factory.clean_scan(),
    }.items():
        told |= {f"{name}/{file}": text for file, text in documents(scan, score_scan(scan))}
    for name, several in STORIES.items():
        told[f"{name}/periodic.html"] = document(tmp_path_factory.mktemp(name), *several)
    return {name: html.document_fromstring(text) for name, text in told.items()}


@pytest.mark.parametrize("name", TREES)
async def test_the_tree_is_the_one_that_was_read(browser: Browser, folder: Path, name: str) -> None:  # noqa: F811
    kept = GOLDEN / f"{name}.yaml"
    async with opened(browser, folder / TREES[name]) as page:
        tree = await page.locator("body").aria_snapshot() + "\n"
    if os.environ.get("CURBCUT_GOLDEN") == "write":
        kept.parent.mkdir(exist_ok=True)
        kept.write_text(tree, "utf-8")
    assert tree == kept.read_text("utf-8")


def test_each_answer_has_a_heading_of_its_own(read: dict[str, html.HtmlElement]) -> None:
    for name, told in read.items():
        assert len(told.xpath("//h1")) == 1, name
        story, _, file = name.partition("/")
        if story == "one" and file in ANSWERS:
            assert ANSWERS[file] <= set(told.xpath("//h2/@id")), name
        for section in told.xpath("//main//section[not(contains(@class, 'entry'))]"):
            assert len(section.xpath("h2")) == 1, name


def test_no_two_links_of_one_name_lead_to_different_places(read: dict[str, html.HtmlElement]) -> None:
    for name, told in read.items():
        targets: dict[str, str] = {}
        for link in told.iter("a"):
            said = " ".join(link.text_content().split()).casefold()
            assert targets.setdefault(said, link.get("href")) == link.get("href"), f"{name}: {said}"


def test_tables_have_a_caption_and_headers_with_a_scope(read: dict[str, html.HtmlElement]) -> None:
    tables = 0
    for name, told in read.items():
        for table in told.iter("table"):
            tables += 1
            assert table.xpath("string(caption)").strip(), name
            assert table.xpath("thead//td | thead//th[not(@scope='col')]") == [], name
            assert table.xpath("tbody//th[not(@scope='row')]") == [], name
            assert all(len(row.xpath("th")) == 1 for row in table.xpath("tbody/tr")), name
    assert tables > 20


def test_what_a_picture_shows_stands_before_it_in_words(read: dict[str, html.HtmlElement]) -> None:
    pictures = 0
    for name, told in read.items():
        for picture in told.iter("svg"):
            pictures += 1
            if picture.get("aria-hidden") == "true":  # a bar beside its number
                before = picture.xpath("(preceding::p[@class='value'] | preceding-sibling::strong)[last()]")
                assert before, name
                assert before[0].text_content().strip(), name
            else:
                assert picture.xpath("preceding::table[1]/ancestor::section = ancestor::section"), name
    assert pictures > 20
