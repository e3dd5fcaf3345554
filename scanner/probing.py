"""The probes in their order, each with its own budget: first those that disturb nothing, then those that operate."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, TypeVar

from playwright.async_api import Error

from rules.evidence.dom import DomSnapshot
from rules.evidence.pictures import Pictures
from rules.evidence.resources import Request
from rules.evidence.views import Views
from rules.page import STOPPED, Page, ProbeReport
from scanner.browser.frames import ProcessRoot, process_roots
from scanner.browser.tab import Tab
from scanner.classify import TOO_SLOW
from scanner.probes.axe import probe_axe
from scanner.probes.dom import probe_dom
from scanner.probes.dom_join import Joined
from scanner.probes.fields import probe_fields
from scanner.probes.focus import probe_focus
from scanner.probes.form_errors import probe_form_errors
from scanner.probes.hover import probe_hover
from scanner.probes.listeners import probe_listeners
from scanner.probes.media import probe_media
from scanner.probes.motion import begin_motion, probe_motion
from scanner.probes.orientation import probe_orientation
from scanner.probes.pastes import probe_pastes
from scanner.probes.pictures import probe_pictures
from scanner.probes.pixels import probe_pixels
from scanner.probes.resources import probe_resources
from scanner.probes.shortcuts import probe_shortcuts
from scanner.probes.sizes import probe_sizes
from scanner.probes.spaced_view import probe_spaced_view
from scanner.probes.variants import probe_variants
from scanner.probes.views import probe_views
from scanner.probes.widgets import probe_widgets

Evidence = TypeVar("Evidence")

TIMER_S = 1.5
"""How long a timer of no delay may take before the page counts as one on which none runs, in seconds."""

FAILED = "failed"
"""How the report of a probe begins that met an error, which may be because the page moved on."""


@dataclass(frozen=True, slots=True)
class Ground:
    """What a probe stands on: the tab, the tree as it was captured, and the page as far as it is known by then.

    `index_of` gives the snapshot index of a backend node id of the page's own session; `limit_s` is the probe's budget.
    """

    tab: Tab
    roots: Sequence[ProcessRoot]
    page: Page
    index_of: dict[int, int]
    axe_options: dict[str, Any]
    limit_s: float

    @property
    def snapshot(self) -> DomSnapshot:
        """The captured tree."""
        return self.page.dom.snapshot


Probe = Callable[[Ground], Awaitable[object]]

TOGETHER = 7
"""How many times the limit of one probe all those on the tree may take, and all that operate a page."""


def _axe(on: Ground) -> Awaitable[object]:
    return probe_axe(on.roots, on.snapshot, script=on.tab.script, options=on.axe_options, limit_s=on.limit_s)


def _listeners(on: Ground) -> Awaitable[object]:
    return probe_listeners(on.tab.session, on.index_of)


def _media(on: Ground) -> Awaitable[object]:
    reader = None if on.tab.terms.access else on.tab.reader
    return probe_media(on.tab.session, on.snapshot, on.index_of, reader=reader)


def _pixels(on: Ground) -> Awaitable[object]:
    return probe_pixels(on.tab.session, on.page.dom, on.index_of)


def _fields(on: Ground) -> Awaitable[object]:
    return probe_fields(on.tab.session, on.page.dom, on.index_of)


async def _pictures(on: Ground) -> Pictures:
    if on.tab.terms.access:
        return Pictures(unread="What a service shows only to those whom it knows is not read in pictures.")
    return await probe_pictures(on.tab.session, on.page.dom, on.index_of, reader=on.tab.reader)


ON_THE_TREE: dict[str, Probe] = {
    "axe": _axe,
    "listeners": _listeners,
    "media": _media,
    "pixels": _pixels,
    "pictures": _pictures,
    "fields": _fields,
}
"""The probes that need the tree, in their order, by the name of the page's evidence that each gives."""


def _focus(on: Ground) -> Awaitable[object]:
    return probe_focus(on.roots, on.page.dom, on.index_of, watchful=on.page.watchful)


async def _views(on: Ground) -> Views:
    if on.tab.terms.access:
        return Views(untaken="What a service shows only to those whom it knows is not kept in pictures.")
    return await probe_views(on.roots, on.page.dom, on.index_of)


async def _spaced_view(on: Ground) -> Views:
    cuts = on.page.sizes.cuts if on.page.sizes else ()
    if on.tab.terms.access or not any(cut.variant == "spacing" and not cut.before for cut in cuts):
        return Views(untaken="No text was found that is lost when it is set further apart, or it may not be kept.")
    return await probe_spaced_view(on.roots, on.page.dom, on.index_of)


def _orientation(on: Ground) -> Awaitable[object]:
    return probe_orientation(on.roots, on.index_of)


def _variants(on: Ground) -> Awaitable[object]:
    return probe_variants(on.roots[0], on.index_of)


def _sizes(on: Ground) -> Awaitable[object]:
    return probe_sizes(on.roots[0], on.index_of)


def _pastes(on: Ground) -> Awaitable[object]:
    return probe_pastes(on.tab.session, on.page, on.index_of)


def _motion(on: Ground) -> Awaitable[object]:
    return probe_motion(on.roots[0], on.index_of)


def _widgets(on: Ground) -> Awaitable[object]:
    return probe_widgets(on.roots[0], on.tab.guard, on.page, on.index_of)


def _hover(on: Ground) -> Awaitable[object]:
    return probe_hover(on.roots[0], on.page, on.index_of)


def _shortcuts(on: Ground) -> Awaitable[object]:
    return probe_shortcuts(on.roots[0])


def _form_errors(on: Ground) -> Awaitable[object]:
    return probe_form_errors(on.roots[0], on.tab.guard, on.page, on.index_of)


OPERATING: dict[str, Probe] = {
    "focus": _focus,
    "pastes": _pastes,
    "views": _views,
    "variants": _variants,
    "orientation": _orientation,
    "sizes": _sizes,
    "spaced_view": _spaced_view,
    "motion": _motion,
    "shortcuts": _shortcuts,
    "hover": _hover,
    "widgets": _widgets,
    "form_errors": _form_errors,
}
"""The probes that do something to the page, after everything else has been seen of it.

Characters come before controls are pressed, as one of those may be what turns the characters off.
"""

PICTURED = frozenset({"views", "spaced_view"})
"""The probes that only take pictures for the report."""


async def probed(
    tab: Tab, page: Page, *, axe_options: dict[str, Any], limit_s: float, operate: int, pictures: bool = False
) -> Page:
    """The page with the evidence of every probe; where one failed or took too long, its report says so.

    `limit_s` is for each probe, in seconds. The rendered tree, without which there is nothing to judge, may take three
    times that, and so may each that operates the page; those of one kind end after `TOGETHER` times that. A page of up
    to `operate` elements is operated, after all else, and with `pictures` it is pictured.
    """
    reports: list[ProbeReport] = []
    roots = await process_roots(tab.page, tab.session)
    if operate:
        # What changes by itself is watched for while everything else is looked at, so that nobody has to wait for it.
        with suppress(Error):
            await begin_motion(roots)
    cookies = tuple(sorted(cookie.get("name", "") for cookie in await tab.context.cookies()))
    joined: Joined | None = await _budgeted("dom", lambda: probe_dom(roots), reports, 3 * limit_s)
    page = replace(page, snapshot=joined.snapshot if joined else None)
    if joined is not None:
        ground = Ground(tab, roots, page, joined.index_of, axe_options, limit_s)
        page = await _on(ground, ON_THE_TREE, reports, TOGETHER * limit_s)
    data = (*tab.guard.data.requests, *_refused(tab))
    resources = await _budgeted(
        "resources", lambda: probe_resources(tab.session, data, cookies, lost=tab.lost_styles), reports, limit_s
    )
    page = page.knowing(resources=resources)
    if joined is not None and len(page.dom.elements) <= operate and not tab.broken and await _moves_on(tab):
        probes = {name: probe for name, probe in OPERATING.items() if pictures or name not in PICTURED}
        # Their steps are counted. The clock is for pages that do not yield: a busy machine must change no finding.
        patient = replace(ground, page=page, limit_s=3 * limit_s)
        page = await _on(patient, probes, reports, TOGETHER * limit_s, failed=STOPPED)
    return page.knowing(probes=tuple(reports))


async def _moves_on(tab: Tab) -> bool:
    """Whether timers run on the page: where scripts are forbidden (a sandbox) whoever waits for one waits for ever."""
    try:
        async with asyncio.timeout(TIMER_S):
            return bool(await tab.evaluate("new Promise((resolve) => setTimeout(() => resolve(true), 0))"))
    except (TimeoutError, Error):
        return False


async def _on(
    ground: Ground, probes: dict[str, Probe], reports: list[ProbeReport], together_s: float, *, failed: str = FAILED
) -> Page:
    """The page with the evidence of these probes, each of which may use what the ones before have found."""
    end_s = time.monotonic() + together_s
    for name, probe in probes.items():
        work = partial(probe, ground)
        limit_s = max(1.0, min(ground.limit_s, end_s - time.monotonic()))
        evidence = await _budgeted(name, work, reports, limit_s, failed=failed)
        ground = replace(ground, page=ground.page.knowing(**{name: evidence}))
    return ground.page


def _refused(tab: Tab) -> Iterator[Request]:
    """What the guard stopped. What a banner sends when it is answered is a report of the answer and no missing data."""
    for position, request in enumerate(tab.guard.refused):
        reports = tab.pressed_at is not None and position >= tab.pressed_at
        yield Request(request.url, request.method, "consent" if reports else request.kind, refused=True)


async def _budgeted(
    name: str,
    probe: Callable[[], Awaitable[Evidence]],
    reports: list[ProbeReport],
    limit_s: float,
    *,
    failed: str = FAILED,
) -> Evidence | None:
    """The probe's evidence; None with the reason in `reports` when it failed or took too long."""
    try:
        async with asyncio.timeout(limit_s):
            evidence = await probe()
    except TimeoutError:
        slow = f"{TOO_SLOW} {limit_s:.0f} seconds"
        reports.append(ProbeReport(name, f"{failed}: {slow}" if failed == STOPPED else slow))
        return None
    except Error as error:
        reports.append(ProbeReport(name, f"{failed}: {error.message.splitlines()[0][:200]}"))
        return None
    reports.append(ProbeReport(name))
    return evidence
