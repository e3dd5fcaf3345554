"""Who listens for mouse and keyboard, asked of the browser in one call."""

from __future__ import annotations

from playwright.async_api import CDPSession

from rules.evidence.listeners import Listener, Listeners

EVENTS = frozenset(
    {"click", "mousedown", "mouseup", "pointerdown", "pointerup", "dblclick", "touchstart", "touchend"}
    | {"keydown", "keyup", "keypress", "mouseenter", "mouseover", "pointerenter", "pointerover"}
    | {"blur", "focusout", "paste"}
)
WINDOW_EVENTS = frozenset({"devicemotion", "deviceorientation", "deviceorientationabsolute", "paste"})
"""What the window is asked about: few rules need to know, and every page listens for something there."""


async def probe_listeners(session: CDPSession, index_of: dict[int, int]) -> Listeners:
    """Listeners of the page's elements; `index_of` gives the snapshot index of a backend node id.

    Frames of other processes are not asked: their listeners belong to pages of their own.
    """
    root = await session.send("Runtime.evaluate", {"expression": "document"})
    answer = await session.send(
        "DOMDebugger.getEventListeners", {"objectId": root["result"]["objectId"], "depth": -1, "pierce": True}
    )
    window = await session.send("Runtime.evaluate", {"expression": "window"})
    there = await session.send("DOMDebugger.getEventListeners", {"objectId": window["result"]["objectId"]})
    found: dict[int, set[str]] = {}
    for listener in answer["listeners"]:
        node = index_of.get(listener.get("backendNodeId", -1))
        if node is not None and listener["type"] in EVENTS:
            found.setdefault(node, set()).add(listener["type"])
    return Listeners(
        tuple(Listener(node, tuple(sorted(events))) for node, events in sorted(found.items())),
        tuple(sorted({listener["type"] for listener in there["listeners"]} & WINDOW_EVENTS)),
    )
