"""Sound and video, asked of the elements themselves; what plays by itself is listened to for a moment."""

from __future__ import annotations

import asyncio
import math
from dataclasses import replace
from functools import partial
from typing import Any
from urllib.parse import urldefrag

from playwright.async_api import CDPSession, Error

from rules.evidence.dom import DomSnapshot
from rules.evidence.media import Media, Medium, Sound
from scanner.probes.axe import WORLD
from scanner.probes.media_content import (
    FILE_LIMIT,
    FUNCTION,
    LONGEST_S,
    WITHIN_S,
    Found,
    ReadsPictures,
    found_out,
    limits,
    track_of,
)

MEDIA_LIMIT = 50
SOURCE_LIMIT = 500
LISTEN_S = 0.6
PATIENCE_S = 3.0

_FACTS = """
function (limit) {
  return {
    source: this.currentSrc.slice(0, limit),
    duration: Number.isFinite(this.duration) ? this.duration : this.duration === Infinity ? -1 : null,
    autoplay: this.autoplay, loop: this.loop, controls: this.controls,
    muted: this.muted || this.volume === 0,
    plays: !this.paused && !this.ended && this.readyState > 1,
    failed: this.error !== null || this.networkState === HTMLMediaElement.NETWORK_NO_SOURCE,
    tracks: [...this.textTracks].map((track) => [track.kind, track.language, track.label]),
  };
}
"""

_LISTEN = """
async function (limit) {
  const decoded = () => (this.webkitAudioDecodedByteCount > 0 ? "decoded" : "unknown");
  let context = null;
  try {
    const stream = this.captureStream();
    if (!stream.getAudioTracks().length) return this.webkitAudioDecodedByteCount > 0 ? "decoded" : "none";
    context = new AudioContext();
    const ear = context.createAnalyser();
    context.createMediaStreamSource(stream).connect(ear);
    const wave = new Float32Array(ear.fftSize);
    for (let end = performance.now() + limit * 1000; performance.now() < end; ) {
      await new Promise((resolve) => setTimeout(resolve, 30));
      ear.getFloatTimeDomainData(wave);
      if (wave.some((value) => Math.abs(value) > 0.001)) return "heard";
    }
    return context.state === "running" ? "silent" : decoded();
  } catch {
    return decoded();
  } finally {
    if (context) context.close();
  }
}
"""


async def probe_media(
    session: CDPSession, snapshot: DomSnapshot, index_of: dict[int, int], *, reader: ReadsPictures | None = None
) -> Media:
    """The page's audio and video elements; costs nothing on a page that has none.

    `index_of` gives the snapshot index of a backend node id. Frames of other processes are not asked. The files of the
    first few that people meet are read; `reader` looks for text in films with sound.
    """
    found = [index for index, node in enumerate(snapshot.nodes) if node.tag in ("audio", "video")]
    if not found:
        return Media()
    probe = _Probe(session, snapshot, {index: backend for backend, index in index_of.items()})
    asked = await asyncio.gather(*(probe.look(index) for index in found[:MEDIA_LIMIT]))
    media = [medium for medium in asked if medium is not None]
    return Media(tuple([await probe.with_content(medium, reader) for medium in media]))


class _Probe:
    """One run over one page; our own world of each frame is made once."""

    def __init__(self, session: CDPSession, snapshot: DomSnapshot, backend: dict[int, int]) -> None:
        self.session = session
        self.snapshot = snapshot
        self.backend = backend
        self._worlds: dict[int, asyncio.Task[int]] = {}
        self._elements: dict[int, str] = {}
        self._files: dict[str, Found] = {}

    async def look(self, index: int) -> Medium | None:
        """The facts of one element, None when it went away or belongs to a process of its own."""
        node = self.snapshot.nodes[index]
        if index not in self.backend:
            return None
        try:
            world = await self._world(node.frame)
            resolved = await self.session.send(
                "DOM.resolveNode", {"backendNodeId": self.backend[index], "executionContextId": world}
            )
            self._elements[index] = resolved["object"]["objectId"]
            facts = await self._call(self._elements[index], _FACTS, SOURCE_LIMIT)
        except (Error, TimeoutError):
            return None
        sound: Sound = ""
        if facts["plays"] and not facts["muted"]:
            sound = await self._listen(self._elements[index])
        return _medium(index, node.tag, facts, sound)

    async def with_content(self, medium: Medium, reader: ReadsPictures | None) -> Medium:
        """The same medium with what its file and its text tracks hold, where somebody can meet it."""
        node = self.snapshot.nodes[medium.node]
        # An audio element without controls has no box, and a button of the page's own may play it.
        is_met = (node.box is not None or medium.plays or medium.kind == "audio") and not medium.failed
        if not is_met:
            return medium
        what = limits(content=self._is_read(medium))
        try:
            ask = partial(self._call, self._elements[medium.node], FUNCTION, what, patience_s=WITHIN_S + PATIENCE_S)
            found = await found_out(ask, reader)
        except (Error, TimeoutError):
            return medium
        file = urldefrag(medium.source).url
        if what["bytes"]:
            self._files[file] = found
        content = self._files[file].content if file in self._files else None
        return replace(medium, tracks=found.tracks, content=content)

    def _is_read(self, medium: Medium) -> bool:
        """Whether its file is still to be read: neither long, nor known, nor one too many."""
        is_short = medium.duration_s is None or medium.duration_s <= LONGEST_S
        return is_short and urldefrag(medium.source).url not in self._files and len(self._files) < FILE_LIMIT

    async def _listen(self, element: str) -> Sound:
        try:
            heard: Sound = await self._call(element, _LISTEN, LISTEN_S)
        except (Error, TimeoutError):
            return "unknown"  # in a frame that is sandboxed without scripts nobody can wait
        return heard

    async def _call(self, element: str, function: str, limit: object, *, patience_s: float = PATIENCE_S) -> Any:
        async with asyncio.timeout(patience_s):
            answer = await self.session.send(
                "Runtime.callFunctionOn",
                {
                    "objectId": element,
                    "functionDeclaration": function,
                    "arguments": [{"value": limit}],
                    "awaitPromise": True,
                    "returnByValue": True,
                },
            )
        if "exceptionDetails" in answer:
            raise Error(answer["exceptionDetails"].get("text", "script error"))
        return answer["result"]["value"]

    async def _world(self, frame: int) -> int:
        if frame not in self._worlds:
            self._worlds[frame] = asyncio.create_task(self._make_world(frame))
        return await self._worlds[frame]

    async def _make_world(self, frame: int) -> int:
        owner = self.snapshot.frames[frame].owner
        if owner < 0:
            frame_id = (await self.session.send("Page.getFrameTree"))["frameTree"]["frame"]["id"]
        else:
            described = await self.session.send("DOM.describeNode", {"backendNodeId": self.backend[owner]})
            frame_id = described["node"]["frameId"]
        made = await self.session.send("Page.createIsolatedWorld", {"frameId": frame_id, "worldName": WORLD})
        context: int = made["executionContextId"]
        return context


def _medium(index: int, tag: str, facts: dict[str, Any], sound: Sound) -> Medium:
    duration = facts["duration"]
    return Medium(
        node=index,
        kind="video" if tag == "video" else "audio",
        source=facts["source"],
        duration_s=math.inf if duration == -1 else duration,
        autoplay=facts["autoplay"],
        loop=facts["loop"],
        muted=facts["muted"],
        controls=facts["controls"],
        plays=facts["plays"],
        failed=facts["failed"],
        sound=sound,
        tracks=tuple(track_of(track) for track in facts["tracks"]),
    )
