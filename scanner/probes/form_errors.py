"""Forms tried without what they ask for, and other choices made in controls that listen for one.

No document and no data are let through meanwhile: the page's own check runs, and nothing is sent. What was filled in is
taken out again; messages that appeared stay, so this comes late among the probes.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from importlib import resources
from typing import Any

from rules.element import Element
from rules.evidence.form_errors import Attempt, Chosen, FormErrors, Message
from rules.page import Page
from scanner.browser.frames import ProcessRoot
from scanner.browser.record import Guard
from scanner.probes.form_choice import controls, forms, listened
from scanner.probes.keys import DOWN, ENTER, SPACE, UP, Key, press
from scanner.probes.worlds import World, worlds

BUDGET_S = 3.0
"""For all forms of a page; what is known by then is kept."""

SCRIPT = resources.files("scanner").joinpath("probes", "form_errors.js").read_text("utf-8")

_DATA = frozenset({"XHR", "Fetch"})


@dataclass
class _Watched:
    """A document with the watcher in it, and what it asked for: addresses it wanted to go to, windows, data."""

    root: ProcessRoot
    document: World
    index_of: dict[int, int]
    leads: list[tuple[str, bool]] = field(default_factory=list)
    data: int = 0
    dialogs: list[str] = field(default_factory=list)
    attempts: list[Attempt] = field(default_factory=list)
    chosen: list[Chosen] = field(default_factory=list)

    def listen(self) -> None:
        """Notes what the page asks for from now on."""
        session = self.root.session
        session.on("Page.frameRequestedNavigation", self._leaves)
        session.on("Page.windowOpen", self._opens)
        session.on("Network.requestWillBeSent", self._asks)
        session.on("Page.javascriptDialogOpening", self._says)

    def ignore(self) -> None:
        """Notes nothing any more."""
        session = self.root.session
        session.remove_listener("Page.frameRequestedNavigation", self._leaves)
        session.remove_listener("Page.windowOpen", self._opens)
        session.remove_listener("Network.requestWillBeSent", self._asks)
        session.remove_listener("Page.javascriptDialogOpening", self._says)

    def _leaves(self, event: dict[str, Any]) -> None:
        if event["frameId"] == self.root.frame_id:
            self.leads.append((event["url"], event.get("disposition", "currentTab") != "currentTab"))

    def _opens(self, event: dict[str, Any]) -> None:
        self.leads.append((event["url"], True))

    def _asks(self, event: dict[str, Any]) -> None:
        self.data += event.get("type") in _DATA

    def _says(self, event: dict[str, Any]) -> None:
        self.dialogs.append(event.get("message", ""))

    async def call(self, expression: str) -> Any:
        """What the watcher answers."""
        return await self.document.value(f"curbcutForms.{expression}")

    async def call_on(self, element: Element, name: str) -> Any:
        """What the watcher answers about an element; None where that is gone."""
        backends = {index: backend for backend, index in self.index_of.items()}
        node = {"backendNodeId": backends[element.index], "executionContextId": self.document.context}
        session = self.root.session
        asked = (await session.send("DOM.resolveNode", node))["object"]["objectId"]
        call = {"objectId": asked, "functionDeclaration": f"function () {{ return curbcutForms.{name}(this); }}"}
        answer = await session.send("Runtime.callFunctionOn", {**call, "awaitPromise": True, "returnByValue": True})
        return answer["result"].get("value")

    async def indices(self, name: str) -> list[int]:
        """The snapshot indices of the elements in a list of the watcher, -1 for those that were made later."""
        return [self.index_of.get(node, -1) for node in await self.document.nodes(f"curbcutForms.{name}")]


async def probe_form_errors(root: ProcessRoot, guard: Guard, page: Page, index_of: dict[int, int]) -> FormErrors:
    """What the forms and the choices of the page's own document do; costs nothing on a page without any.

    `index_of` gives the snapshot index of a backend node id.
    """
    if not page.dom.by_tag("input", "select", "textarea"):
        return FormErrors()
    events = await listened(root.session, index_of)
    to_send, to_choose = forms(page, events), controls(page, events)
    if not to_send and not to_choose:
        return FormErrors()
    complete = True
    with guard.seal():
        watched = _Watched(root, (await worlds([root]))[0], index_of)
        watched.listen()
        try:
            async with asyncio.timeout(BUDGET_S):
                await _work(watched, to_send, to_choose)
        except TimeoutError:
            complete = False
        finally:
            watched.ignore()
    return FormErrors(tuple(watched.attempts), tuple(watched.chosen), complete)


async def _work(watched: _Watched, to_send: list[Element], to_choose: list[Element]) -> None:
    # Several tabs are looked at at once, and only one of them would have the window's focus.
    await watched.root.session.send("Emulation.setFocusEmulationEnabled", {"enabled": True})
    await watched.root.session.send("Network.enable")
    await watched.document.value(SCRIPT)
    for control in to_choose:
        watched.chosen += await _choose(watched, control)
    for form in to_send:
        if await watched.call_on(form, "take"):
            watched.attempts += await _send(watched, form)
        await watched.call("leave()")


async def _choose(watched: _Watched, control: Element) -> list[Chosen]:
    """What another choice does; twice the same, so that it is no accident. Empty where no other choice was made."""
    keys = (DOWN, UP) if control.tag == "select" else (SPACE,)
    for key in keys:
        first = await _chosen(watched, control, key)
        if first is None:
            continue
        if first == Chosen(control.index):
            return [first]
        again = await _chosen(watched, control, key)
        return [first] if again == first else []
    return []


async def _chosen(watched: _Watched, control: Element, key: Key) -> Chosen | None:
    watched.leads.clear()
    try:
        if not await watched.call_on(control, "reach"):
            return None
        # What the page does on focus is not what it does on a choice.
        if watched.leads:
            return None
        await press(watched.root.session, key)
        changed, jumped = await watched.call_on(control, "choice")
    finally:
        await watched.call("leave()")
    leads, window = watched.leads[0] if watched.leads else ("", False)
    return Chosen(control.index, leads, window, jumped) if changed else None


async def _send(watched: _Watched, form: Element) -> list[Attempt]:
    """What happened each time that the form was held back: as it is, then filled as far as the browser wants it."""
    fields = await watched.indices("fields")
    [button] = await watched.indices("buttons")
    found: list[Attempt] = []
    for prepare in ("", "complete()", "spoil()"):
        if prepare and not await watched.call(prepare):
            continue
        attempt, held = await _pressed(watched, Attempt(form.index, button), fields)
        if attempt is not None:
            found.append(attempt)
        if (attempt is None or not attempt.native) and (held or prepare):
            break
    return found


async def _pressed(watched: _Watched, attempt: Attempt, fields: list[int]) -> tuple[Attempt | None, bool]:
    """What a press of the button did, None where the form was not held back or its answer lies with a server."""
    if not await watched.call("begin()"):
        return None, True
    watched.leads.clear()
    watched.data = 0
    watched.dialogs.clear()
    await press(watched.root.session, ENTER)
    held, native, messages, marked, other, moved = await watched.call("outcome()")
    if held is False or watched.leads or watched.data:
        return None, held is not False
    told = tuple(
        Message(text, fields[at] if at >= 0 else -1, tied, live, seen) for text, at, tied, live, seen in messages
    )
    # A dialog of the browser has the focus, and is read out.
    told += tuple(Message(text, told=True) for text in watched.dialogs)
    places = tuple(sorted({fields[at] for at in marked} - {-1}))
    return attempt._replace(native=native, messages=told, marked=places, other=other, moved=moved), True
