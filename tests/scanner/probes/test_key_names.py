"""Keys are found in a text as people write them."""

from __future__ import annotations

import pytest

from scanner.probes.key_names import named_keys
from scanner.probes.keys import ALT, CTRL, META, SHIFT


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Press Ctrl+M to leave.", ["Ctrl+m"]),
        ("Leave with Alt-Shift-X or F6.", ["Alt+Shift+X", "F6"]),
        ("Use the Escape key; Esc works as well.", ["Escape"]),
        ("cmd k opens the search", ["Cmd+K"]),
        ("Press M to leave, or take the A12 road.", []),
        ("Form F99 and the year F", []),
    ],
)
def test_the_keys_of_a_text(text: str, names: list[str]) -> None:
    assert [name.lower() for name in named_keys(text)] == [name.lower() for name in names]


def test_what_is_held_beside_the_key() -> None:
    held = {name.lower(): key.held for name, key in named_keys("Ctrl+M, Alt-Shift-X, Strg + S, Cmd+K").items()}
    assert held == {"ctrl+m": CTRL, "alt+shift+x": ALT | SHIFT, "strg+s": CTRL, "cmd+k": META}


def test_a_letter_with_ctrl_types_nothing() -> None:
    (key,) = named_keys("Ctrl+M").values()
    assert (key.code, key.text) == ("KeyM", "")
