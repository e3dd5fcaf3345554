"""Sound and video, asked of the elements themselves; what plays by itself is listened to for a moment."""

from __future__ import annotations

import asyncio
import math
from typing import Any

from playwright.async_api import CDPSession, Error

from rules.evidence.dom import DomSnapshot
from rules.evidence.media import Media, Medium, Sound, Track
from scanner.probes.axe import WORLD

MEDIA_LIMIT = 50
SOURCE_LIMIT = 500
TEXT_LIMIT = 100
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


async def probe_media(session: CDPSession, snapshot: DomSnapshot, index_of: dict[int, int]) -> Media:
    """The page's audio and video elements; costs nothing on a page that has none.

    `index_of` gives the snapshot index of a backend node id. Frames of other processes are not asked.
    """
    found = [index for index, node in enumerate(snapshot.nodes) if node.tag in ("audio", "video")]
    if not found:
        return Media()
    probe = _Probe(session, snapshot, {index: backend for backend, index in index_of.items()})
    asked = await asyncio.gather(*(probe.look(index) for index in found[:MEDIA_LIMIT]))
    return Media(tuple(medium for medium in asked if medium is not None))


class _Probe:
    """One run over one page; our own world of each frame is made once."""

    def __init__(self, session: CDPSession, snapshot: DomSnapshot, backend: dict[int, int]) -> None:
        self.session = session
        self.snapshot = snapshot
        self.backend = backend
        self._worlds: dict[int, asyncio.Task[int]] = {}

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
            facts = await self._call(resolved["object"]["objectId"], _FACTS, SOURCE_LIMIT)
        except (Error, TimeoutError):
            return None
        sound: Sound = ""
        if facts["plays"] and not facts["muted"]:
            sound = await self._listen(resolved["object"]["objectId"])
        return _medium(index, node.tag, facts, sound)

    async def _listen(self, element: str) -> Sound:
        try:
            heard: Sound = await self._call(element, _LISTEN, LISTEN_S)
        except (Error, TimeoutError):
            return "unknown"  # in a frame that is sandboxed without scripts nobody can wait
        return heard

    async def _call(self, element: str, function: str, limit: float) -> Any:
        async with asyncio.timeout(PATIENCE_S):
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
        tracks=tuple(Track(*(str(value)[:TEXT_LIMIT] for value in track)) for track in facts["tracks"]),
    )
