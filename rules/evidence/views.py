"""How a page looks, as pictures for the report; no rule judges by them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

ViewName = Literal["page", "narrow", "spaced"]
"""`page`: in the window in which it was looked at; `spaced`: there, with its text set further apart.

`narrow`: in a window of 320 CSS px.
"""


class View(NamedTuple):
    """One picture: WebP in base64 as `data`. `width` and `height` are the part of the page that it shows, in CSS px."""

    name: ViewName
    width: int
    height: int
    data: str


@dataclass(frozen=True, slots=True)
class Views:
    """The pictures that were taken; `untaken` says why there are none, empty where there are.

    They begin at the top of the page. What fields hold is covered in them.
    """

    taken: tuple[View, ...] = ()
    untaken: str = ""
