"""The rendered tree: the browser's snapshot, accessibility trees and shadow structure, captured back to back.

One CDP session sees all frames of its process; a frame in another process needs a session of its own
and its owner element is asked for on the parent's. Nothing of ours is in the page at that moment.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from playwright.async_api import CDPSession, Error

from rules.evidence.dom import STYLES
from scanner.browser.frames import ProcessRoot
from scanner.browser.raw import raw_send
from scanner.probes.dom_join import Joined, join


@dataclass(frozen=True, slots=True)
class Capture:
    """What one CDP session sees: its documents, their accessibility trees by frame id, the tree as written.

    `owner` is the backend node id of the frame element that holds this session's root document and
    `parent` the position of the capture in which that id counts; None at the top. `document` is only
    asked for where there are shadow trees.
    """

    snapshot: dict[str, Any]
    trees: dict[str, list[dict[str, Any]]]
    document: dict[str, Any] | None = None
    parent: int | None = None
    owner: int | None = None
    gaps: dict[str, str] = field(default_factory=dict)


async def probe_dom(roots: Sequence[ProcessRoot]) -> Joined:
    """The page's rendered tree with every frame that can be read; a frame that cannot says why.

    With it comes the index of each node by its backend id, for probes that ask the browser about nodes.
    """
    captures: list[Capture] = []
    position = {id(root.session): number for number, root in enumerate(roots)}
    for root in roots:
        if root.above is None:
            captures.append(await _capture(root.session, None, None))
            continue
        try:
            owner = (await root.above.send("DOM.getFrameOwner", {"frameId": root.frame_id}))["backendNodeId"]
            captures.append(await _capture(root.session, position[id(root.above)], owner))
        except Error:
            captures.append(_NOTHING)  # the frame went away meanwhile; its owner stays without a document
    return join(captures)


async def _capture(session: CDPSession, parent: int | None, owner: int | None) -> Capture:
    snapshot = await raw_send(
        session, "DOMSnapshot.captureSnapshot", {"computedStyles": list(STYLES), "includePaintOrder": True}
    )
    names: list[str] = snapshot["strings"]
    frames = [names[document["frameId"]] for document in snapshot["documents"]]
    asked = await asyncio.gather(*(_tree(session, frame) for frame in frames))
    trees = {frame: nodes for frame, (nodes, _) in zip(frames, asked, strict=True)}
    gaps = {frame: gap for frame, (_, gap) in zip(frames, asked, strict=True) if gap}
    shadows = any(document["nodes"]["shadowRootType"]["index"] for document in snapshot["documents"])
    document = await raw_send(session, "DOM.getDocument", {"depth": -1, "pierce": True}) if shadows else None
    return Capture(snapshot, trees, document and document["root"], parent, owner, gaps)


async def _tree(session: CDPSession, frame: str) -> tuple[list[dict[str, Any]], str]:
    try:
        return (await raw_send(session, "Accessibility.getFullAXTree", {"frameId": frame}))["nodes"], ""
    except Error as error:
        return [], f"no accessibility tree: {error.message}"


_NOTHING = Capture({"documents": [], "strings": []}, {}, parent=-1, owner=-1)
