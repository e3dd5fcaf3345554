"""Values that let Curbcut in, taken out of what a page shows of them before anything is judged or kept.

Services show people who they are, and debugging pages show every header. So titles, labels, addresses and
markup of a page behind a login may hold what was sent to it.
"""

from __future__ import annotations

import dataclasses
import html
import json
import re
from collections.abc import Iterable, Mapping
from typing import Any, Final, TypeVar
from urllib.parse import quote, quote_plus

Value = TypeVar("Value")

HIDDEN: Final = "(hidden)"
"""What stands in the place of a value; a word, so that names and labels stay names and labels."""

_SELECTED: Final = re.compile(r"[^\w-]")
"""What is written with a backslash in a selector."""

SHORTEST: Final = 6
"""Shorter values are words of their own, as likely as not, and guessed as easily as read."""


def spellings(values: Iterable[str]) -> tuple[str, ...]:
    """The values with the ways in which addresses, markup, scripts and selectors spell them, longest first."""
    found: set[str] = set()
    for text in values:
        if len(text) >= SHORTEST:
            found |= {text, quote(text), quote(text, safe=""), quote_plus(text)}
            found |= {html.escape(text), html.escape(text, quote=False), json.dumps(text)[1:-1]}
            found.add(_SELECTED.sub(r"\\\g<0>", text))
    return tuple(sorted(found, key=lambda text: (-len(text), text)))


def without(value: Value, words: tuple[str, ...]) -> Value:
    """A value, whatever its frozen shape, with `HIDDEN` in the place of each of the words; itself where it has none."""
    return _without(value, words) if words else value


def _without(value: Any, words: tuple[str, ...]) -> Any:
    if isinstance(value, str):
        for word in words:
            value = value.replace(word, HIDDEN) if word in value else value
        return value
    if isinstance(value, tuple | list | frozenset):
        items = [_without(item, words) for item in value]
        if all(new is old for new, old in zip(items, value, strict=True)):
            return value
        return type(value)._make(items) if hasattr(value, "_make") else type(value)(items)
    if isinstance(value, Mapping):
        return {_without(key, words): _without(item, words) for key, item in value.items()}
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        old = {field.name: getattr(value, field.name) for field in dataclasses.fields(value) if field.init}
        new = {name: _without(item, words) for name, item in old.items()}
        changed = {name: item for name, item in new.items() if item is not old[name]}
        return dataclasses.replace(value, **changed) if changed else value
    return value
