"""The rendered tree as the browser has it: structure, layout, computed style and accessibility in one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

STYLES: tuple[str, ...] = (
    "display",
    "visibility",
    "opacity",
    "color",
    "background-color",
    "background-image",
    "font-size",
    "font-weight",
    "position",
    "overflow-x",
    "overflow-y",
    "text-decoration-line",
    "text-transform",
    "cursor",
    "clip-path",
    "content",
    "letter-spacing",
    "word-spacing",
    "line-height",
    "direction",
    "pointer-events",
    "clip",
    "font-family",
    "-webkit-text-fill-color",
    "text-shadow",
    "background-clip",
    "mix-blend-mode",
    "filter",
    "backdrop-filter",
    "background-size",
    "background-position",
    "background-repeat",
    "text-align",
)
"""The computed properties that are asked for; a rule that needs another adds it here."""

ELEMENT = 1
TEXT = 3
COMMENT = 8
DOCUMENT = 9
DOCTYPE = 10


class Node(NamedTuple):
    """One node of the rendered tree. Flat records with indices, because deep trees cannot be pickled.

    `parent` is the parent in the flat tree (slotted content lies below its slot, a frame's document
    below its frame element), `dom_parent` the parent in the document as written; -1 for none. `tag` is
    lower-case, `::before` and the like for generated content, empty for text. `text` is the text of a
    text node as written. `role`, `name`, `description` and `states` are the browser's own; `exposed` is
    false for what is not in the accessibility tree. `box` is x, y, width, height in CSS px of its own
    frame's document, None where nothing is rendered. `style` indexes `DomSnapshot.styles`, -1 for none.
    `host` is the index of the shadow host whose tree the node was written in, -1 for the document's own.
    `exposed` is true for elements that only group (a plain div): they are not hidden, just uninteresting.
    `lines` has the box of each line of a text that is broken into several.
    """

    kind: int
    parent: int
    dom_parent: int
    frame: int
    tag: str = ""
    text: str = ""
    attributes: tuple[tuple[str, str], ...] = ()
    role: str = ""
    name: str = ""
    name_from: str = ""
    description: str = ""
    exposed: bool = False
    states: tuple[tuple[str, str], ...] = ()
    box: tuple[float, float, float, float] | None = None
    style: int = -1
    paint: int = -1
    host: int = -1
    lines: tuple[tuple[float, float, float, float], ...] = ()


class Frame(NamedTuple):
    """One document: `owner` is the index of its frame element, -1 for the top document.

    `gap` says why the inside could not be read, empty where it was. Sizes in CSS px.
    """

    url: str
    base_url: str
    root: int
    owner: int
    title: str = ""
    language: str = ""
    width: float = 0.0
    height: float = 0.0
    gap: str = ""


@dataclass(frozen=True, slots=True)
class DomSnapshot:
    """All documents of a page at one moment, nodes in document order, a frame's after its owner's.

    Values of form fields are not in it: `value` attributes of text-like fields are masked and live
    values are never read.
    """

    nodes: tuple[Node, ...]
    frames: tuple[Frame, ...]
    styles: tuple[tuple[str, ...], ...]
    style_names: tuple[str, ...] = STYLES
