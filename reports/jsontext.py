"""JSON as text: always the same bytes for the same value, and nothing hostile gets in."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from typing import Any

from rules.errors import StoredDataError

DEEPEST = 32


def parse(text: str, *, source: str) -> Any:
    """The JSON value in `text`, none deeper than 32 levels; a StoredDataError names line and column."""
    try:
        value = json.loads(text, parse_constant=_no_constant, parse_float=_finite)
    except json.JSONDecodeError as error:
        where = f"{source}:{error.lineno}:{error.colno}"
        raise StoredDataError(f"This is not JSON: {error.msg}.", where=where) from None
    except (ValueError, RecursionError) as error:
        raise StoredDataError(f"This JSON cannot be read: {error}.", where=source) from None
    if _deeper_than(value, DEEPEST):
        raise StoredDataError(f"Values are nested deeper than {DEEPEST} levels.", where=source)
    return value


def compact(value: object) -> str:
    """`value` as JSON in one line with sorted keys: the same value always gives the same text."""
    return json.dumps(value, sort_keys=True, ensure_ascii=False, allow_nan=False, separators=(",", ":"))


def pieces(value: object, *, levels: int, indent: int = 0) -> Iterator[str]:
    """`value` as JSON with sorted keys, one line for each value down to `levels`, compact below, piece by piece.

    People can read and compare it, and a large file is written at the speed of the compact form. An
    iterator is written as a list whose items are made when their turn comes, so that memory stays flat.
    """
    if levels and isinstance(value, dict):
        brackets, entries = "{}", ((f"{compact(key)}: ", value[key]) for key in sorted(value))
    elif levels and isinstance(value, (list, Iterator)):
        brackets, entries = "[]", (("", item) for item in value)
    else:
        yield compact(value)
        return
    margin = "\n" + " " * (indent + 1)
    before = brackets[0]
    for label, item in entries:
        yield before + margin + label
        yield from pieces(item, levels=levels - 1, indent=indent + 1)
        before = ","
    yield margin[:-1] + brackets[1] if before == "," else brackets


def clean(text: str) -> str:
    """`text` with halves of surrogate pairs replaced, since no file can hold them; pages do contain such."""
    if text.isascii():
        return text
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} is not a JSON number")


def _finite(digits: str) -> float:
    value = float(digits)
    if not math.isfinite(value):
        raise ValueError(f"{digits[:40]} is too large a number")
    return value


def _deeper_than(value: object, levels: int) -> bool:
    if not isinstance(value, (dict, list)):
        return False
    items = value.values() if isinstance(value, dict) else value
    # Most items are plain values; a call for each of them would take longer than reading the whole text.
    return levels == 0 or any(_deeper_than(item, levels - 1) for item in items if isinstance(item, (dict, list)))
