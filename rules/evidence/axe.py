"""What axe-core found, from every frame of the page."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class AxeNode:
    """One place that an axe rule reports.

    `node` is the index of the element in the DOM snapshot, -1 where it could not be found there; then
    `selector` and `frame` (axe's own target) still say where it is. `message` is empty or axe's summary,
    `data` the facts of its checks (contrast ratio, colours …) by name.
    """

    node: int
    selector: str
    frame: str
    message: str
    impact: str = ""
    data: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class AxeResult:
    """One axe rule on one page; a rule in none of the four lists did not run."""

    rule: str
    failed: tuple[AxeNode, ...] = ()
    incomplete: tuple[AxeNode, ...] = ()
    passed: int = 0


@dataclass(frozen=True, slots=True)
class Axe:
    """axe-core's result: `results` in the order of rule ids, `untested_frames` those it could not enter."""

    version: str
    results: tuple[AxeResult, ...] = ()
    untested_frames: tuple[str, ...] = ()
