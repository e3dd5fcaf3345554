"""The join of what the browser gives apart: snapshot, accessibility trees and written structure in one tree."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from reports.jsontext import clean
from rules.evidence.dom import ELEMENT, TEXT, DomSnapshot, Frame, Node
from scanner.browser.frames import ERROR_PAGE
from scanner.probes.accessibility import Reading, readings
from scanner.probes.masking import masked_attributes

if TYPE_CHECKING:
    from scanner.probes.dom import Capture

TEXT_LIMIT = 20_000
FRAME_DEPTH = 20
Box = tuple[float, float, float, float]
MASKED_TEXT = frozenset({"textarea"})


def join(captures: Sequence[Capture]) -> Joined:
    """One flat tree over all captures; see `rules.evidence.dom` for its shape."""
    builder = _Builder(captures)
    if captures:
        builder.add_document(0, 0, -1, 0)
    builder.resolve_parents()
    snapshot = DomSnapshot(tuple(builder.nodes), tuple(builder.frames), tuple(builder.styles))
    return Joined(snapshot, {backend: index for (number, backend), index in builder.index.items() if number == 0})


class Joined(NamedTuple):
    """The tree, and the index of each node by the backend id that the page's own session knows it by."""

    snapshot: DomSnapshot
    index_of: dict[int, int]


class _Builder:
    """Collects nodes in document order; a frame's nodes directly after its owner element."""

    def __init__(self, captures: Sequence[Capture]) -> None:
        self.captures = captures
        self.nodes: list[Node] = []
        self.frames: list[Frame] = []
        self.styles: dict[tuple[str, ...], int] = {}
        self._looks: list[dict[tuple[int, ...], int]] = [{} for _ in captures]
        self._written = [_written_parents(capture.document) for capture in captures]
        self.index: dict[tuple[int, int], int] = {}
        # Half of a surrogate pair can be in a page, but in no file.
        self._names = [list(map(clean, capture.snapshot["strings"])) for capture in captures]
        self._hidden: set[int] = set()
        self._fix: list[tuple[int, int, int, int]] = []
        self._remote = {
            (capture.parent, capture.owner): number
            for number, capture in enumerate(captures)
            if capture.parent is not None
        }

    def add_document(self, number: int, document: int, owner: int, depth: int) -> None:
        """Append one document of a capture and, inside it, the documents of its frames."""
        capture = self.captures[number]
        data, names = capture.snapshot["documents"][document], self._names[number]
        frame = len(self.frames)
        identity = _text(names, data["frameId"])
        self.frames.append(_frame(data, names, len(self.nodes), owner, capture.gaps.get(identity, "")))
        spoken = readings(capture.trees.get(identity, []))
        layout = _layout(data["layout"])
        lines = _lines(data)
        shadows = dict(zip(*data["nodes"]["shadowRootType"].values(), strict=True))
        inside = dict(zip(*data["nodes"]["contentDocumentIndex"].values(), strict=True))
        place: list[int] = []
        columns = data["nodes"]
        for position, (above, kind, backend) in enumerate(
            zip(columns["parentIndex"], columns["nodeType"], columns["backendNodeId"], strict=True)
        ):
            parent = place[above] if above >= 0 else owner
            if _text(names, shadows.get(position, -1)) == "user-agent":
                # The browser's own parts of a control may hold what was typed; they are not the page's.
                place.append(parent)
                continue
            place.append(len(self.nodes))
            self._add(number, frame, parent, kind, backend, columns, position, names, layout, lines, spoken)
            remote = self._remote.get((number, backend))
            home, content = (remote, 0) if remote is not None else (number, inside.get(position, -1))
            if content >= 0 and depth < FRAME_DEPTH and not self._failed(home, content):
                self.add_document(home, content, len(self.nodes) - 1, depth + 1)

    def _failed(self, number: int, document: int) -> bool:
        """Whether the browser's own error page stands where a frame could not be loaded."""
        data = self.captures[number].snapshot["documents"][document]
        return _text(self._names[number], data["documentURL"]).startswith(ERROR_PAGE)

    def _add(
        self,
        number: int,
        frame: int,
        parent: int,
        kind: int,
        backend: int,
        columns: dict[str, Any],
        position: int,
        names: list[str],
        layout: dict[int, tuple[list[float], list[int], int]],
        lines: dict[int, tuple[Box, ...]],
        spoken: dict[int, Reading],
    ) -> None:
        index = len(self.nodes)
        self.index[(number, backend)] = index
        bounds, styles, paint = layout.get(position, (None, (), -1))
        tag, text = "", ""
        attributes: tuple[tuple[str, str], ...] = ()
        if kind == ELEMENT:
            tag = _text(names, columns["nodeName"][position]).lower()
            flat = [_text(names, name) for name in columns["attributes"][position]]
            attributes = masked_attributes(tag, dict(zip(flat[::2], flat[1::2], strict=False)))
        elif kind == TEXT:
            text = _text(names, columns["nodeValue"][position])[:TEXT_LIMIT]
            if parent >= 0 and self.nodes[parent].tag in MASKED_TEXT:
                text = "•" if text.strip() else ""
        reading = self._reading(index, parent, spoken.get(backend), bounds is not None, dict(attributes))
        written = self._written[number].get(backend)
        if written is not None:
            self._fix.append((index, number, *written))
        self.nodes.append(
            Node(
                kind=kind,
                parent=parent,
                dom_parent=parent,
                frame=frame,
                tag=tag,
                text=text,
                attributes=attributes,
                role=reading.role,
                name=reading.name,
                name_from=reading.name_from,
                description=reading.description,
                exposed=reading.exposed,
                states=reading.states,
                box=tuple(bounds) if bounds else None,  # type: ignore[arg-type]  # CDP promises four numbers
                style=self._style(number, tuple(styles)),
                paint=paint,
                lines=lines.get(position, ()) if kind == TEXT else (),
            )
        )

    def _reading(
        self, index: int, parent: int, spoken: Reading | None, rendered: bool, attributes: dict[str, str]
    ) -> Reading:
        """What assistive technology gets; the browser leaves plain inline elements out of its tree.

        Those are exposed where they are rendered and nothing around them hides them.
        """
        if spoken is not None and spoken.exposed:
            return spoken
        concealed = spoken is not None or attributes.get("aria-hidden") == "true" or "inert" in attributes
        if concealed or parent in self._hidden:
            self._hidden.add(index)
            return spoken or Reading()
        return Reading(exposed=rendered)

    def _style(self, number: int, numbers: tuple[int, ...]) -> int:
        """The place of computed values that come as places in the capture's strings: few looks, many nodes."""
        if not numbers:
            return -1
        known = self._looks[number].get(numbers)
        if known is None:
            values = tuple(_text(self._names[number], one) for one in numbers)
            known = self._looks[number][numbers] = self.styles.setdefault(values, len(self.styles))
        return known

    def resolve_parents(self) -> None:
        """Give slotted content and shadow trees their parents as written."""
        for index, number, parent, host in self._fix:
            self.nodes[index] = self.nodes[index]._replace(
                dom_parent=self.index.get((number, parent), self.nodes[index].dom_parent),
                host=self.index.get((number, host), -1),
            )


def _text(names: list[str], index: int) -> str:
    return names[index] if index >= 0 else ""


def _frame(data: dict[str, Any], names: list[str], root: int, owner: int, gap: str) -> Frame:
    return Frame(
        url=_text(names, data["documentURL"]),
        base_url=_text(names, data["baseURL"]),
        root=root,
        owner=owner,
        title=_text(names, data["title"]),
        language=_text(names, data["contentLanguage"]),
        width=data.get("contentWidth", 0.0),
        height=data.get("contentHeight", 0.0),
        gap=gap,
    )


def _layout(layout: dict[str, Any]) -> dict[int, tuple[list[float], list[int], int]]:
    """Box, styles and paint order by node position; a node's own box comes before those of its generated parts."""
    found: dict[int, tuple[list[float], list[int], int]] = {}
    rows = zip(layout["nodeIndex"], layout["bounds"], layout["styles"], layout["paintOrders"], strict=True)
    for position, bounds, styles, paint in rows:
        if position not in found:
            found[position] = (bounds, styles, paint)
    return found


def _lines(data: dict[str, Any]) -> dict[int, tuple[Box, ...]]:
    """The boxes of the lines of each text that has more than one, by node position."""
    owners, rows = data["layout"]["nodeIndex"], data["textBoxes"]
    found: dict[int, tuple[Box, ...]] = {}
    for layout, boxes in groupby(zip(rows["layoutIndex"], rows["bounds"], strict=True), key=itemgetter(0)):
        together = tuple(tuple(bounds) for _, bounds in boxes)
        if len(together) > 1:
            found.setdefault(owners[layout], together)
    return found


def _written_parents(document: dict[str, Any] | None) -> dict[int, tuple[int, int]]:
    """Backend id → (backend id of the parent as written, of the shadow host or -1), where shadow trees exist."""
    found: dict[int, tuple[int, int]] = {}
    waiting = [(document, -1)] if document else []
    while waiting:
        node, host = waiting.pop()
        own = node["backendNodeId"]
        for child in node.get("children", ()):
            found[child["backendNodeId"]] = (own, host)
            waiting.append((child, host))
        for root in node.get("shadowRoots", ()):
            if root.get("shadowRootType") != "user-agent":
                for child in root.get("children", ()):
                    found[child["backendNodeId"]] = (own, own)
                    waiting.append((child, own))
        if "contentDocument" in node:
            waiting.append((node["contentDocument"], -1))
    return found
