"""The demo's barriers as data: what a scan of the demo has to find, and which pages have nothing to find.

`barriers.json` is the list; it was written before the rules. `selector` names the element itself or the
smallest one around the elements that make up the barrier, and is None for the page as a whole.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

TOPICS = ("images", "names", "structure", "forms", "keyboard", "visual", "media", "language", "consistency")
"""The topics that rules are sorted by."""

Needs = Literal[
    "axe", "dom", "site", "pixels", "focus", "operation", "reflow", "spacing", "orientation", "motion", "media", "text"
]
"""The cheapest evidence that finds a barrier; `site` is the comparison of pages, `text` the reading of prose."""


@dataclass(frozen=True, kw_only=True)
class Barrier:
    """One thing on one page that certainly fails the success criteria in `wcag`.

    `page` is the file below `site/`; `axe` names the axe-core rules that report the barrier as certain.
    """

    id: str
    page: str
    selector: str | None
    wcag: tuple[str, ...]
    topic: str
    what: str
    needs: Needs
    axe: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class BarrierList:
    """All barriers, sorted by page and id, and the pages without any."""

    barriers: tuple[Barrier, ...]
    clean: tuple[str, ...]


def read_barriers() -> BarrierList:
    """The list as shipped."""
    listed = json.loads(Path(__file__).with_name("barriers.json").read_text("utf-8"))
    barriers = tuple(
        Barrier(**{**entry, "wcag": tuple(entry["wcag"]), "axe": tuple(entry["axe"])}) for entry in listed["barriers"]
    )
    return BarrierList(barriers=barriers, clean=tuple(listed["clean"]))
