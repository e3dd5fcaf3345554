"""The looks of fields that the captured tree does not tell: borders, shadows and the colour of placeholders."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

from playwright.async_api import CDPSession

from rules.dom import Dom
from rules.element import Element
from rules.evidence.fields import Field, Fields
from rules.layout import can_be_seen
from scanner.probes.axe import WORLD

FIELD_LIMIT = 100
EDGE_LIMIT = 40

_TAGS = ("input", "select", "textarea")
_NOT_TYPED = frozenset({"hidden", "checkbox", "radio", "range", "color", "file", "image", "button", "submit", "reset"})


async def probe_fields(session: CDPSession, dom: Dom, index_of: dict[int, int]) -> Fields:
    """The fields of the page's own document; costs nothing on a page that has none.

    `index_of` gives the snapshot index of a backend node id.
    """
    found = [element for element in dom.by_tag(*_TAGS) if _is_field(element)][:FIELD_LIMIT]
    if not found:
        return Fields()
    backend_of = {index: backend for backend, index in index_of.items()}
    frame = (await session.send("Page.getFrameTree"))["frameTree"]["frame"]["id"]
    made = await session.send("Page.createIsolatedWorld", {"frameId": frame, "worldName": WORLD})
    context = made["executionContextId"]
    resolved = await asyncio.gather(
        *(
            session.send("DOM.resolveNode", {"backendNodeId": backend_of[element.index], "executionContextId": context})
            for element in found
        )
    )
    call = {
        "functionDeclaration": Path(__file__).with_suffix(".js").read_text("utf-8"),
        "executionContextId": context,
        "arguments": [{"objectId": one["object"]["objectId"]} for one in resolved],
        "returnByValue": True,
    }
    facts = (await session.send("Runtime.callFunctionOn", call))["result"].get("value") or ()
    return Fields(tuple(_field(element, fact) for element, fact in zip(found, facts, strict=False)))


def _is_field(element: Element) -> bool:
    is_typed = element.tag != "input" or element.get("type").strip().lower() not in _NOT_TYPED
    return is_typed and element.node.frame == 0 and can_be_seen(element)


def _field(element: Element, fact: dict[str, Any]) -> Field:
    return Field(
        element.index,
        tuple(fact["edges"][:EDGE_LIMIT]),
        fact["inside"],
        fact["outside"],
        fact["native"],
        fact["hint"],
        fact["faint"],
        fact["marked"],
    )
