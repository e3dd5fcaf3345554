"""What only shows in use is as the list says: the barriers are real, and the rest of the demo has none of them."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.async_api import Page

from scanner.demo.files import address, pages

MOST_STOPS = 120

SPACING = "* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important; } " + (
    "p { margin-bottom: 2em !important; }"
)
"""The values of WCAG 2.2, 1.4.12."""

STOP = """
() => {
  const active = document.activeElement;
  const element = active.tagName === "IFRAME" ? active.contentDocument.activeElement : active;
  if (element.tagName === "BODY") return null;
  window.walked ??= [];
  if (window.walked.includes(element)) return null;
  window.walked.push(element);
  const box = element.getBoundingClientRect();
  const points = [0.1, 0.5, 0.9].flatMap((x) => [0.1, 0.5, 0.9].map((y) => [x, y]));
  const inside = element.ownerDocument;
  const top = points.map(([x, y]) => inside.elementFromPoint(box.left + x * box.width, box.top + y * box.height));
  return {
    label: element.className || element.textContent.trim() || element.name || element.tagName,
    covered: top.every((other) => other && !other.contains(element) && !element.contains(other)),
    outside: box.right <= 0 || box.bottom <= 0,
    style: look(element),
  };
}
"""

LOOK = """
() => {
  window.look = (element) => {
    const style = getComputedStyle(element);
    return [style.outline, style.boxShadow, style.backgroundColor, style.borderColor].join();
  };
}
"""

CLIPPED = """
() => [...document.querySelectorAll("body *")]
  .filter((element) => getComputedStyle(element).overflowY === "hidden" && !element.matches(".visually-hidden"))
  .filter((element) => element.scrollHeight > element.clientHeight + 1)
  .map((element) => element.className)
"""

SMALL = """
() => [...document.querySelectorAll("a[href], button, input, select, summary")]
  .filter((element) => element.checkVisibility() && getComputedStyle(element).display !== "inline")
  .filter((element) => Math.min(element.offsetWidth, element.offsetHeight) < 24)
  .map((element) => element.parentElement.className)
"""


async def walk(page: Page) -> list[dict[str, Any]]:
    """Each element that Tab reaches once, with what it looks like focused (`style`) and not (`plain`)."""
    await page.evaluate(LOOK)
    stops = []
    for _ in range(MOST_STOPS):
        await page.keyboard.press("Tab")
        if stop := await page.evaluate(STOP):
            stops.append(stop)
        elif await page.evaluate("document.activeElement === document.body"):
            break
    await page.evaluate("document.activeElement.blur()")
    plain = await page.evaluate("walked.map(look)")
    return [{**stop, "plain": look} for stop, look in zip(stops, plain, strict=True)]


@pytest.mark.parametrize("name", pages())
async def test_focus_shows_itself_everywhere_but_at_the_barriers(page: Page, demo: str, name: str) -> None:
    await page.goto(demo + address(name))
    stops = await walk(page)
    assert len(stops) > 8 or name == "benefits/larder-credit.html"
    unmarked = [stop["label"] for stop in stops if stop["style"] == stop["plain"]]
    assert unmarked == (["button subscribe-button"] if name == "news/index.html" else [])
    assert bool([stop for stop in stops if stop["covered"]]) == (name == "documents.html")
    assert len([stop for stop in stops if stop["outside"]]) == (3 if name == "guides.html" else 0)
    first = "button send-button" if name == "apply/step-3.html" else "skip-link"
    assert stops[0]["label"] == first


@pytest.mark.parametrize("name", pages())
async def test_layout_holds_everywhere_but_at_the_barriers(page: Page, demo: str, name: str) -> None:
    await page.goto(demo + address(name))
    assert set(await page.evaluate(SMALL)) == ({"day-stepper"} if name == "appointments.html" else set())
    assert await page.evaluate(CLIPPED) == []
    await page.add_style_tag(content=SPACING)
    spaced = ["card card-featured"] if name == "benefits/index.html" else []
    assert await page.evaluate(CLIPPED) == spaced
    wide = name == "news/winter-payments.html"
    for width, height in ((640, 512), (320, 256)):
        await page.set_viewport_size({"width": width, "height": height})
        assert await page.evaluate("document.documentElement.scrollWidth > innerWidth") == wide
        assert await page.evaluate(CLIPPED) == []


async def test_no_page_but_the_news_moves(page: Page, demo: str) -> None:
    moving = []
    for name in pages():
        await page.goto(demo + address(name))
        if await page.evaluate("document.getAnimations().length"):
            moving.append(name)
    assert moving == ["news/index.html"]
    await page.goto(demo + "news/")
    timing = "document.getAnimations()[0].effect.getComputedTiming()"
    assert await page.evaluate(f"{timing}.iterations === Infinity && {timing}.duration > 5000")


@pytest.mark.parametrize("key", ["Tab", "Shift+Tab"])
async def test_calculator_keeps_focus(page: Page, demo: str, key: str) -> None:
    await page.goto(demo + "benefits/larder-credit.html")
    await page.locator(".calculator input").first.focus()
    for _ in range(7):
        await page.keyboard.press(key)
        await page.keyboard.press("Escape")
        assert await page.evaluate("document.activeElement.closest('.calculator') !== null")


async def test_dialog_leaves_focus_on_its_opener(page: Page, demo: str) -> None:
    await page.goto(demo + "appointments.html")
    await page.locator(".times button").first.focus()
    await page.keyboard.press("Enter")
    assert await page.locator(".booking-dialog").is_visible()
    assert await page.evaluate("document.activeElement.dataset.time") == "9:00 a.m."
    await page.keyboard.press("Escape")
    assert await page.locator(".booking-dialog").is_hidden()


async def test_appointments_want_landscape(page: Page, demo: str) -> None:
    await page.goto(demo + "appointments.html")
    for width, height, turned in ((768, 1024, False), (390, 844, False), (1024, 768, True), (320, 256, True)):
        await page.set_viewport_size({"width": width, "height": height})
        assert await page.locator("h1").is_visible() == turned
        assert await page.locator(".turn-notice").is_visible() != turned


async def test_submenu_needs_the_mouse(page: Page, demo: str) -> None:
    await page.goto(demo + "guides.html")
    submenu = page.locator(".has-submenu ul")
    await page.locator(".has-submenu > a").focus()
    for key in ("Enter", "ArrowDown", "Space", "Tab"):
        if key != "Enter":
            await page.keyboard.press(key)
        assert await submenu.is_hidden()
    await page.locator(".has-submenu > a").hover()
    await page.keyboard.press("Escape")
    assert await submenu.is_visible()


async def test_show_all_needs_the_mouse(page: Page, demo: str) -> None:
    await page.goto(demo + "guides.html")
    assert "show-all" not in [stop["label"] for stop in await walk(page)]
    await page.locator(".show-all").click()
    assert await page.locator(".questions .more").first.is_visible()


async def test_wrong_income_is_told_by_colour_alone(page: Page, demo: str) -> None:
    await page.goto(demo + "apply/step-2.html")
    before = await page.locator("body").inner_text()
    border = "getComputedStyle(document.querySelector('[name=income]')).borderColor"
    plain = await page.evaluate(border)
    await page.locator(".round-button").click()
    assert page.url.endswith("step-2.html")
    assert await page.evaluate(border) != plain
    assert await page.locator("body").inner_text() == before
    await page.locator("[name=income]").fill("2150")
    await page.locator(".round-button").click()
    await page.wait_for_url("**/step-3.html?**")


async def test_choosing_a_county_leaves_the_page(page: Page, demo: str) -> None:
    await page.goto(demo + "locations.html")
    await page.locator("[name=county]").select_option("Tarn")
    await page.wait_for_url("**/appointments.html?county=Tarn")


async def test_media_play_without_what_people_need(page: Page, demo: str) -> None:
    await page.goto(demo + "guides.html")
    film = "document.querySelector('video')"
    await page.wait_for_function(f"{film}.readyState > 0")
    assert await page.evaluate(f"{film}.duration > 15 && {film}.textTracks.length === 0")
    await page.goto(demo + "es/")
    jingle = "document.querySelector('audio')"
    await page.wait_for_function(f"{jingle}.readyState > 0")
    assert await page.evaluate(f"{jingle}.duration > 3 && {jingle}.autoplay && !{jingle}.controls")


async def test_what_should_work_works(page: Page, demo: str) -> None:
    await page.goto(demo + "search.html?q=food")
    assert await page.locator(".search-list li:visible").count() == 1
    await page.goto(demo + "benefits/")
    await page.locator("[name=need]").select_option("care")
    await page.locator(".filter-button").click()
    assert await page.locator(".filter-result").inner_text() == "1 benefit"
    await page.goto(demo + "status.html")
    await page.locator(".status-form button").click()
    assert await page.locator("[name=reference]").evaluate("e => document.activeElement === e")
    assert await page.locator(".error").is_visible()
    await page.locator("[name=reference]").fill("HH 204117")
    await page.locator(".status-form button").click()
    assert "Received" in await page.locator(".status-result").inner_text()
    await page.goto(demo + "guides.html")
    await page.locator(".drawer-button").click()
    assert await page.locator(".guide-drawer a").first.evaluate("e => document.activeElement === e")
