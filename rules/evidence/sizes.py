"""What is cut off, or does not fit, when the page is enlarged or its text is spaced out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

Variant = Literal["zoom", "reflow", "spacing"]
"""How the page was looked at.

`zoom`: in a window of half its width and height, which is what enlarging to 200 % makes of it. `reflow`: in one of
320 by 256 CSS px, which is 400 % of 1280 by 1024. `spacing`: with the spacing of text that WCAG 1.4.12 names.
"""


class Cut(NamedTuple):
    """A text of which a part cannot be seen in one variant; `node` is its element.

    `by` is the element that cuts it, `axis` the direction. `alone` is true where nothing but the text can be meant to
    lie outside: it stands directly in the element that cuts it, or, downwards, all between is in the normal flow.
    `mended` is true where there is a sign that the rest can be had: an ellipsis, a line limit, a control in or beside
    the element that cuts. `before` is true where it is cut in the designer's window as well.
    """

    node: int
    variant: Variant
    axis: Literal["x", "y"]
    by: int
    alone: bool
    mended: bool
    before: bool = False


class Wide(NamedTuple):
    """What is wider than the window of 320 CSS px and need not be; `width` is in CSS px.

    A text with a line that could break, or a box in the normal flow that holds a text which lies beside the window.
    """

    node: int
    width: float


@dataclass(frozen=True, slots=True)
class Sizes:
    """The page in windows and with spacings other than its designer's.

    `scrolls_to` is how wide the page is in the window of 320 CSS px, 320 where it fits; what may be wide (tables,
    maps, code, pictures) makes it wide as well. `wide` is what need not be.
    """

    cuts: tuple[Cut, ...] = ()
    scrolls_to: float = 320.0
    wide: tuple[Wide, ...] = ()
