"""Fixture pages looked at once in the real browser, and the sounds that they play."""

from __future__ import annotations

import functools
import http.server
import math
import shutil
import struct
import threading
import wave
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser
from verdict_pages import PAGES

from rules.page import Page, PageState
from scanner.browser.guard import Guards
from scanner.browser.tab import Tab
from scanner.operating import EVERY
from scanner.probes.axe import AxeScript
from scanner.visit import VisitPlan, visit

Gather = Callable[[Path], Awaitable[Page]]
SOUNDS = {"tone-5s.wav": (5.0, 0.5), "tone-1s.wav": (1.0, 0.5), "silence-5s.wav": (5.0, 0.0)}
"""File name → seconds and loudness of the sounds beside the media pages."""

RATE = 8000

OPERATED = frozenset(
    {
        "character-shortcut",
        "content-link",
        "error-announced",
        "error-in-text",
        "error-tied",
        "endless-motion",
        "focus-obscured",
        "focus-order",
        "focus-visible",
        "input-change",
        "hover-content",
        "hover-only",
        "keyboard-trap",
        "orientation-lock",
        "usual-exit",
    }
    | {"dialog-close", "dialog-focus", "focus-change", "key-operation", "state-not-told", "tab-keys"}
    | {"dark-contrast", "forced-colours-sign", "paste-refused", "reflow", "spaced-text", "zoomed-text"}
)
"""Rules that look at what happens when a page is operated."""


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Nothing: a test's output is its own."""


@pytest.fixture(scope="session")
def fixture_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address at which the fixture pages, with sounds made for them, are served."""
    folder = tmp_path_factory.mktemp("rules") / "pages"
    shutil.copytree(PAGES, folder)
    for name, (seconds, loudness) in SOUNDS.items():
        _write_sound(folder / "media" / name, seconds, loudness)
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def gather(
    watched_browser: Browser, guards: Guards, axe_script: AxeScript, fixture_site: str
) -> AsyncIterator[Gather]:
    """A function that gives the evidence of a fixture page; each page is looked at once."""
    tab = await Tab.open(watched_browser, guards, axe_script)
    known: dict[Path, Page] = {}

    async def look(path: Path) -> Page:
        if path not in known:
            plan = VisitPlan(operate=EVERY if path.name.partition(".")[0] in OPERATED else 0)
            page = await visit(tab, f"{fixture_site}/{path.relative_to(PAGES).as_posix()}", plan)
            assert page.state is PageState.TESTED, f"{path.name}: {page.reason}"
            known[path] = page
        return known[path]

    yield look
    await tab.close()


@pytest.fixture
def look_at(tab: Tab, tmp_path: Path, serve: Callable[[Path], str]) -> Callable[[str], Awaitable[Page]]:
    """A function that gives the evidence of a page of this HTML; `frame.html` beside it may be written first."""
    base = serve(tmp_path)

    async def look(html: str) -> Page:
        (tmp_path / "index.html").write_text(f"<!doctype html><meta charset=utf-8>{html}", "utf-8")
        page = await visit(tab, f"{base}/index.html", VisitPlan())
        assert page.state is PageState.TESTED, page.reason
        return page

    return look


def _write_sound(path: Path, seconds: float, loudness: float) -> None:
    path.parent.mkdir(exist_ok=True)
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        samples = (round(loudness * 32000 * math.sin(position / 5)) for position in range(round(seconds * RATE)))
        file.writeframes(b"".join(struct.pack("<h", sample) for sample in samples))
