"""What goes on by itself: animations set free again, texts that script changes, and controls that should stop both.

Animations are asked of the browser, which knows how long they run. Changes of text are noted from the moment when the
page has come to rest, so that the time that this takes passes while other probes work; only where one was seen is the
page watched for six seconds more.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib import resources

from rules.evidence.motion import Manner, Motion, Moving
from scanner.browser.frames import ProcessRoot
from scanner.probes.worlds import World, worlds

LEAST_S = 1.1
"""How long a page is watched at least: texts that change every second are seen to."""

SCRIPT = resources.files("scanner").joinpath("probes", "motion.js").read_text("utf-8")

Going = list[tuple[int, Manner]]


async def begin_motion(roots: Sequence[ProcessRoot]) -> None:
    """Note changes of text from now on, in the page's own document."""
    await (await worlds(roots[:1]))[0].value(f"{SCRIPT}; curbcutMotion.begin()")


async def probe_motion(root: ProcessRoot, index_of: dict[int, int]) -> Motion:
    """What moves, blinks or changes for more than five seconds, and which control stops it.

    `index_of` gives the snapshot index of a backend node id. Controls are pressed only where something goes on, and
    only those whose names promise to stop it. Only the top document is looked at.
    """
    document = (await worlds([root]))[0]
    try:
        going: Going = await document.value(f"{SCRIPT}; curbcutMotion.look({LEAST_S * 1000})")
        if not going:
            return Motion()
        named, _ = await document.value("curbcutMotion.controls()")
        stopped = await _stopped(document, going, named)
    finally:
        await document.value("curbcutMotion.end()")
    nodes = [index_of.get(backend, -1) for backend in await document.nodes("curbcutMotion.elements")]
    moving = {
        Moving(nodes[at], manner, nodes[stopped[at]] if at in stopped else -1) for at, manner in going if nodes[at] >= 0
    }
    return Motion(tuple(sorted(moving)), tuple(sorted(nodes[at] for at in named if nodes[at] >= 0)))


async def _stopped(document: World, going: Going, named: Sequence[int]) -> dict[int, int]:
    """The control by which each was stopped, where one was."""
    stopped: dict[int, int] = {}
    left = going
    for control in named:
        if not left:
            break
        still: Going = await document.value(f"curbcutMotion.press({control}, {_as_script(left)})")
        goes_on = {at for at, _ in still}
        stopped |= {at: control for at, _ in left if at not in goes_on}
        left = still
    return stopped


def _as_script(going: Going) -> str:
    return "[" + ", ".join(f'[{at}, "{manner}"]' for at, manner in going) + "]"
