"""What happens when something is pasted into the fields of a sign-in."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Pastes:
    """The fields that were tried, as indices in the DOM snapshot; `refused` are those that took nothing."""

    tried: tuple[int, ...] = ()
    refused: tuple[int, ...] = ()
