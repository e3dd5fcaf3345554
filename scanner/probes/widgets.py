"""Controls operated with keys: what they open, how focus goes in and comes back, and whether they answer at all.

No document and no data are let through meanwhile, so that nothing is sent and the page stays. What a control opened is
closed again with Escape or by pressing it again; where a dialog does not close, no further control is operated.
"""

from __future__ import annotations

import asyncio
from contextlib import suppress
from dataclasses import dataclass, field
from importlib import resources
from typing import Any

from playwright.async_api import Error

from rules.evidence.widgets import Moved, Operated, Tabs, Widgets
from rules.page import Page
from scanner.browser.frames import ProcessRoot
from scanner.browser.record import Guard
from scanner.probes.widgets_acts import StillOpen, Watched, operated, tabs
from scanner.probes.widgets_choice import Choice, chosen
from scanner.probes.worlds import worlds

BUDGET_S = 3.0
"""For all controls of a page; what is known by then is kept."""

LAST_WORD_S = 0.3

REST_MS = 60
MOST_FOCUSED = 100

SCRIPT = resources.files("scanner").joinpath("probes", "widgets.js").read_text("utf-8")


@dataclass
class _Found:
    """What is known so far."""

    operated: list[Operated] = field(default_factory=list)
    tabs: list[Tabs] = field(default_factory=list)
    focused: tuple[int, ...] = ()
    moved: tuple[Moved, ...] = ()


async def probe_widgets(root: ProcessRoot, guard: Guard, page: Page, index_of: dict[int, int]) -> Widgets:
    """What the controls of the page's own document do, one of each kind.

    `index_of` gives the snapshot index of a backend node id. A page that leaves or hangs costs no more than the budget.
    """
    found, complete = _Found(), True
    with guard.seal():
        try:
            async with asyncio.timeout(BUDGET_S):
                await _work(root, page, index_of, found)
        except StillOpen as stopped:
            found.operated.append(stopped.known)
            complete = False
        except TimeoutError:
            complete = False
            await _left(root, "Runtime.terminateExecution", {})
    # In the order of the page, whatever was operated first.
    in_order = tuple(sorted(found.operated, key=lambda one: one.node))
    return Widgets(in_order, tuple(sorted(found.tabs)), found.focused, found.moved, complete)


async def _work(root: ProcessRoot, page: Page, index_of: dict[int, int], found: _Found) -> None:
    # Several tabs are looked at at once, and only one of them would have the window's focus.
    await root.session.send("Emulation.setFocusEmulationEnabled", {"enabled": True})
    watched = Watched(root.session, (await worlds([root]))[0], index_of)
    await watched.document.value(SCRIPT)
    try:
        await watched.call(f"rest({REST_MS})")
        await _sweep(watched, found)
        choices = [choice for choice in chosen(page) if await _added(watched, choice)]
        for at, choice in enumerate(choices):
            if choice.promise == "tab":
                found.tabs += await tabs(watched, at)
                if choice.element.tag == "button" or choice.element.get("aria-selected") == "true":
                    # HTML's own buttons answer to keys, and what is selected does nothing when it is pressed again.
                    continue
            found.operated += await operated(watched, at, choice)
    finally:
        ending = {"expression": "curbcutWidgets.end()", "contextId": watched.document.context}
        await _left(root, "Runtime.evaluate", ending)


async def _left(root: ProcessRoot, method: str, parameters: dict[str, Any]) -> None:
    """Say a last word to a page, which may not listen any more."""
    with suppress(Error, TimeoutError):
        async with asyncio.timeout(LAST_WORD_S):
            await root.session.send(method, parameters)


async def _sweep(watched: Watched, found: _Found) -> None:
    """Which elements do not keep the focus that they are given."""
    tried, moved = await watched.call(f"sweep({MOST_FOCUSED})")
    nodes = [watched.index_of.get(one, -1) for one in await watched.document.nodes("curbcutWidgets.elements")]
    found.focused = tuple(sorted({nodes[at] for at in tried} - {-1}))
    found.moved = tuple(sorted(Moved(nodes[at], nodes[to] if to >= 0 else -1) for at, to in moved if nodes[at] >= 0))


async def _added(watched: Watched, choice: Choice) -> bool:
    """Whether the control is still on the page; the watcher then knows it by its place among those that are."""
    backend = watched.backend_of.get(choice.element.index)
    if backend is None:
        return False
    node = {"backendNodeId": backend, "executionContextId": watched.document.context}
    try:
        name = (await watched.session.send("DOM.resolveNode", node))["object"]["objectId"]
    except Error:
        return False
    call = {"objectId": name, "functionDeclaration": "function () { curbcutWidgets.add(this); }"}
    await watched.session.send("Runtime.callFunctionOn", call)
    return True
