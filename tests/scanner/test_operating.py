"""Which pages are operated: those that were chosen, and of pages that somebody named the small ones."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from reports.store import open_store
from scanner.browser.tab import Tab
from scanner.crawl.queue import QueueItem, SiteQueue
from scanner.crawl.site import SiteCrawl
from scanner.operating import EVERY, NAMED, SMALL, Operating
from scanner.sites import Target
from scanner.visit import VisitPlan, visit


def item(ordinal: int, *, novel: bool = False) -> QueueItem:
    return QueueItem(ordinal, f"https://example.gov/page/{ordinal}", 0, "", 1, novel=novel)


@pytest.fixture
def site(tmp_path: Path) -> Callable[[bool], SiteCrawl]:
    def made(follows: bool) -> SiteCrawl:
        with open_store(tmp_path / "store.db") as store:
            target = Target(url="https://example.gov/", name="Benefits")
            return SiteCrawl(0, target, SiteQueue(store, scan=1, site=0), follows=follows)

    return made


def test_all_or_none_is_what_is_asked_for(site: Callable[[bool], SiteCrawl]) -> None:
    for follows in (True, False):
        assert Operating("all", 1).elements(site(follows), item(90)) == EVERY
        assert Operating("none", 1).elements(site(follows), item(0, novel=True)) == 0


def test_of_named_pages_the_first_and_the_small_ones_are_operated(site: Callable[[bool], SiteCrawl]) -> None:
    limits = [Operating("some", 1).elements(site(False), item(number)) for number in range(60)]
    assert set(limits[:NAMED]) == {EVERY}
    assert set(limits[NAMED:]) == {EVERY, SMALL}


def test_of_a_crawl_new_kinds_and_a_fifth_are_operated(site: Callable[[bool], SiteCrawl]) -> None:
    assert Operating("some", 1).elements(site(True), item(90, novel=True)) == EVERY
    limits = [Operating("some", 1).elements(site(True), item(number)) for number in range(400)]
    assert set(limits) == {EVERY, 0}
    assert 50 < limits.count(EVERY) < 110


@pytest.mark.parametrize(("links", "is_operated"), [(3, True), (30, False)])
async def test_a_page_with_more_elements_is_looked_at_and_not_operated(
    links: int, is_operated: bool, tab: Tab, tmp_path: Path, serve: Callable[[Path], str]
) -> None:
    html = "<!doctype html><html lang=en><title>Page</title>" + "<a href=#x>Link</a>" * links
    (tmp_path / "index.html").write_text(html, "utf-8")
    page = await visit(tab, f"{serve(tmp_path)}/index.html", VisitPlan(operate=20))
    assert len(page.dom.elements) > links
    assert (page.focus is not None) is is_operated
    assert page.axe is not None
