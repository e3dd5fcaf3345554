"""Keys pressed as a person does: through the browser, to whatever has the focus."""

from __future__ import annotations

import asyncio
from typing import NamedTuple

from playwright.async_api import CDPSession

ALT, CTRL, META, SHIFT = 1, 2, 4, 8


class Key(NamedTuple):
    """A key with what is held beside it: names as in the standard of UI events, the code that Windows has for it.

    `text` is what it types, empty for keys that type nothing.
    """

    key: str
    code: str
    number: int
    held: int = 0
    text: str = ""


TAB = Key("Tab", "Tab", 9)
BACK_TAB = Key("Tab", "Tab", 9, SHIFT)
ESCAPE = Key("Escape", "Escape", 27)
ENTER = Key("Enter", "Enter", 13, text="\r")
SPACE = Key(" ", "Space", 32, text=" ")
RIGHT = Key("ArrowRight", "ArrowRight", 39)
DOWN = Key("ArrowDown", "ArrowDown", 40)
UP = Key("ArrowUp", "ArrowUp", 38)


def letter(char: str, *, held: int = 0) -> Key:
    """The key of a letter or a digit of the English layout."""
    code = f"Digit{char}" if char.isdigit() else f"Key{char.upper()}"
    return Key(char, code, ord(char.upper()), held, "" if held & (ALT | CTRL | META) else char)


def function_key(number: int, *, held: int = 0) -> Key:
    """F1 to F12."""
    return Key(f"F{number}", f"F{number}", 111 + number, held)


async def press(session: CDPSession, key: Key, times: int = 1) -> None:
    """Press and release a key as often as said, without waiting in between, and wait for the answers at the end."""
    fields = {"key": key.key, "code": key.code, "windowsVirtualKeyCode": key.number, "modifiers": key.held}
    down = fields | ({"type": "keyDown", "text": key.text} if key.text else {"type": "rawKeyDown"})
    events = [event for _ in range(times) for event in (down, fields | {"type": "keyUp"})]
    await asyncio.gather(*(session.send("Input.dispatchKeyEvent", event) for event in events))
