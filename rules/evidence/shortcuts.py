"""What single characters do when nothing has the focus."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Shortcuts:
    """The characters to which the page answers, in the order in which they were pressed.

    Empty as well where nothing outside of controls listens to keys, so that nothing had to be pressed. `silenced` is
    true where the page answered to none of them any more after its checkboxes, and its buttons that speak of keys,
    were turned.
    """

    characters: tuple[str, ...] = ()
    silenced: bool = False
