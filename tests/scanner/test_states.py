"""What a page really is, on served pages in the shapes that public sites have; see tests/sites/states."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import pytest_asyncio
from states_site import Shape, StatesSite, serving, shapes

from rules.page import PageState
from scanner.browser.tab import Tab
from scanner.missing import MissingPages, address_of_nothing
from scanner.probes.axe import OPTIONS
from scanner.visit import VisitPlan, visit

ONE_RULE = {**OPTIONS, "runOnly": ["document-title"]}
PLAN = VisitPlan(load_s=15.0, probe_s=15.0, axe_options=ONE_RULE)
TABLE = [shape for shape in shapes() if shape.state]


@pytest.fixture(scope="module")
def site() -> Iterator[StatesSite]:
    with serving() as started:
        yield started


async def _always(_url: str) -> bool:
    return True


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def missing() -> MissingPages:
    return MissingPages(_always)


def test_the_table_has_what_its_numbers_stand_on() -> None:
    assert len(TABLE) >= 60
    assert sum(shape.is_page for shape in TABLE) >= 15
    for state in ("login", "soft-404", "error-page", "blocked", "incomplete-data"):
        assert sum(shape.state == state for shape in TABLE) >= 4, state
    assert len({shape.path for shape in TABLE}) == len(TABLE)


@pytest.mark.parametrize("shape", TABLE, ids=lambda shape: f"{shape.file or shape.to}-{shape.path}")
async def test_each_page_is_told_for_what_it_is(
    tab: Tab, site: StatesSite, missing: MissingPages, shape: Shape
) -> None:
    page = await visit(tab, site.base() + shape.path, PLAN)
    page = await missing.compared(tab, page, PLAN)
    assert page.state == shape.state, page.reason
    assert page.reason or page.state is PageState.TESTED


async def test_what_does_not_exist_is_asked_for_once_and_only_for_a_reason(tab: Tab, site: StatesSite) -> None:
    asked: list[str] = []

    async def may_ask(url: str) -> bool:
        asked.append(url)
        return True

    known = MissingPages(may_ask)
    long = await visit(tab, f"{site.base()}/benefits", PLAN)
    assert (await known.compared(tab, long, PLAN)).state is PageState.TESTED
    assert asked == [], "a page that has much to say gives no reason to ask"
    for path in ("/fi/vanha", "/contact", "/fi/vanha"):
        await known.compared(tab, await visit(tab, site.base() + path, PLAN), PLAN)
    assert asked == [address_of_nothing(site.base())]


async def test_without_leave_to_ask_a_page_in_an_unknown_language_stays_a_page(tab: Tab, site: StatesSite) -> None:
    async def never(_url: str) -> bool:
        return False

    page = await visit(tab, f"{site.base()}/fi/vanha", PLAN)
    assert (await MissingPages(never).compared(tab, page, PLAN)).state is PageState.TESTED
