"""The rendered tree of one page with indexed look-ups: what rules ask for elements."""

from __future__ import annotations

from collections import Counter
from functools import cached_property
from typing import TYPE_CHECKING

from rules.element import Element
from rules.evidence.dom import ELEMENT, TEXT, DomSnapshot, Node

if TYPE_CHECKING:
    from rules.contrast import TextContrast
    from rules.layout import Window


class Dom:
    """The rendered tree of one page with indexed look-ups by tag and role.

    `windows` is what `rules.layout` has found out already by the element's index, `plain` by the place of its style.
    """

    def __init__(self, snapshot: DomSnapshot) -> None:
        self.snapshot = snapshot
        self.nodes = snapshot.nodes
        self._columns = {name: column for column, name in enumerate(snapshot.style_names)}
        self.windows: dict[int, Window] = {}
        self.plain: dict[int, bool] = {}
        self._elements: list[Element | None] = [
            Element(self, index, node) if node.kind == ELEMENT else None for index, node in enumerate(self.nodes)
        ]

    def at(self, index: int) -> Element | None:
        """The element with this index in the snapshot, None for other nodes and for -1."""
        return self._elements[index] if 0 <= index < len(self._elements) else None

    @cached_property
    def elements(self) -> list[Element]:
        """All elements in document order, generated content left out."""
        return [element for element in self._elements if element is not None and not element.is_generated]

    @cached_property
    def _by_tag(self) -> dict[str, list[Element]]:
        index: dict[str, list[Element]] = {}
        for element in self.elements:
            index.setdefault(element.tag, []).append(element)
        return index

    @cached_property
    def _by_role(self) -> dict[str, list[Element]]:
        index: dict[str, list[Element]] = {}
        for element in self.elements:
            if element.role:
                index.setdefault(element.role, []).append(element)
        return index

    def by_tag(self, *tags: str) -> list[Element]:
        """Elements with one of the tags in document order."""
        found = [element for tag in tags for element in self._by_tag.get(tag, ())]
        return sorted(found, key=lambda element: element.index) if len(tags) > 1 else found

    def by_role(self, *roles: str) -> list[Element]:
        """Exposed elements with one of the browser's roles in document order."""
        found = [element for role in roles for element in self._by_role.get(role, ())]
        return sorted(found, key=lambda element: element.index) if len(roles) > 1 else found

    def by_id(self, name: str, frame: int = 0) -> Element | None:
        """The first element with this id in a frame's document."""
        return self._ids.get((frame, name))

    @cached_property
    def _ids(self) -> dict[tuple[int, str], Element]:
        index: dict[tuple[int, str], Element] = {}
        for element in self.elements:
            if element.has("id"):
                index.setdefault((element.node.frame, element.get("id")), element)
        return index

    def has_unique_id(self, element: Element) -> bool:
        """Whether no other element of its frame has the same id."""
        return self._id_counts[(element.node.frame, element.get("id"))] == 1

    @cached_property
    def _id_counts(self) -> Counter[tuple[int, str]]:
        return Counter((element.node.frame, element.get("id")) for element in self.elements if element.has("id"))

    def dom_siblings(self, element: Element) -> list[Element]:
        """The elements with the same parent as written, itself included, in document order."""
        return self._by_dom_parent.get((element.node.dom_parent, element.node.host), [])

    @cached_property
    def _by_dom_parent(self) -> dict[tuple[int, int], list[Element]]:
        index: dict[tuple[int, int], list[Element]] = {}
        for element in self.elements:
            index.setdefault((element.node.dom_parent, element.node.host), []).append(element)
        return index

    @cached_property
    def contrasts(self) -> tuple[TextContrast, ...]:
        """How well each text stands out from its background, as far as styles tell it."""
        from rules.contrast import text_contrasts

        return tuple(text_contrasts(self))

    @property
    def root(self) -> Element | None:
        """The top document's root element."""
        return next((element for element in self.by_tag("html") if element.node.frame == 0), None)

    @cached_property
    def _below(self) -> dict[int, list[int]]:
        children: dict[int, list[int]] = {}
        for index, node in enumerate(self.nodes):
            children.setdefault(node.parent, []).append(index)
        return children

    def below(self, index: int) -> list[int]:
        """Indices of the nodes directly below in the flat tree."""
        return self._below.get(index, [])

    @cached_property
    def _ends(self) -> list[int]:
        """Behind the last node below each node: nodes lie in document order, so those below lie together."""
        ends = list(range(1, len(self.nodes) + 1))
        for index in range(len(self.nodes) - 1, -1, -1):
            above = self.nodes[index].parent
            if above >= 0 and ends[above] < ends[index]:
                ends[above] = ends[index]
        return ends

    def indices_below(self, index: int) -> range:
        """Indices of all nodes below in the flat tree, in document order."""
        return range(index + 1, self._ends[index])

    def element_above(self, index: int) -> Element | None:
        """The nearest element above a node in the flat tree, through documents of frames."""
        above = self.nodes[index].parent
        while above >= 0:
            element = self._elements[above]
            if element is not None:
                return element
            above = self.nodes[above].parent
        return None

    def style(self, node: Node, name: str) -> str:
        """A node's computed style by name, empty for none."""
        column = self._columns.get(name)
        return "" if column is None or node.style < 0 else self.snapshot.styles[node.style][column]

    def text_of(self, index: int) -> str:
        """The rendered text below a node, white space folded."""
        parts = [
            node.text
            for node in (self.nodes[below] for below in self.indices_below(index))
            if node.kind == TEXT and node.box is not None
        ]
        return " ".join("".join(parts).split())
