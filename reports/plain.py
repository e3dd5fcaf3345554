"""Frozen dataclasses as plain JSON values and back: what is read is checked, and an error names the place.

The keys of results are the names of the model's fields, so there is no second list of fields to keep in
step. Whole numbers lie in 0 … 2³¹ - 1 and text never holds half of a surrogate pair, whatever a page or
a file had: both can be stored, printed and read by everybody.
"""

from __future__ import annotations

import json
import math
import types
from collections.abc import Callable, Hashable
from dataclasses import MISSING, Field, fields, is_dataclass
from enum import StrEnum
from functools import cache
from sys import intern
from typing import Any, Literal, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from reports.jsontext import clean
from rules.errors import StoredDataError

T = TypeVar("T")
_Reader = Callable[[object], Any]

LARGEST = 2**31 - 1
_AT_LEAST = {"count": 1}
_SHORT = 40


class _Misfit(Exception):
    """A value that is not what the model expects; containers add their step to `path` on the way out."""

    def __init__(self, expected: str, found: object) -> None:
        super().__init__(expected)
        self.path = ""
        self.sentence = f"Expected {expected}, found {_shown(found)}."


def to_plain(value: object) -> Any:
    """`value` in objects, lists, text, numbers and booleans only; fields become keys."""
    if isinstance(value, str):
        return clean(str(value))
    if value is None or isinstance(value, (int, float)):
        return value
    if isinstance(value, dict):
        return {clean(str(key)): to_plain(item) for key, item in value.items()}
    if isinstance(value, (tuple, list)):
        return [to_plain(item) for item in value]
    return {name: to_plain(getattr(value, name)) for name in _names(cast(Hashable, type(value)))}


def from_plain(kind: type[T], value: object, *, source: str, place: str = "") -> T:
    """The `kind` that `value` describes; absent keys take the model's defaults, unknown ones are ignored.

    A StoredDataError says where in `source` (a file, or a row of a store) which value does not fit.
    """
    try:
        read: T = _reader(cast(Hashable, kind))(value)
    except _Misfit as misfit:
        path = f"{place}{misfit.path}".lstrip(".")
        raise StoredDataError(misfit.sentence, where=f"{source}, {path}" if path else source) from None
    return read


@cache
def _names(kind: Any) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))


@cache
def _reader(hint: Any) -> _Reader:
    """The function that checks a value against a type of the model and builds it."""
    simple = {str: _text, int: _whole(0), float: _number, bool: _flag, object: _anything}.get(hint)
    if simple is not None:
        return simple
    origin, arguments = get_origin(hint), get_args(hint)
    if origin is Literal:
        return _choice({option: option for option in arguments})
    if origin in (Union, types.UnionType):
        return _or_none(_reader(next(option for option in arguments if option is not types.NoneType)))
    if origin is dict:
        return _mapping
    if origin is tuple:
        several = arguments[-1] is Ellipsis
        return _list(_reader(arguments[0])) if several else _row(tuple, [_reader(item) for item in arguments])
    if issubclass(hint, StrEnum):
        return _choice({option.value: option for option in hint})
    if is_dataclass(hint):
        return _record(hint)
    return _row(lambda items: hint(*items), [_reader(item) for item in get_type_hints(hint).values()])


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise _Misfit("text", value)
    # Thousands of outcomes share a few rule ids, criteria and fingerprints; one copy of each is enough.
    return intern(clean(value)) if len(value) <= _SHORT else clean(value)


def _number(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not math.isfinite(value):
        raise _Misfit("a number", value)
    return float(value)


def _flag(value: object) -> bool:
    if not isinstance(value, bool):
        raise _Misfit("true or false", value)
    return value


def _anything(value: object) -> object:
    return to_plain(value)


def _mapping(value: object) -> dict[str, object]:
    if not isinstance(value, dict):
        raise _Misfit("an object", value)
    cleaned: dict[str, object] = to_plain(value)
    return cleaned


def _whole(least: int) -> _Reader:
    def read(value: object) -> int:
        if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= LARGEST:
            raise _Misfit(f"a whole number from {least} to {LARGEST}", value)
        return value

    return read


def _choice(options: dict[str, Any]) -> _Reader:
    def read(value: object) -> Any:
        if not isinstance(value, str) or value not in options:
            raise _Misfit("one of " + ", ".join(options), value)
        return options[value]

    return read


def _or_none(reader: _Reader) -> _Reader:
    return lambda value: None if value is None else reader(value)


def _list(reader: _Reader) -> _Reader:
    def read(value: object) -> tuple[Any, ...]:
        if not isinstance(value, list):
            raise _Misfit("a list", value)
        done: list[Any] = []
        try:
            for item in value:
                done.append(reader(item))
        except _Misfit as misfit:
            misfit.path = f"[{len(done)}]{misfit.path}"
            raise
        return tuple(done)

    return read


def _row(build: Callable[[list[Any]], Any], readers: list[_Reader]) -> _Reader:
    def read(value: object) -> Any:
        if not isinstance(value, list) or len(value) != len(readers):
            raise _Misfit(f"a list of {len(readers)}", value)
        return build([reader(item) for reader, item in zip(readers, value, strict=True)])

    return read


def _record(kind: Any) -> _Reader:
    hints = get_type_hints(kind)
    steps = [(f.name, _bounded_reader(f.name, hints[f.name]), _is_required(f)) for f in fields(kind)]

    def read(value: object) -> Any:
        if not isinstance(value, dict):
            raise _Misfit("an object", value)
        name, known = "", {}
        try:
            for name, reader, required in steps:
                if name in value:
                    known[name] = reader(value[name])
                elif required:
                    raise _Misfit("a value", MISSING)
        except _Misfit as misfit:
            misfit.path = f".{name}{misfit.path}"
            raise
        return kind(**known)

    return read


def _bounded_reader(name: str, hint: Any) -> _Reader:
    return _whole(_AT_LEAST[name]) if hint is int and name in _AT_LEAST else _reader(hint)


def _is_required(field: Field[Any]) -> bool:
    return field.default is MISSING and field.default_factory is MISSING


def _shown(value: object) -> str:
    if value is MISSING:
        return "nothing"
    if isinstance(value, (dict, list)):
        return "an object" if isinstance(value, dict) else f"a list of {len(value)}"
    text = value[:40] if isinstance(value, str) else str(value)[:40]
    return json.dumps(text) if isinstance(value, str) else text
