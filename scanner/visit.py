"""One URL to one Page: go there, let it settle, run the probes in order, each with its own budget."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from playwright.async_api import Error
from playwright.async_api import TimeoutError as PlaywrightTimeout

from rules.page import Page, PageState
from scanner.browser.consent import DEFAULTS, Control, find_banner, press
from scanner.browser.frames import process_roots
from scanner.browser.settle import LIMIT_S, Rest, settle
from scanner.browser.tab import Tab
from scanner.classify import after_answer, after_render, after_rest
from scanner.loading import BROKEN_OFF, LOADING, broken_off, failure, loaded
from scanner.probes.axe import OPTIONS
from scanner.probes.dom import probe_dom
from scanner.probes.response import read_response
from scanner.probing import FAILED, TOGETHER, probed

Evidence = TypeVar("Evidence")

PROBE_S = 20.0


@dataclass(frozen=True, slots=True)
class VisitPlan:
    """How long a visit may take and what it runs; seconds. `axe_options` go to axe-core as they are.

    `probe_s` is for each probe; the rendered tree and each that operates the page may take three times that.
    `consent` are selectors of controls that answer the question for consent, in the order in which they are sought.
    A page of up to `operate` elements is operated after everything else: keys, sizes of the window. With `pictures`
    such a page is pictured for the report.
    """

    load_s: float = 30.0
    probe_s: float = PROBE_S
    axe_options: dict[str, Any] = field(default_factory=OPTIONS.copy)
    consent: tuple[str, ...] = DEFAULTS
    operate: int = 0
    pictures: bool = False


async def visit(tab: Tab, url: str, plan: VisitPlan, *, as_met: bool = False) -> Page:
    """The evidence of one URL; never raises for what a page does, the state says it.

    With `as_met` a question for consent is left as it is, else it is answered before the page is looked at. The tab
    is `broken` afterwards when it cannot be used again.
    """
    tab.begin()
    budget = plan.load_s + (6 + TOGETHER if plan.operate else 6) * plan.probe_s
    try:
        async with asyncio.timeout(budget) as tab.patience:
            page = await _look(tab, url, plan, as_met=as_met)
    except TimeoutError:
        tab.broken = tab.broken or "the page did not yield"
        page = Page(url, PageState.TIMEOUT, f"The page did not answer within {budget:.0f} seconds.")
    except Error as error:
        page = failure(tab, url, error)
    finally:
        tab.patience = None
    is_refused = page.state is PageState.UNREACHABLE and not page.reason.startswith(BROKEN_OFF)
    if is_refused and (reason := tab.trouble()):
        page = replace(page, reason=f"The page could not be opened: {reason}")
    if page.state in (PageState.UNSTYLED, PageState.INCOMPLETE_DATA) and (refusal := tab.refusal()):
        page = replace(page, reason=f"{page.reason} Not reached: {refusal}")
    if tab.crash:
        page = Page(url, PageState.CRASHED, tab.crash, page.response)
    if not tab.broken:
        await tab.leave()
    return page


async def glimpse(tab: Tab, url: str, plan: VisitPlan) -> Page:
    """The rendered tree of one URL and nothing else, for comparison; never raises for what a page does."""
    tab.begin()
    try:
        async with asyncio.timeout(plan.load_s + 2 * plan.probe_s):
            answer = await tab.page.goto(url, wait_until="load", timeout=plan.load_s * 1000)
            page = after_answer(Page(url, response=await read_response(answer)))
            if page.state is PageState.TESTED:
                await _rested(tab, plan)
                snapshot, _ = await probe_dom(await process_roots(tab.page, tab.session))
                page = replace(page, snapshot=snapshot)
    except (Error, TimeoutError) as error:
        page = Page(url, PageState.UNREACHABLE, str(error))
    await tab.leave()
    return page


async def _look(tab: Tab, url: str, plan: VisitPlan, *, as_met: bool) -> Page:
    answer = None
    end_s = time.monotonic() + plan.load_s
    try:
        answer = await tab.page.goto(url, wait_until="commit", timeout=plan.load_s * 1000)
        cut = await loaded(tab, answer, end_s - time.monotonic())
    except PlaywrightTimeout:
        # What goes on loading goes on taking memory and time, and may still crash: not beside the next page.
        tab.broken = tab.broken or "the page went on loading"
        # A server that began to answer is not one that does not answer.
        response = await read_response(answer, body=False)
        return Page(url, PageState.TIMEOUT, f"{LOADING} {plan.load_s:.0f} seconds.", response)
    tab.answered(answer)
    response = await read_response(answer, body=not cut)
    early = after_answer(Page(url, response=response))
    if early.state is not PageState.TESTED:
        return early
    if cut:
        return broken_off(early, cut)
    page = await _settled(tab, early, plan, as_met=as_met)
    if any(report.state.startswith(FAILED) for report in page.probes) and not tab.broken:
        # A page that moves on (a refresh, a script) takes the ground from under a probe: look where it stopped.
        page = await _settled(tab, early, plan, as_met=as_met)
    return page


async def _settled(tab: Tab, page: Page, plan: VisitPlan, *, as_met: bool) -> Page:
    """The page as it came to rest, judged to be one or not."""
    try:
        rest = await _rested(tab, plan)
        control = await _within(plan.probe_s, find_banner(tab, plan.consent))
        page = replace(page, banner=control.selector if control else "")
        if control and not as_met:
            rest = await _answered(tab, plan, control)
    except TimeoutError:
        tab.broken = tab.broken or "the page did not yield"
        return replace(page, state=PageState.TIMEOUT, reason="A script of the page lets nothing else run.")
    except Error:
        rest = Rest(quiet=False)  # its document went away meanwhile; the probes tell what stands there now
    measured = after_rest(page, elements=rest.elements, characters=rest.characters)
    if measured.state is not PageState.TESTED:
        return measured
    return after_render(
        await probed(
            tab,
            page,
            axe_options=plan.axe_options,
            limit_s=plan.probe_s,
            operate=plan.operate,
            pictures=plan.pictures,
        ),
        rested=rest.quiet,
    )


async def _rested(tab: Tab, plan: VisitPlan) -> Rest:
    """How the page came to rest; raises TimeoutError where its script lets nothing else run.

    Where scripts are forbidden (a sandbox) no timer runs, so that waiting never ends although the page answers.
    """
    try:
        return await _within(plan.probe_s + 2 * LIMIT_S, settle(tab.evaluate, lambda: tab.guard.data.waiting))
    except TimeoutError:
        await _within(plan.probe_s, tab.evaluate("1"))
        return Rest(quiet=False)


async def _answered(tab: Tab, plan: VisitPlan, control: Control) -> Rest:
    """How the page came to rest after its question for consent was answered; where that led away, it is undone."""
    before = tab.page.url.partition("#")[0]
    tab.pressed_at = len(tab.guard.refused)
    await _within(plan.probe_s, press(tab, control))
    rest = await _rested(tab, plan)
    if tab.page.url.partition("#")[0] != before:
        await tab.page.go_back(wait_until="load", timeout=plan.load_s * 1000)
        rest = await _rested(tab, plan)
    return rest


async def _within(seconds: float, work: Awaitable[Evidence]) -> Evidence:
    async with asyncio.timeout(seconds):
        return await work
