"""Pasting tried in the fields of a sign-in, with an event of our own: nothing is read from the real clipboard.

Tried only where a script of the page listens for it; elsewhere the browser pastes.
"""

from __future__ import annotations

from playwright.async_api import CDPSession

from rules.evidence.pastes import Pastes
from rules.page import Page
from rules.sign_in import sign_in_fields
from scanner.probes.axe import WORLD

FIELD_LIMIT = 12

_TRY = """
async function () {
  const fields = [...document.querySelectorAll("input, textarea")];
  const before = fields.map((field) => field.value);
  const data = new DataTransfer();
  data.setData("text/plain", "482913");
  const event = new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true, composed: true });
  const refused = !this.dispatchEvent(event);
  await new Promise((resolve) => setTimeout(resolve, 30));
  const taken = fields.some((field, at) => field.value !== before[at]);
  fields.forEach((field, at) => { if (field.value !== before[at]) field.value = before[at]; });
  return refused && !taken;
}
"""


async def probe_pastes(session: CDPSession, page: Page, index_of: dict[int, int]) -> Pastes:
    """What the sign-in fields of the page's own document make of a paste; costs nothing on a page without one.

    A script that refuses the event and writes what was pasted itself takes it. `index_of` gives the snapshot index of a
    backend node id.
    """
    fields = list(sign_in_fields(page.dom))[:FIELD_LIMIT]
    listening = page.listeners
    listens = listening and ("paste" in listening.window or any("paste" in one.events for one in listening.elements))
    if not fields or not listens:
        return Pastes(tuple(field.index for field in fields))
    backend_of = {index: backend for backend, index in index_of.items()}
    frame = (await session.send("Page.getFrameTree"))["frameTree"]["frame"]["id"]
    made = await session.send("Page.createIsolatedWorld", {"frameId": frame, "worldName": WORLD})
    refused: list[int] = []
    for field in fields:
        node = {"backendNodeId": backend_of[field.index], "executionContextId": made["executionContextId"]}
        resolved = await session.send("DOM.resolveNode", node)
        call = {"objectId": resolved["object"]["objectId"], "functionDeclaration": _TRY}
        answer = await session.send("Runtime.callFunctionOn", {**call, "awaitPromise": True, "returnByValue": True})
        if answer["result"].get("value") is True:
            refused.append(field.index)
    return Pastes(tuple(field.index for field in fields), tuple(refused))
