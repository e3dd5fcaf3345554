"""axe-core's verdicts reach the snapshot from every frame, and an engine that does not end costs its limit alone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from rules.evidence.axe import Axe
from scanner.browser.frames import process_roots
from scanner.browser.tab import Tab
from scanner.probes.axe import OPTIONS, AxeScript, probe_axe
from scanner.probes.dom import probe_dom

PAGE = """<!doctype html><html lang=en><title>A page</title><main><h1>A page</h1>
<p id=pale style="color:#ccc;background:#fff">Pale text</p><img id=bare src=/none.png>
<iframe title=Inside src=inside.html></iframe></main></html>"""
INSIDE = "<!doctype html><html lang=en><title>Inside</title><p style='color:#ccc'>Pale</p><img src=/none.png>"


def engine(run: str) -> AxeScript:
    """An engine whose `run` is this function."""
    return AxeScript(f"globalThis.curbcut = {{frames: () => [], run: {run}}};", "0")


@pytest.fixture
def at(tmp_path: Path, serve: Callable[[Path], str]) -> str:
    (tmp_path / "index.html").write_text(PAGE, "utf-8")
    (tmp_path / "inside.html").write_text(INSIDE, "utf-8")
    return f"{serve(tmp_path)}/index.html"


async def bring(tab: Tab, script: AxeScript) -> None:
    """Put an engine in the place of axe-core, which a tab brings along."""
    await tab.evaluate(f"{script.whole}; true")


async def probed(tab: Tab, script: AxeScript, *, limit_s: float = 20.0) -> Axe:
    roots = await process_roots(tab.page, tab.session)
    snapshot = (await probe_dom(roots)).snapshot
    return await probe_axe(roots, snapshot, script=script, options=OPTIONS, limit_s=limit_s)


async def test_every_frame_is_judged(tab: Tab, axe_script: AxeScript, at: str) -> None:
    await tab.page.goto(at)
    axe = await probed(tab, axe_script)
    found = {(result.rule, node.frame, node.selector) for result in axe.results for node in result.failed}
    assert {("color-contrast", "", "#pale"), ("image-alt", "", "#bare")} < found
    assert {rule for rule, frame, _ in found if frame} == {"color-contrast", "image-alt"}


async def test_an_engine_that_does_not_end_is_ended_in_the_page(tab: Tab, at: str) -> None:
    await tab.page.goto(at)
    script = engine("async () => { while (true) {} }")
    await bring(tab, script)
    with pytest.raises(TimeoutError):
        await probed(tab, script, limit_s=1.0)
    assert await tab.evaluate("1 + 1") == 2
