"""A launched browser is repeatable and quiet, says who it is, and says why when it does not start."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from attempts import html
from counting_server import CountingServer
from playwright.async_api import Browser, async_playwright
from running import PATHS, Running, until

from rules.errors import EnvironmentFault
from scanner.browser.launch import (
    DISABLED_APIS,
    DISABLED_FEATURES,
    SWITCHES,
    Visitor,
    context_options,
    launch,
    runs_as_root,
    user_agent,
)

VISITOR = Visitor(
    contact="https://example.gov/contact", locale="cy-GB", timezone="America/New_York", width=640, height=480
)


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def browser(kind: str) -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        started = await launch(playwright, PATHS[kind], kind)  # type: ignore[arg-type]
        yield started
        await started.close()


async def test_context_options_take_effect(browser: Browser) -> None:
    with CountingServer({"/": html("page")}) as server:
        context = await browser.new_context(**context_options(browser.version, VISITOR))
        page = await context.new_page()
        await page.goto(server.there)
        seen = await page.evaluate(
            """() => ({
            size: [innerWidth, innerHeight, devicePixelRatio],
            language: navigator.language,
            timezone: Intl.DateTimeFormat().resolvedOptions().timeZone,
            reduced: matchMedia('(prefers-reduced-motion: reduce)').matches,
            light: matchMedia('(prefers-color-scheme: light)').matches,
            agent: navigator.userAgent,
            })"""
        )
        assert seen == {
            "size": [640, 480, 1],
            "language": "cy-GB",
            "timezone": "America/New_York",
            "reduced": True,
            "light": True,
            "agent": user_agent(browser.version, VISITOR),
        }
        await context.close()


async def test_long_page_has_no_scroll_bar(browser: Browser) -> None:
    page = await (await browser.new_context(**context_options(browser.version))).new_page()
    await page.set_content("<div style='height: 5000px'>long</div>")
    assert await page.evaluate("innerWidth - document.documentElement.clientWidth") == 0
    await page.context.close()


async def test_all_frames_of_a_page_share_its_process(browser: Browser) -> None:
    """The evidence of a page is then one snapshot on one session."""
    pages = {
        "/": html("<iframe src=THERE/cross></iframe><iframe src=/sandboxed sandbox></iframe>"),
        "/cross": html("<iframe src=HERE/nested></iframe>"),
    }
    session = await browser.new_browser_cdp_session()
    with CountingServer(pages) as server:
        page = await browser.new_page()
        await page.goto(server.here)
        targets = (await session.send("Target.getTargets"))["targetInfos"]
        assert len(page.frames) == 4
        assert [target["type"] for target in targets if target["type"] == "iframe"] == []
        await page.context.close()
    await session.detach()


async def test_pages_get_none_of_the_disabled_interfaces(browser: Browser) -> None:
    names = [
        "SharedWorker",
        "HTMLFencedFrameElement",
        "IdentityCredential",
        "BackgroundFetchManager",
        "PushManager",
        "PresentationRequest",
    ]
    with CountingServer({"/": html("page")}) as server:
        page = await browser.new_page()
        await page.goto(server.there)
        assert await page.evaluate("(names) => names.filter((name) => name in window)", names) == []
        assert await page.evaluate("navigator.runAdAuction === undefined && document.browsingTopics === undefined")
        await page.context.close()


async def test_open_browser_has_those_interfaces(open_browser: Running) -> None:
    """Without this the test above would pass with names that no browser knows."""
    names = ["SharedWorker", "HTMLFencedFrameElement", "IdentityCredential", "BackgroundFetchManager", "PushManager"]
    with CountingServer({"/": html("page")}) as server:
        page, _ = await open_browser.tab()
        await page.goto(server.there)
        assert await page.evaluate("(names) => names.filter((name) => !(name in window))", names) == []
        await page.context.close()


async def test_permissions_are_denied_at_once(browser: Browser) -> None:
    asks = "navigator.geolocation.getCurrentPosition(() => fetch('/given'), () => fetch('/denied'))"
    with CountingServer({"/": html(f"<script>{asks}</script>")}) as server:
        page = await (await browser.new_context(**context_options(browser.version))).new_page()
        await page.goto(server.there)
        await until(lambda: bool(server.paths() & {"/given", "/denied"}), server.paths)
        assert "/given" not in server.paths()
        await page.context.close()


def test_user_agent_is_honest() -> None:
    agent = user_agent("156.0.8078.79", Visitor(contact="accessibility@example.gov"))
    assert agent.startswith("Mozilla/5.0 ")
    assert "Chrome/156.0.0.0" in agent
    assert "Curbcut/" in agent
    assert agent.endswith("(+accessibility@example.gov)")
    assert "+" not in user_agent("156.0.8078.79", Visitor())


def test_each_switch_stands_once_and_has_a_reason() -> None:
    texts = [switch.text.partition("=")[0] for switch in SWITCHES]
    assert len(set(texts)) == len(texts)
    assert not set(texts) & {"--disable-features", "--disable-blink-features", "--proxy-server", "--no-sandbox"}
    assert all(switch.reason for switch in SWITCHES)
    assert all([*DISABLED_FEATURES.values(), *DISABLED_APIS.values()])


async def test_sandbox_is_on_unless_root(tmp_path: Path) -> None:
    """A stand-in program notes its command line and ends."""
    noted = tmp_path / "noted"
    program = tmp_path / "browser"
    program.write_text(f'#!/bin/sh\necho "$@" >> {noted}\necho "FATAL: cannot start here" >&2\nexit 1\n')
    program.chmod(0o755)
    async with async_playwright() as playwright:
        for root in (False, True, None):
            with pytest.raises(EnvironmentFault, match="cannot start here") as caught:
                await launch(playwright, program, "headless-shell", root=root)
            assert str(program) in str(caught.value)
    lines = noted.read_text().splitlines()
    assert ["--no-sandbox" in line for line in lines] == [False, True, runs_as_root()]
    assert ["--disable-popup-blocking" in line for line in lines] == [False] * 3


async def test_missing_program_is_an_environment_fault(tmp_path: Path) -> None:
    async with async_playwright() as playwright:
        with pytest.raises(EnvironmentFault, match="did not start"):
            await launch(playwright, tmp_path / "nothing", "chromium")
