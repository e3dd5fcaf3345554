"""What can be read in the pictures of a page: the words, where they stand, and what else the picture shows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

Kind = Literal["image", "drawing", "canvas", "background"]
"""An img, an image button or an object; inline SVG; a canvas; an image in the background of an element."""


class TextLine(NamedTuple):
    """A line of text as it was read.

    `confidence` is the reader's own, from 0 to 1. `box` is x, y, width, height in CSS px from the picture's corner.
    """

    text: str
    confidence: float
    box: tuple[float, float, float, float]


class Picture(NamedTuple):
    """One picture that was looked at.

    `node` is its index in the DOM snapshot, `width` and `height` are its size on the page in CSS px. `plain` is the
    share of the pixels around the text that have one and the same colour: 1.0 where there is nothing but text. Of a
    picture full of text the first lines are read, and none where it is `busy`, with text among much else.
    """

    node: int
    kind: Kind
    width: float
    height: float
    lines: tuple[TextLine, ...] = ()
    plain: float = 0.0
    busy: bool = False


@dataclass(frozen=True, slots=True)
class Pictures:
    """The pictures that were looked at, in document order, most of them without text.

    Left out are small ones, and those beyond the budget of a page: `beyond` says how many. `unread` says why no
    picture could be read, empty where they could.
    """

    seen: tuple[Picture, ...] = ()
    beyond: int = 0
    unread: str = ""
