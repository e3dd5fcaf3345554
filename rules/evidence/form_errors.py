"""What forms said when they were sent without what they ask for, and what choices in them did."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple


class Message(NamedTuple):
    """A text that appeared when a form was to be sent.

    `field` is the field beside which it appeared, as its index in the DOM snapshot, -1 where that is not one alone.
    `tied` where that field's name or description holds the text. `told` where a live region said something at the same
    time. `seen` where the text can be seen.
    """

    text: str
    field: int = -1
    tied: bool = False
    told: bool = False
    seen: bool = True


class Attempt(NamedTuple):
    """A form whose button was pressed: `form` and `button` are indices in the DOM snapshot.

    `native` where the browser itself said what is missing. `marked` are the fields that now look, or say, that they are
    wrong. `other` where pictures or generated content appeared, which may say it. `moved` where the focus left the
    button.
    """

    form: int
    button: int
    native: bool = False
    messages: tuple[Message, ...] = ()
    marked: tuple[int, ...] = ()
    other: bool = False
    moved: bool = False


class Chosen(NamedTuple):
    """A control in which another choice was made by key, by its index in the DOM snapshot.

    `leads` is the address to which the page then wanted to go, empty for none; `window` where it wanted a new window
    for it. `jumped` where the focus went elsewhere.
    """

    node: int
    leads: str = ""
    window: bool = False
    jumped: bool = False


@dataclass(frozen=True, slots=True)
class FormErrors:
    """The forms of the page's own document that a script or the browser held back, and the choices that were made.

    `complete` is false where time ran out.
    """

    attempts: tuple[Attempt, ...] = ()
    chosen: tuple[Chosen, ...] = ()
    complete: bool = True
