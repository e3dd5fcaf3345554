"""A page that takes too much memory is ended and named; a browser that grows too large is renewed."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator

import pytest
from counting_server import Answer, CountingServer

from rules.page import PageState
from scanner.browser.discover import Browser as Installed
from scanner.browser.memory import held_mb
from scanner.browser.pool import TabPlan, TabPool
from scanner.browser.terms import Terms
from scanner.probes.axe import AxeScript
from scanner.visit import VisitPlan, visit

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")

HEAD = "<!doctype html><html lang=en><title>Fares</title><main><h1>Fares</h1><p>Two crowns a trip.</main>"
HOARD = "<script>const hoard = []; setInterval(() => { hoard.push(new Uint8Array(1e8).fill(1)); }, 20)</script>"
PLAN = VisitPlan(load_s=20.0, probe_s=20.0)


@pytest.fixture
def server() -> Iterator[CountingServer]:
    with CountingServer({"/": Answer(HEAD), "/hoard": Answer(HEAD + HOARD)}) as counting:
        yield counting


async def test_a_page_that_hoards_is_ended_and_the_next_is_met_as_ever(
    installed: Installed, axe_script: AxeScript, server: CountingServer
) -> None:
    terms = Terms.of(server.here)
    async with TabPool.open(TabPlan(installed, axe_script, memory_mb=600)) as pool:
        tab = await pool.fresh(terms)
        page = await visit(tab, f"{server.here}/hoard", PLAN)
        assert page.state is PageState.CRASHED, page.reason
        assert page.reason == "The page took more than 600 MB of memory and was ended."
        tab = await pool.usable(tab, terms)
        assert (await visit(tab, f"{server.here}/", PLAN)).state is PageState.TESTED
        await pool.give_back(tab)


async def test_a_browser_that_outgrew_its_share_is_renewed(
    installed: Installed, axe_script: AxeScript, server: CountingServer
) -> None:
    terms = Terms.of(server.here)
    async with TabPool.open(TabPlan(installed, axe_script)) as pool:
        tab = await pool.fresh(terms)
        before = tab.context.browser
        pool._homes[id(tab)].memory.outgrown = True
        tab = await pool.usable(tab, terms)
        assert tab.context.browser is not before
        assert before is not None
        assert not before.is_connected(), "the old one has ended with its last tab"
        assert (await visit(tab, f"{server.here}/", PLAN)).state is PageState.TESTED
        await pool.give_back(tab)


def test_memory_is_told_of_processes_that_are_there() -> None:
    assert held_mb(os.getpid()) > 5
    assert held_mb(2**22 + 1) == 0
