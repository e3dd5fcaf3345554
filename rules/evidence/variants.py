"""The page in a dark scheme and in forced colours: what of it can be seen less well than as served."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple


class DarkText(NamedTuple):
    """How the text directly inside an element stands out in a dark scheme; `node` is its index in the snapshot.

    `lowest` and `highest` bound the contrast ratio; colours are as designers write them. Only texts whose colours are
    certain are here.
    """

    node: int
    lowest: float
    highest: float
    text: str
    background: str
    large: bool


class Icon(NamedTuple):
    """A control without text that styles draw a sign in; `blank` where forced colours leave one plain area of it."""

    node: int
    blank: bool


@dataclass(frozen=True, slots=True)
class Variants:
    """The page in presentations that people ask their system for.

    `dark` is empty where a dark scheme changes no colour of any text. `icons` has one control of each kind.
    """

    dark: tuple[DarkText, ...] = ()
    icons: tuple[Icon, ...] = ()
