"""Known collectors are asked for nothing and still listed; pages that are looked at lack nothing by that."""

from __future__ import annotations

import pytest
from counting_server import Answer, CountingServer
from test_reach import PLAN, Net, html

from rules.page import PageState
from scanner.browser.discover import Browser as Installed
from scanner.browser.pool import TabPlan, TabPool
from scanner.browser.telemetry import is_telemetry
from scanner.browser.terms import Terms
from scanner.net.dial import Dialler
from scanner.probes.axe import AxeScript
from scanner.visit import visit

BODY = (
    "<script src=http://static.chartbeat.net/analytics.js></script><img src=http://stats.example/matomo.php?rec=1>"
    "<script src=http://www.googletagmanager.com/gtm.js></script><img src=http://px.ads.linkedin.com/collect>"
    "<script>fetch('http://logc1.xiti.com/track').catch(() => 0); navigator.sendBeacon('/g/collect')</script>"
    "<img src=/own>"
)
COLLECTING = {"/analytics.js", "/matomo.php", "/collect", "/track"}


@pytest.mark.parametrize("quiet", [True, False], ids=["block", "allow"])
async def test_collectors_are_listed_and_asked_only_where_a_person_allows(
    quiet: bool, installed: Installed, axe_script: AxeScript
) -> None:
    hosts = ("public.example", "stats.example", "static.chartbeat.net", "www.googletagmanager.com")
    hosts = (*hosts, "px.ads.linkedin.com", "logc1.xiti.com")
    net = Net(CountingServer({"/": html(BODY), "/gtm.js": Answer("", "text/javascript")}))
    net.names = {host: ["93.184.216.34"] for host in hosts}
    with net.server:
        plan = TabPlan(installed, axe_script, dialler=Dialler(resolve=net.resolve, connect=net.connect), quiet=quiet)
        async with TabPool.open(plan) as pool:
            tab = await pool.fresh(Terms.of("http://public.example/"))
            page = await visit(tab, "http://public.example/", PLAN)
            await pool.give_back(tab)
    arrived = net.server.paths()
    assert {"/", "/own", "/gtm.js"} <= arrived
    assert arrived & COLLECTING == (set() if quiet else COLLECTING)
    assert "/g/collect" not in arrived
    assert page.state is PageState.TESTED
    assert page.resources is not None
    listed = {request.url.partition("?")[0] for request in page.resources.requests if is_telemetry(request.url)}
    assert {f"/{url.split('/', 3)[3]}" for url in listed} >= COLLECTING
    refused = {request.url for request in page.resources.refused() if is_telemetry(request.url)}
    assert len(refused) == (5 if quiet else 1)
