"""What the page loaded, from the browser's own resource timing; asked once, at the end, so that loading stays fast.

Watching every request through CDP's Network domain costs 40 % more CPU on pages with many style sheets
(benchmarks/watching.py); data requests, whose failure starves a page, are seen by the guard as they pass.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from playwright.async_api import CDPSession, Error

from reports.jsontext import clean
from rules.evidence.resources import Request, Resources

WORLD = "curbcut"
FRAME_LIMIT = 20
URL_LIMIT = 2_000
REQUEST_LIMIT = 5_000

_ASK = """
(() => {
  const entries = performance.getEntriesByType("resource");
  const refused = new Set(entries.filter((entry) => entry.responseStatus >= 400).map((entry) => entry.name));
  return {
    entries: entries.map((entry) => [
      entry.name, entry.initiatorType, entry.responseStatus || 0, entry.encodedBodySize || 0,
    ]),
    lost: [...document.querySelectorAll('link[rel~="stylesheet" i]')]
      .filter((link) => !link.disabled && link.href && (link.sheet === null || refused.has(link.href)))
      .filter((link) => !/alternate/i.test(link.rel) && matchMedia(link.media || "all").matches)
      .map((link) => link.href),
  };
})()
"""


async def probe_resources(session: CDPSession, data: tuple[Request, ...], cookies: tuple[str, ...]) -> Resources:
    """Requests of all frames in the page's process with `data` among them, and the style sheets that are missing.

    `kind` is the initiator's name as the browser gives it (img, link, script …), `XHR` or `Fetch` for data.
    """
    tree = (await session.send("Page.getFrameTree"))["frameTree"]
    found: set[Request] = set(data)
    lost: list[str] = []
    for frame in list(_frames(tree))[:FRAME_LIMIT]:
        answer = await _ask(session, frame)
        lost += answer["lost"]
        for url, kind, status, size in answer["entries"][:REQUEST_LIMIT]:
            if kind not in ("xmlhttprequest", "fetch", "beacon"):
                found.add(Request(clean(url)[:URL_LIMIT], "GET", kind, status, size))
    requests = sorted(found, key=lambda r: (r.url, r.method, r.kind, r.status, r.size, r.failure, r.refused))
    return Resources(tuple(requests), cookies, tuple(dict.fromkeys(clean(url)[:URL_LIMIT] for url in lost)))


async def _ask(session: CDPSession, frame: str) -> dict[str, Any]:
    nothing: dict[str, Any] = {"entries": [], "lost": []}
    try:
        world = await session.send("Page.createIsolatedWorld", {"frameId": frame, "worldName": WORLD})
        answer = await session.send(
            "Runtime.evaluate",
            {"expression": _ASK, "contextId": world["executionContextId"], "returnByValue": True},
        )
    except Error:
        return nothing  # the frame is gone, or lives in a process of its own
    value: dict[str, Any] = answer["result"].get("value") or nothing
    return value


def _frames(tree: dict[str, Any]) -> Iterator[str]:
    yield tree["frame"]["id"]
    for child in tree.get("childFrames", ()):
        yield from _frames(child)
