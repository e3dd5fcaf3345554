"""Large answers of CDP without Playwright's copy of them."""

from __future__ import annotations

from scanner.browser.raw import raw_send
from scanner.browser.tab import Tab

ASKED = {"computedStyles": ["color"]}


async def test_a_raw_answer_equals_the_one_that_playwright_hands_out(tab: Tab) -> None:
    await tab.page.set_content("<main><h1>Apply</h1><p>Bring your permit.</p></main>")
    usual = await tab.session.send("DOMSnapshot.captureSnapshot", ASKED)
    assert "Bring your permit." in usual["strings"]
    assert await raw_send(tab.session, "DOMSnapshot.captureSnapshot", ASKED) == usual


def test_playwright_still_has_the_name_that_saves_the_copy(tab: Tab) -> None:
    assert callable(tab.session._impl_obj.send)
