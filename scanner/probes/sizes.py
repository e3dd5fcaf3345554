"""The page enlarged to 200 and 400 per cent, and with its text spaced out: what cannot be seen any more."""

from __future__ import annotations

from importlib import resources

from playwright.async_api import CDPSession

from rules.evidence.sizes import Cut, Sizes, Variant, Wide
from scanner.browser.frames import ProcessRoot
from scanner.probes.spacing import spaced
from scanner.probes.worlds import World, worlds

REFLOW = (320, 256)
"""CSS px of the window that WCAG 1.4.10 names: 1280 by 1024 at 400 per cent."""

MOST_CUTS = 100

Row = tuple[int, str, int, bool, bool, bool]

SCRIPT = resources.files("scanner").joinpath("probes", "sizes.js").read_text("utf-8")


async def probe_sizes(root: ProcessRoot, index_of: dict[int, int]) -> Sizes:
    """What of the top document's text is cut off, or too wide, in windows and spacings of other readers.

    `index_of` gives the snapshot index of a backend node id. The window is as before afterwards, though scripts may
    have changed the page for good.
    """
    document = (await worlds([root]))[0]
    width, height = await document.value(f"{SCRIPT}; curbcutSizes.begin(); [innerWidth, innerHeight]")
    found: list[tuple[Variant, list[Row]]] = []
    try:
        async with spaced([document]):
            found.append(("spacing", await document.value("curbcutSizes.drawn().then(() => curbcutSizes.compare())")))
        await _resize(root.session, width // 2, height // 2)
        found.append(("zoom", await document.value("curbcutSizes.rest().then(() => curbcutSizes.compare())")))
        await _resize(root.session, *REFLOW)
        found.append(("reflow", await document.value("curbcutSizes.rest().then(() => curbcutSizes.compare())")))
        reach = await document.value("curbcutSizes.spills() ? curbcutSizes.width() : innerWidth")
        wide = await document.value("curbcutSizes.wide()")
    finally:
        await root.session.send("Emulation.clearDeviceMetricsOverride")
    nodes = await _nodes(document, index_of)
    return Sizes(tuple(_cuts(found, nodes)), float(reach), tuple(_wide(wide, nodes)))


async def _resize(session: CDPSession, width: int, height: int) -> None:
    metrics = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
    await session.send("Emulation.setDeviceMetricsOverride", metrics)


async def _nodes(document: World, index_of: dict[int, int]) -> list[int]:
    """The snapshot index of each element that was named, -1 for one that is not in the snapshot."""
    return [index_of.get(backend, -1) for backend in await document.nodes("curbcutSizes.elements")]


def _cuts(found: list[tuple[Variant, list[Row]]], nodes: list[int]) -> list[Cut]:
    cuts = {
        Cut(nodes[text], variant, "x" if axis == "x" else "y", nodes[by], alone, mended, before)
        for variant, rows in found
        for text, axis, by, alone, mended, before in rows
        if nodes[text] >= 0
    }
    return sorted(cuts)[:MOST_CUTS]


def _wide(rows: list[tuple[int, float]], nodes: list[int]) -> list[Wide]:
    return sorted({Wide(nodes[text], round(width, 1)) for text, width in rows if nodes[text] >= 0})[:MOST_CUTS]
