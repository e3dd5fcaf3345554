"""The page in a dark scheme and in forced colours, as people ask their system for them.

Each is emulated in the page as it stands, and taken back. Where a dark scheme changes no colour, nothing more is done.
Forced colours change all of them by design, so only controls are looked at, and of those one of each kind, that have
no text and no picture but a sign that a style draws: what is left of them is seen in a picture.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib import resources

from playwright.async_api import CDPSession

from rules.contrast import text_contrasts
from rules.dom import Dom
from rules.evidence.dom import STYLES
from rules.evidence.variants import DarkText, Icon, Variants
from scanner.browser.frames import ProcessRoot
from scanner.browser.raw import raw_send
from scanner.probes.dom import Capture
from scanner.probes.dom_join import join
from scanner.probes.pixels import picture
from scanner.probes.worlds import World, worlds

SCRIPT = resources.files("scanner").joinpath("probes", "variants.js").read_text("utf-8")

PLAIN = 24
"""How far the channels of an area may lie apart, of 255, that counts as one of a single colour."""

MOST_TEXTS = 2000

Area = tuple[int, int, int, int]


async def probe_variants(root: ProcessRoot, index_of: dict[int, int]) -> Variants:
    """What the top document is like in a dark scheme and in forced colours.

    `index_of` gives the snapshot index of a backend node id.
    """
    document = (await worlds([root]))[0]
    served = await document.value(f"{SCRIPT}; curbcutVariants.colours()")
    try:
        dark = await _dark(document, index_of, served)
        icons = await _icons(document, index_of)
    finally:
        await root.session.send("Emulation.setEmulatedMedia", {"media": "", "features": []})
    await document.value("curbcutVariants.drawn()")
    return Variants(tuple(dark), tuple(icons))


async def _emulate(document: World, name: str, value: str) -> None:
    features = [{"name": name, "value": value}] if value else []
    await document.session.send("Emulation.setEmulatedMedia", {"media": "", "features": features})
    await document.value("curbcutVariants.drawn()")


async def _dark(document: World, index_of: dict[int, int], served: int) -> list[DarkText]:
    """The texts of which the colours are certain, in a dark scheme; none where it changes nothing."""
    marks = await document.value("curbcutVariants.marks()")
    await _emulate(document, "prefers-color-scheme", "dark")
    if await document.value("curbcutVariants.colours()") == served:
        return []
    if await document.value("curbcutVariants.marks()") != marks:
        return []  # a script switches the scheme in steps, and what is read in between is not what people see
    try:
        await document.value("curbcutVariants.paint(); curbcutVariants.drawn()")
        snapshot = await raw_send(
            document.session, "DOMSnapshot.captureSnapshot", {"computedStyles": list(STYLES), "includePaintOrder": True}
        )
    finally:
        await document.value("curbcutVariants.end()")
    joined = join([Capture(snapshot, {})])
    place = {index: index_of[backend] for backend, index in joined.index_of.items() if backend in index_of}
    found = (one for one in text_contrasts(Dom(joined.snapshot)) if one.element.node.frame == 0 and not one.doubt)
    texts = [
        DarkText(place[one.element.index], one.lowest, one.highest, str(one.text), str(one.background), one.large)
        for one in found
        if one.element.index in place
    ]
    return sorted(texts)[:MOST_TEXTS]


async def _icons(document: World, index_of: dict[int, int]) -> list[Icon]:
    """Controls with signs that styles draw, and whether forced colours leave anything of the sign."""
    if not await document.value("curbcutVariants.find()"):
        return []
    await _emulate(document, "prefers-color-scheme", "")
    nodes = await document.nodes("curbcutVariants.icons")
    try:
        areas = [await document.value(f"curbcutVariants.show({at})") for at in range(len(nodes))]
        drawn = [at for at, area in enumerate(areas) if area and not await _is_blank(document, at)]
        if not drawn:
            return []
        await _emulate(document, "forced-colors", "active")
        blank = {at: await _is_blank(document, at) for at in drawn}
    finally:
        await document.value("curbcutVariants.back()")
    return sorted(Icon(index_of[nodes[at]], blank[at]) for at in drawn if nodes[at] in index_of)


async def _is_blank(document: World, at: int) -> bool:
    """Whether a control, without its border, is of one colour in the window."""
    area: Sequence[int] | None = await document.value(f"curbcutVariants.show({at})")
    await document.value("curbcutVariants.drawn()")
    return area is not None and await _is_plain(document.session, (area[0], area[1], area[2], area[3]))


async def _is_plain(session: CDPSession, area: Area) -> bool:
    if area[2] <= area[0] or area[3] <= area[1]:
        return False
    darkest_and_lightest = (await picture(session)).crop(area).convert("RGB").getextrema()
    return all(one[1] - one[0] <= PLAIN for one in darkest_and_lightest if isinstance(one, tuple))
