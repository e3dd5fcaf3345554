"""A picture of the page with its text set further apart, beside which one sees what that cuts off."""

from __future__ import annotations

from collections.abc import Sequence

from rules.dom import Dom
from rules.evidence.views import Views
from scanner.browser.frames import ProcessRoot
from scanner.probes.picturing import TOO_MANY, kept, own_view, ready
from scanner.probes.spacing import spaced


async def probe_spaced_view(roots: Sequence[ProcessRoot], dom: Dom, index_of: dict[int, int]) -> Views:
    """The page's picture in its own window with the spacing of WCAG 1.4.12; the window is as before afterwards.

    `index_of` gives the snapshot index of a backend node id.
    """
    async with ready(roots, dom, index_of) as documents, spaced(documents or []):
        if documents is None:
            return Views(untaken=TOO_MANY)
        return kept(await own_view(roots[0].session, documents[0], "spaced"))
