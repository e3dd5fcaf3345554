"""Keys as people write them in a text."""

from __future__ import annotations

import re

from scanner.probes.keys import ALT, CTRL, ESCAPE, META, SHIFT, Key, function_key, letter

_HELD = {"ctrl": CTRL, "control": CTRL, "strg": CTRL, "alt": ALT, "option": ALT, "shift": SHIFT, "meta": META}
_HELD |= {"cmd": META, "command": META}
_COMBINATION = re.compile(
    rf"(?<!\w)(?P<held>(?:(?:{'|'.join(_HELD)})\s*[+-]?\s*)*)(?P<key>f\d{{1,2}}|esc(?:ape)?|[a-z0-9])(?!\w)",
    re.IGNORECASE,
)


def named_keys(text: str) -> dict[str, Key]:
    """The keys that a text names, as Ctrl+M, Alt-Shift-X, F6 or Esc; a letter only with another key held."""
    found: dict[str, Key] = {}
    for match in _COMBINATION.finditer(text):
        words = re.findall(r"[a-z]+", match["held"].lower())
        held = 0
        for word in words:
            held |= _HELD[word]
        key = _key(match["key"].lower(), held)
        if key is not None:
            found["+".join(word.capitalize() for word in (*words, key.key))] = key
    return found


def _key(name: str, held: int) -> Key | None:
    if name.startswith("esc"):
        return ESCAPE._replace(held=held)
    if name[0] == "f" and name[1:].isdigit():
        return function_key(int(name[1:]), held=held) if 1 <= int(name[1:]) <= 12 else None
    return letter(name, held=held) if held & ~SHIFT else None
