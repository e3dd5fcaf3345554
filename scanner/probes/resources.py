"""What the page loaded, from the browser's own resource timing; asked once, at the end, so that loading stays fast.

Watching every request through CDP's Network domain costs 40 % more CPU on pages with many style sheets
(benchmarks/watching.py); data requests, whose failure starves a page, are seen by the guard as they pass.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from playwright.async_api import CDPSession, Error

from reports.jsontext import clean
from rules.evidence.resources import Request, Resources

WORLD = "curbcut"
FRAME_LIMIT = 20
URL_LIMIT = 2_000
REQUEST_LIMIT = 5_000

_ASK = """
((failed) => {
  const entries = performance.getEntriesByType("resource");
  const refused = entries.filter((entry) => entry.responseStatus >= 400).map((entry) => entry.name);
  const lost = new Set([...refused, ...failed]);
  const applies = (media) => matchMedia(media || "all").matches;
  const roots = [document];
  for (const element of document.querySelectorAll("*")) if (element.shadowRoot) roots.push(element.shadowRoot);
  const is_lost = (link) => lost.has(link.href) || (link.relList.contains("stylesheet") && link.sheet === null);
  const imports = (sheet) => {
    let rules = [];
    try { rules = [...sheet.cssRules]; } catch { /* a sheet of another origin, or one that is lost itself */ }
    return rules.filter((rule) => rule instanceof CSSImportRule && applies(rule.media.mediaText)).flatMap((rule) => {
      const url = URL.parse(rule.href, sheet.href || document.baseURI);
      return [...(url ? [url.href] : []), ...(rule.styleSheet ? imports(rule.styleSheet) : [])];
    });
  };
  return {
    entries: entries.map((entry) => [
      entry.name, entry.initiatorType, entry.responseStatus || 0, entry.encodedBodySize || 0,
    ]),
    lost: roots
      .flatMap((root) => [...root.querySelectorAll('link[rel~="stylesheet" i], link[rel~="preload" i][as="style" i]')])
      .filter((link) => !link.disabled && link.href && is_lost(link))
      .filter((link) => !/alternate/i.test(link.rel) && applies(link.media))
      .map((link) => link.href)
      .concat([...document.styleSheets].flatMap(imports).filter((url) => lost.has(url))),
  };
})
"""


async def probe_resources(
    session: CDPSession, data: tuple[Request, ...], cookies: tuple[str, ...], *, lost: Sequence[str] = ()
) -> Resources:
    """Requests of all frames in the page's process with `data` among them, and the style sheets that are missing.

    `kind` is the initiator's name as the browser gives it (img, link, script …), `XHR` or `Fetch` for data. `lost`
    are style sheets whose loading failed in the network: the page cannot tell those from sheets without a rule.
    """
    tree = (await session.send("Page.getFrameTree"))["frameTree"]
    found: set[Request] = set(data)
    missing: list[str] = []
    for frame in list(_frames(tree))[:FRAME_LIMIT]:
        answer = await _ask(session, frame, lost)
        missing += answer["lost"]
        for url, kind, status, size in answer["entries"][:REQUEST_LIMIT]:
            if kind not in ("xmlhttprequest", "fetch", "beacon"):
                found.add(Request(clean(url)[:URL_LIMIT], "GET", kind, status, size))
    requests = sorted(found, key=lambda r: (r.url, r.method, r.kind, r.status, r.size, r.failure, r.refused))
    return Resources(tuple(requests), cookies, tuple(dict.fromkeys(clean(url)[:URL_LIMIT] for url in missing)))


async def _ask(session: CDPSession, frame: str, lost: Sequence[str]) -> dict[str, Any]:
    nothing: dict[str, Any] = {"entries": [], "lost": []}
    try:
        world = await session.send("Page.createIsolatedWorld", {"frameId": frame, "worldName": WORLD})
        answer = await session.send(
            "Runtime.evaluate",
            {
                "expression": f"{_ASK}({json.dumps(lost)})",
                "contextId": world["executionContextId"],
                "returnByValue": True,
            },
        )
    except Error:
        return nothing  # the frame is gone, or lives in a process of its own
    value: dict[str, Any] = answer["result"].get("value") or nothing
    return value


def _frames(tree: dict[str, Any]) -> Iterator[str]:
    yield tree["frame"]["id"]
    for child in tree.get("childFrames", ()):
        yield from _frames(child)
