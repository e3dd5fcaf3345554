"""Which elements listen for the mouse or the keyboard."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Listener:
    """Event types that are listened for on one element; `node` is its index in the DOM snapshot.

    Delegated handlers sit on an ancestor and say nothing about its descendants.
    """

    node: int
    events: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Listeners:
    """The listeners of the page's elements in document order; of those of the window only what rules ask for."""

    elements: tuple[Listener, ...] = ()
    window: tuple[str, ...] = ()
