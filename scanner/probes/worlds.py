"""Every document of a page with a world of our own in it, in which scripts of ours meet none of the page's."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from playwright.async_api import CDPSession, Error

from scanner.browser.frames import ProcessRoot
from scanner.probes.axe import WORLD


@dataclass(frozen=True, slots=True)
class World:
    """Our own world in one document; `top` where it is the page's own session that knows it."""

    session: CDPSession
    context: int
    top: bool

    async def value(self, expression: str) -> Any:
        """The value of an expression; promises are waited for."""
        return (await self._evaluate(expression, by_value=True)).get("value")

    async def nodes(self, expression: str) -> list[int]:
        """The backend ids of the nodes in a list, in its order."""
        name = (await self._evaluate(expression, by_value=False))["objectId"]
        listed = await self.session.send("Runtime.getProperties", {"objectId": name, "ownProperties": True})
        objects = [one["value"]["objectId"] for one in listed["result"] if one["name"].isdigit()]
        asked = (self.session.send("DOM.describeNode", {"objectId": one}) for one in objects)
        return [answer["node"]["backendNodeId"] for answer in await asyncio.gather(*asked)]

    async def _evaluate(self, expression: str, *, by_value: bool) -> dict[str, Any]:
        call = {"expression": expression, "contextId": self.context, "awaitPromise": True, "returnByValue": by_value}
        answer = await self.session.send("Runtime.evaluate", call)
        if "exceptionDetails" in answer:
            raise Error(answer["exceptionDetails"].get("text", "script error"))
        found: dict[str, Any] = answer["result"]
        return found


async def worlds(roots: Sequence[ProcessRoot]) -> list[World]:
    """A world in each document of each process, parents before children, the page's own document first."""
    found: list[World] = []
    for root in roots:
        trees = [(await root.session.send("Page.getFrameTree"))["frameTree"]]
        while trees:
            tree = trees.pop(0)
            trees += tree.get("childFrames", ())
            made = await root.session.send(
                "Page.createIsolatedWorld", {"frameId": tree["frame"]["id"], "worldName": WORLD}
            )
            found.append(World(root.session, made["executionContextId"], root.above is None))
    return found
