"""One element of the rendered tree: it knows its role, name, place and looks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from rules.evidence.dom import Node

if TYPE_CHECKING:
    from rules.dom import Dom

LANDMARKS = frozenset({"banner", "complementary", "contentinfo", "form", "main", "navigation", "region", "search"})


class Element:
    """One element of a `Dom`. Elements are made once for each Dom, so `is` and `==` agree."""

    __slots__ = ("_attributes", "dom", "index", "node")

    def __init__(self, dom: Dom, index: int, node: Node) -> None:
        self.dom = dom
        self.index = index
        self.node = node
        self._attributes: dict[str, str] | None = None

    def __repr__(self) -> str:
        return f"<Element {self.selector}>"

    # What is written

    @property
    def tag(self) -> str:
        """The lower-case tag name; `::before` and the like for generated content."""
        return self.node.tag

    @property
    def attributes(self) -> dict[str, str]:
        """Attributes by lower-case name."""
        if self._attributes is None:
            self._attributes = dict(self.node.attributes)
        return self._attributes

    def get(self, name: str, default: str = "") -> str:
        """An attribute's value, `default` where it is missing."""
        return self.attributes.get(name, default)

    def has(self, name: str) -> bool:
        """Whether the attribute is there, with or without a value."""
        return name in self.attributes

    @property
    def is_generated(self) -> bool:
        """Whether this is generated content such as `::before`."""
        return self.node.tag.startswith("::")

    # Where it stands

    @property
    def parent(self) -> Element | None:
        """The parent element in the flat tree (through slots, shadow hosts and frames)."""
        return self.dom.element_above(self.index)

    @property
    def dom_parent(self) -> Element | None:
        """The parent element as written, which is what lists, tables and selectors go by."""
        return self.dom.at(self.node.dom_parent)

    def ancestors(self) -> Iterator[Element]:
        """The elements above in the flat tree, nearest first."""
        above = self.parent
        while above is not None:
            yield above
            above = above.parent

    def closest(self, *tags: str) -> Element | None:
        """This element or the nearest above with one of the tags."""
        if self.tag in tags:
            return self
        return next((above for above in self.ancestors() if above.tag in tags), None)

    @property
    def children(self) -> list[Element]:
        """The child elements in the flat tree, generated content left out."""
        return [
            child
            for child in map(self.dom.at, self.dom.below(self.index))
            if child is not None and not child.is_generated
        ]

    def descendants(self) -> Iterator[Element]:
        """All elements below in the flat tree in document order, generated content left out."""
        for index in self.dom.indices_below(self.index):
            element = self.dom.at(index)
            if element is not None and not element.is_generated:
                yield element

    @property
    def landmarks(self) -> tuple[str, ...]:
        """Roles of the landmarks around it, outermost first."""
        found = [above.role for above in self.ancestors() if above.role in LANDMARKS]
        return tuple(reversed(found))

    # What the browser tells assistive technology

    @property
    def role(self) -> str:
        """The browser's role in ARIA's words, empty for what is not exposed."""
        return self.node.role

    @property
    def name(self) -> str:
        """The accessible name, computed by the browser."""
        return self.node.name

    @property
    def name_from(self) -> str:
        """Where the name comes from: an attribute's name, or `contents`, `label`, `caption` …"""
        return self.node.name_from

    @property
    def description(self) -> str:
        """The accessible description, computed by the browser."""
        return self.node.description

    @property
    def exposed(self) -> bool:
        """Whether assistive technology meets this element."""
        return self.node.exposed

    def state(self, name: str) -> str:
        """A state or property of the accessibility tree ("true", "false", a level …), empty for none."""
        return next((value for key, value in self.node.states if key == name), "")

    @property
    def focusable(self) -> bool:
        """Whether it can take focus by script, mouse or keyboard."""
        return self.state("focusable") == "true"

    @property
    def in_tab_order(self) -> bool:
        """Whether Tab can stop here: focusable, and not taken out by a negative tabindex."""
        return self.focusable and not self.get("tabindex").strip().startswith("-")

    # What is seen

    @property
    def rendered(self) -> bool:
        """Whether it has a box at all (not display: none, not inside closed content)."""
        return self.node.box is not None

    @property
    def box(self) -> tuple[float, float, float, float] | None:
        """x, y, width, height in CSS px of its own frame's document."""
        return self.node.box

    def style(self, name: str) -> str:
        """A computed style, empty where the element is not rendered or the property was not asked for."""
        return self.dom.style(self.node, name)

    @property
    def visible(self) -> bool:
        """Whether it can be seen in principle: rendered, not hidden, of some size, nowhere fully transparent."""
        box = self.node.box
        if box is None or box[2] < 1 or box[3] < 1 or self.style("visibility") not in ("visible", ""):
            return False
        return self.style("opacity") != "0" and all(above.style("opacity") != "0" for above in self.ancestors())

    @property
    def text(self) -> str:
        """The text of all rendered text nodes below, white space folded."""
        return self.dom.text_of(self.index)

    # What people and tools call it

    @property
    def selector(self) -> str:
        """The shortest stable CSS selector within its frame; ` >>> ` enters a shadow tree."""
        from rules.selector import selector

        return selector(self)

    @property
    def snippet(self) -> str:
        """Its own markup on one line, cut short."""
        from rules.selector import snippet

        return snippet(self)

    @property
    def frame(self) -> str:
        """Selectors of the frames around it, outermost first; empty in the top document."""
        from rules.selector import frame_path

        return frame_path(self)

    @property
    def href(self) -> str:
        """Where a link leads, resolved against the document's base; empty for none."""
        if not self.has("href"):
            return ""
        try:
            return urljoin(self.dom.snapshot.frames[self.node.frame].base_url, self.get("href").strip())
        except ValueError:
            return self.get("href").strip()
