"""axe-core's raw result joined to the DOM snapshot."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from rules.evidence.axe import Axe, AxeNode, AxeResult
from rules.evidence.dom import DOCUMENT, ELEMENT, DomSnapshot


@dataclass(frozen=True, slots=True)
class Found:
    """The driver's answer: `raw` as compacted in the page, `paths` of targets in frames, frames not entered."""

    raw: dict[str, Any]
    paths: dict[str, Any]
    gaps: tuple[str, ...]


def adapt(found: Found, snapshot: DomSnapshot) -> Axe:
    """Frozen evidence in the order of rule ids, every place found again in the snapshot where possible."""
    tree = _Tree(snapshot)
    raw = found.raw
    failed = {rule["id"]: _nodes(rule, found, tree) for rule in raw["violations"]}
    incomplete = {rule["id"]: _nodes(rule, found, tree) for rule in raw["incomplete"]}
    passed = set(raw["passes"])
    every = sorted({*failed, *incomplete, *passed, *raw["inapplicable"]})
    results = tuple(
        AxeResult(rule, failed.get(rule, ()), incomplete.get(rule, ()), 1 if rule in passed else 0) for rule in every
    )
    return Axe(raw["version"], results, found.gaps)


def _nodes(rule: dict[str, Any], found: Found, tree: _Tree) -> tuple[AxeNode, ...]:
    return tuple(_node(node, found, tree) for node in rule["nodes"])


def _node(node: dict[str, Any], found: Found, tree: _Tree) -> AxeNode:
    steps = [json.dumps(step) for step in node["target"]]
    if node["path"] is not None and len(steps) == 1:
        paths = [node["path"]]
    else:
        paths = [found.paths.get(json.dumps(steps[: depth + 1])) for depth in range(len(steps))]
    readable = [" >>> ".join(step) if isinstance(step, list) else str(step) for step in node["target"]]
    return AxeNode(
        node=tree.find(paths),
        selector=readable[-1] if readable else "",
        frame=" | ".join(readable[:-1]),
        message="",
        impact=node["impact"],
        data=tuple(sorted(node["data"].items())),
    )


class _Tree:
    """Child elements as written, by parent and shadow host."""

    def __init__(self, snapshot: DomSnapshot) -> None:
        self.snapshot = snapshot
        self._children: dict[tuple[int, int], list[int]] = {}
        self._documents: dict[int, int] = {}
        for index, node in enumerate(snapshot.nodes):
            if node.kind == ELEMENT and not node.tag.startswith("::"):
                self._children.setdefault((node.dom_parent, node.host), []).append(index)
            elif node.kind == DOCUMENT:
                self._documents[node.parent] = index

    def find(self, paths: list[Any]) -> int:
        """The index of the element at the end of the paths, one path for each document; -1 for not found."""
        at = -1
        for path in paths:
            document = self._documents.get(at)
            if path is None or document is None:
                return -1
            at = self._walk(document, path)
            if at < 0:
                return -1
        return at

    def _walk(self, document: int, path: list[Any]) -> int:
        roots = self._children.get((document, self.snapshot.nodes[document].host), [])
        if not roots:
            return -1
        at, host = roots[0], -1
        for step in path:
            if step == "s":
                host = at
                continue
            siblings = self._children.get((at, host), [])
            if step >= len(siblings):
                return -1
            at = siblings[step]
            host = self.snapshot.nodes[at].host
        return at
