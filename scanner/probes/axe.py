"""axe-core in every frame, in a world of its own that the page cannot touch.

A page without frames is one call. With frames each gets `runPartial` under its own limit, and the top
frame puts the parts together: no messages pass between frames, so a page can neither fake nor stall them.
"""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.async_api import CDPSession, Error

from rules.errors import ConfigError
from rules.evidence.axe import Axe
from rules.evidence.dom import DomSnapshot
from scanner.browser.frames import ERROR_PAGE, ProcessRoot
from scanner.probes.axe_result import Found, adapt

WORLD = "curbcut"
FRAME_LIMIT = 40
FRAME_LIMIT_S = 8.0
ALIVE_LIMIT_S = 1.0
ENDINGS = 10

OPTIONS: dict[str, Any] = {"resultTypes": ["violations", "incomplete"], "elementRef": True, "preload": False}
"""What axe-core is always asked: certain and open findings in full, the rest only by name; no requests of its own."""

Address = tuple[str, ...]
"""Where a frame is: the element paths of the frames on the way to it, each as JSON."""


@dataclass(frozen=True, slots=True)
class AxeScript:
    """axe-core's source with our driver: `source` for the top frame of every new document, `whole` for others."""

    whole: str
    version: str = ""

    @property
    def source(self) -> str:
        """The script to register on new documents; child frames get the engine only when they need it."""
        return f"if (window === window.top) {{ {self.whole} }}"

    @classmethod
    def read(cls, path: Path | None = None) -> AxeScript:
        """The script from a file, by default axe-core as packaged in axe-playwright-python."""
        import axe_playwright_python

        chosen = path or next(Path(axe_playwright_python.__file__).parent.rglob("axe.min.js"))
        try:
            engine = chosen.read_text("utf-8")
        except OSError as error:
            raise ConfigError(f"axe-core cannot be read: {error.strerror}.", where=str(chosen)) from error
        if "runPartial" not in engine:
            raise ConfigError("This file is not axe-core 4.3 or newer.", where=str(chosen))
        driver = Path(__file__).with_suffix(".js").read_text("utf-8")
        named = re.search(r"axe\.version\s*=\s*[\"']([^\"']+)|axe v(\S+)", engine)
        return cls(f"{engine};\n{driver}", (named[1] or named[2]) if named else "")


async def probe_axe(
    roots: Sequence[ProcessRoot], snapshot: DomSnapshot, *, script: AxeScript, options: dict[str, Any], limit_s: float
) -> Axe:
    """axe-core's verdicts joined to the snapshot's nodes; raises TimeoutError when the top frame takes too long."""
    return adapt(await _limited(_Run(roots, script, json.dumps(options)), limit_s), snapshot)


async def _limited(run: _Run, limit_s: float) -> Found:
    """What a run finds; when it takes too long it is ended in the browser too, so that the page can be used again."""
    try:
        async with asyncio.timeout(limit_s):
            top = await run.world(run.roots[0].frame_id)
            children = await run.children(top, "document")
            return await (run.whole(top) if not children else run.together(top, children))
    except TimeoutError:
        await _end_scripts(run.main)
        raise


async def _end_scripts(session: CDPSession) -> None:
    """End what axe-core still has under way: every rule is a task of its own, so ended until the page answers."""
    for _ in range(ENDINGS):
        try:
            async with asyncio.timeout(ALIVE_LIMIT_S):
                await session.send("Runtime.terminateExecution")
                await session.send("Runtime.evaluate", {"expression": "0"})
            return
        except (Error, TimeoutError):
            continue


@dataclass(frozen=True, slots=True)
class _World:
    """Our isolated world in one frame."""

    session: CDPSession
    context: int

    async def call(self, expression: str, *, by_value: bool = True) -> Any:
        answer = await self.session.send(
            "Runtime.evaluate",
            {"expression": expression, "contextId": self.context, "awaitPromise": True, "returnByValue": by_value},
        )
        if "exceptionDetails" in answer:
            raise Error(str(answer["exceptionDetails"].get("exception", {}).get("description", "script error")))
        return answer["result"] if not by_value else answer["result"].get("value")


class _Run:
    """One run over one page; `gaps` collects the frames that axe could not enter."""

    def __init__(self, roots: Sequence[ProcessRoot], script: AxeScript, options: str) -> None:
        self.roots = roots
        self.sessions = {root.frame_id: root.session for root in roots}
        self.main = roots[0].session
        self.script = script
        self.options = options
        self.gaps: list[str] = []
        self.worlds: dict[Address, _World] = {}

    async def world(self, frame_id: str, session: CDPSession | None = None) -> _World:
        """Our world in a frame, with axe-core in it."""
        home = self.sessions.get(frame_id) or session or self.main
        made = await home.send("Page.createIsolatedWorld", {"frameId": frame_id, "worldName": WORLD})
        world = _World(home, made["executionContextId"])
        if not await world.call("typeof curbcut === 'object'"):
            await world.call(f"{self.script.whole}; true")
        return world

    async def whole(self, top: _World) -> Found:
        """The verdicts of a page that is one document."""
        return Found(json.loads(await top.call(f"curbcut.run({self.options})")), {}, tuple(self.gaps))

    async def children(self, world: _World, context: str) -> list[dict[str, Any]]:
        """The frames directly inside, as axe addresses them: selector and context."""
        listed: list[dict[str, Any]] = await world.call(f"curbcut.frames({context})")
        return listed[:FRAME_LIMIT]

    async def together(self, top: _World, children: list[dict[str, Any]]) -> Found:
        """The verdicts of a page with frames, parts put together in the top frame."""
        self.worlds[()] = top
        await top.call(f"curbcut.keep(document, {self.options})")
        parts = [part for child in children for part in await self._parts((), child)]
        raw = json.loads(await top.call(f"curbcut.finish([{', '.join(parts)}], {self.options})"))
        return Found(raw, await self._paths(raw), tuple(self.gaps))

    async def _parts(self, above: Address, child: dict[str, Any]) -> list[str]:
        """The partial results of one frame and those inside it, `null` for one that axe cannot enter."""
        selector, context = json.dumps(child["frameSelector"]), json.dumps(child["frameContext"])
        try:
            async with asyncio.timeout(FRAME_LIMIT_S):
                world = await self._enter(self.worlds[above], selector)
                part: str = await world.call(f"curbcut.partial({context}, {self.options})")
                inner = await self.children(world, context)
                [path] = await self.worlds[above].call(f"curbcut.paths([{selector}])")
        except (Error, TimeoutError, KeyError):
            self.gaps.append(" >>> ".join(child["frameSelector"]) if selector[0] == "[" else child["frameSelector"])
            return ["null"]
        here = (*above, json.dumps(path))
        self.worlds[here] = world
        return [part, *[one for grandchild in inner for one in await self._parts(here, grandchild)]]

    async def _enter(self, above: _World, selector: str) -> _World:
        owner = await above.call(f"curbcut.frame({selector})", by_value=False)
        node = (await above.session.send("DOM.describeNode", {"objectId": owner["objectId"]}))["node"]
        if node.get("contentDocument", {}).get("documentURL", "").startswith(ERROR_PAGE):
            raise Error("the frame did not load")
        world = await self.world(node["frameId"], above.session)
        async with asyncio.timeout(ALIVE_LIMIT_S):
            await world.call("curbcut.alive()")
        return world

    async def _paths(self, raw: dict[str, Any]) -> dict[str, Any]:
        """Element paths of all reported targets and of the frames on the way, by the JSON of the target's steps.

        axe names a frame differently in a target and on entering it, so frames are known by their paths.
        """
        targets = {
            tuple(json.dumps(step) for step in node["target"])
            for rule in [*raw["violations"], *raw["incomplete"]]
            for node in rule["nodes"]
        }
        addresses: dict[tuple[str, ...], Address] = {(): ()}
        paths: dict[str, Any] = {}
        for depth in range(max(map(len, targets), default=0)):
            wanted: dict[tuple[str, ...], list[str]] = {}
            for steps in sorted({target[: depth + 1] for target in targets if len(target) > depth}):
                wanted.setdefault(steps[:depth], []).append(steps[depth])
            for frame, leaves in wanted.items():
                world = self.worlds.get(addresses[frame]) if frame in addresses else None
                if world is None:
                    continue
                for step, path in zip(leaves, await world.call(f"curbcut.paths([{', '.join(leaves)}])"), strict=True):
                    paths[json.dumps([*frame, step])] = path
                    addresses[(*frame, step)] = (*addresses[frame], json.dumps(path))
        return paths
