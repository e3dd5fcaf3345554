"""A page of the web reaches nothing of this machine or its network, by whatever way it asks."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from ipaddress import ip_address

import pytest
from counting_server import Answer, CountingServer

from rules.page import PageState
from scanner.browser.discover import Browser as Installed
from scanner.browser.pool import TabPlan, TabPool
from scanner.browser.terms import Terms
from scanner.net.addresses import Address, HostPattern
from scanner.net.dial import Dialler
from scanner.probes.axe import AxeScript
from scanner.visit import VisitPlan, visit

HEAD = "<!doctype html><html lang=en><title>Page</title><main><h1>Page</h1>"
PLAN = VisitPlan(load_s=10.0, probe_s=10.0)
WEB = "93.184.216.34"


def html(body: str) -> Answer:
    return Answer(HEAD + body)


@dataclass
class Net:
    """A small internet: every address of it, and this machine's own, is one counting server."""

    server: CountingServer
    names: dict[str, list[str]] = field(default_factory=lambda: {"public.example": [WEB]})
    dialled: list[str] = field(default_factory=list)

    async def resolve(self, host: str) -> Sequence[Address]:
        answers = self.names[host]
        return (ip_address(answers.pop(0) if len(answers) > 1 else answers[0]),)

    async def connect(self, address: str, port: int) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        self.dialled.append(address)
        return await asyncio.open_connection("127.0.0.1", self.server.port)


@asynccontextmanager
async def scanning(net: Net, installed: Installed, script: AxeScript) -> AsyncIterator[TabPool]:
    plan = TabPlan(installed, script, dialler=Dialler(resolve=net.resolve, connect=net.connect))
    async with TabPool.open(plan) as pool:
        yield pool


@pytest.fixture
def net() -> Net:
    return Net(CountingServer())


INSIDE = {
    "image": "<img src=http://{}/taken>",
    "script": "<script src=http://{}/taken></script>",
    "style": "<style>@import url(http://{}/taken)</style>",
    "frame": "<iframe src=http://{}/taken></iframe>",
    "fetch": "<script>fetch('http://{}/taken', {{mode: 'no-cors'}}).catch(() => 0)</script>",
    "worker": "<script>new Worker(URL.createObjectURL(new Blob([`fetch('http://{}/taken')`])))</script>",
    "preload": "<link rel=preload as=font crossorigin href=http://{}/taken>",
    "media": "<video src=http://{}/taken autoplay></video>",
    "secure": "<img src=https://{}/taken>",
    "redirected": "<img src=/to/{}>",
}


@pytest.mark.parametrize(
    "host", ["127.0.0.1:8000", "localhost", "169.254.169.254", "10.0.0.1", "[::1]", "inside.example"]
)
async def test_a_public_page_takes_nothing_from_inside(
    net: Net, host: str, installed: Installed, axe_script: AxeScript
) -> None:
    net.names["inside.example"] = ["192.168.1.1"]
    net.server.pages["/"] = html("".join(one.format(host) for one in INSIDE.values()) + "<img src=/own>")
    net.server.pages[f"/to/{host}"] = Answer("", headers=(("Location", f"http://{host}/taken"),), status=302)
    with net.server:
        async with scanning(net, installed, axe_script) as pool:
            tab = await pool.fresh(Terms.of("http://public.example/"))
            page = await visit(tab, "http://public.example/", PLAN)
            assert page.response is not None
            assert tab.passport is not None
            assert "allow-hosts" in tab.passport.refused[host.removesuffix(":8000").strip("[]")]
            await pool.give_back(tab)
    assert {"/", "/own", f"/to/{host}"} <= net.server.paths()
    assert "/taken" not in net.server.paths()
    assert set(net.dialled) == {WEB}


@pytest.mark.parametrize("how", ["redirect", "refresh", "script"])
async def test_a_page_that_leads_inside_is_not_opened(
    net: Net, how: str, installed: Installed, axe_script: AxeScript
) -> None:
    there = "http://169.254.169.254/latest"
    net.server.pages["/"] = {
        "redirect": Answer("", headers=(("Location", there),), status=302),
        "refresh": html(f"<meta http-equiv=refresh content='0;url={there}'>"),
        "script": html(f"<script>location = '{there}'</script>"),
    }[how]
    with net.server:
        async with scanning(net, installed, axe_script) as pool:
            tab = await pool.fresh(Terms.of("http://public.example/"))
            page = await visit(tab, "http://public.example/", PLAN)
            await pool.give_back(tab)
    assert page.state is PageState.UNREACHABLE
    assert "169.254.169.254 is on the local link" in page.reason
    assert "/latest" not in net.server.paths()


async def test_a_name_that_moves_inside_after_the_first_page_gains_nothing(
    net: Net, installed: Installed, axe_script: AxeScript
) -> None:
    net.names["public.example"] = [WEB, WEB, "127.0.0.1"]
    net.server.pages["/"] = html("<img src=/moved>")
    with net.server:
        async with scanning(net, installed, axe_script) as pool:
            terms = Terms.of("http://public.example/")
            first = await pool.fresh(terms)
            assert (await visit(first, "http://public.example/", PLAN)).state is PageState.TESTED
            second = await pool.fresh(terms)
            page = await visit(second, "http://public.example/", PLAN)
            await pool.give_back(first)
            await pool.give_back(second)
    # The answer that was checked is kept; one that comes later is checked anew (`test_forward.py`).
    assert page.state is PageState.TESTED
    assert set(net.dialled) == {WEB}


async def test_a_service_inside_is_looked_at_and_may_use_what_a_person_named(
    net: Net, installed: Installed, axe_script: AxeScript
) -> None:
    net.names |= {"intranet.example": ["10.0.0.1"], "cdn.example": ["10.0.0.9"], "other.example": ["10.0.0.8"]}
    net.server.pages["/"] = html("<img src=http://cdn.example/named><img src=http://other.example/taken>")
    with net.server:
        async with scanning(net, installed, axe_script) as pool:
            tab = await pool.fresh(Terms.of("http://intranet.example/", hosts=(HostPattern("cdn.example"),)))
            page = await visit(tab, "http://intranet.example/", PLAN)
            await pool.give_back(tab)
    assert page.state is PageState.TESTED
    assert set(net.dialled) == {"10.0.0.1", "10.0.0.9"}
    assert "/named" in net.server.paths()


async def test_a_page_that_lacks_what_was_refused_says_what_helps(
    net: Net, installed: Installed, axe_script: AxeScript
) -> None:
    net.names |= {"intranet.example": ["10.0.0.1"], "cdn.example": ["10.0.0.9"]}
    net.server.pages["/"] = html("<script>fetch('http://cdn.example/data').catch(() => 0)</script>")
    with net.server:
        async with scanning(net, installed, axe_script) as pool:
            tab = await pool.fresh(Terms.of("http://intranet.example/"))
            page = await visit(tab, "http://intranet.example/", PLAN)
            await pool.give_back(tab)
    assert page.state is PageState.INCOMPLETE_DATA
    assert "cdn.example: 10.0.0.9 is in a private network; where that is right, name it in allow-hosts." in page.reason


async def test_what_a_page_weighs_is_known(net: Net, installed: Installed, axe_script: AxeScript) -> None:
    net.server.pages |= {"/": html("<img src=/a><img src=/b>"), "/a": Answer("x" * 5_000), "/b": Answer("x" * 7_000)}
    with net.server:
        async with scanning(net, installed, axe_script) as pool:
            tab = await pool.fresh(Terms.of("http://public.example/"))
            await visit(tab, "http://public.example/", PLAN)
            assert tab.passport is not None
            account = tab.passport.traffic["public.example"]
            await pool.give_back(tab)
    assert account.requests == 3
    assert 12_000 < account.received < 15_000


async def test_a_file_of_this_machine_is_no_page(
    net: Net, installed: Installed, axe_script: AxeScript, tmp_path: object
) -> None:
    net.server.pages["/"] = html(
        f"<iframe src=file://{tmp_path}></iframe><script>location='file:///etc/hosts'</script>"
    )
    with net.server:
        async with scanning(net, installed, axe_script) as pool:
            tab = await pool.fresh(Terms.of("http://public.example/"))
            page = await visit(tab, "http://public.example/", PLAN)
            await pool.give_back(tab)
    assert page.final_url == "http://public.example/"
