"""The file of a house style, which a content designer keeps: words left alone, terms preferred, limits.

::

    allow = ["benefit", "change of address"]

    [prefer]
    "fill out" = "fill in"

    [limits]
    sentence-words = 20
"""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

from rules.errors import ConfigError
from rules.plain.style import Style, usual_limits
from scanner.config import not_toml, read_text, shown, unknown_name

PARTS = ("allow", "prefer", "limits")
MOST_BYTES = 200_000
MOST_ENTRIES = 2_000
LONGEST = 100
"""Characters of one term."""

LARGEST = 10_000
"""The largest limit; a text with as many words in a sentence has no limit."""

HIGHEST_GRADE = 16
"""The highest reading grade that there is."""

_TERM = f"a text of 1 to {LONGEST} characters on one line"
_LOOKS = 'It looks like: allow = ["benefit"]'


def read_house_style(path: Path, *, do: str = "") -> Style:
    """The house style in a file; a ConfigError names the file and the line or entry that is wrong.

    `do` is what helps where there is no such file.
    """
    text = read_text(path, do=do, most=MOST_BYTES)
    try:
        content = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        raise not_toml(path, error, do=_LOOKS) from None
    places = _Places(path, text)
    for name in content:
        if name not in PARTS:
            raise unknown_name(name, PARTS, thing="a part of a house style", where=places.of(name))
    return Style(
        limits=_limits(_table(content, "limits", places), places),
        allowed=_allowed(content.get("allow", []), places),
        preferred=_preferred(_table(content, "prefer", places), places),
    )


class _Places:
    """Where the entries of a file stand, for errors."""

    def __init__(self, path: Path, text: str) -> None:
        self._path, self._lines = path, text.split("\n")

    def of(self, name: str) -> str:
        """File and line of an entry or a table; the file alone where the line is not known."""
        entry = re.compile(rf"""\s*(?:["']?{re.escape(name)}["']?\s*[=.]|\[+\s*["']?{re.escape(name)}["']?\s*\])""")
        line = next((number for number, line in enumerate(self._lines, start=1) if entry.match(line)), None)
        return f"{self._path}:{line}" if line else str(self._path)


def _allowed(value: object, places: _Places) -> frozenset[str]:
    where = places.of("allow")
    if not isinstance(value, list):
        raise ConfigError(f"allow is {shown(value)}, expected a list of terms.", where=where, do=_LOOKS)
    _check_number(value, "allow", where)
    return frozenset(_term(term, f"entry {number} of allow", where).lower() for number, term in enumerate(value, 1))


def _preferred(table: dict[str, Any], places: _Places) -> dict[str, str]:
    _check_number(table, "prefer", places.of("prefer"))
    preferred: dict[str, str] = {}
    for name, instead in table.items():
        where = places.of(name)
        term = _term(name, "a term in prefer", where).lower()
        if term in preferred:
            raise ConfigError(f"prefer has {shown(term)} twice.", where=where, do="Capitals make no difference.")
        preferred[term] = _term(instead, f"{shown(name)} in prefer", where)
    return dict(sorted(preferred.items()))


def _limits(table: dict[str, Any], places: _Places) -> dict[str, int]:
    known = {name.replace("_", "-"): name for name in usual_limits()}
    limits: dict[str, int] = {}
    for name, value in table.items():
        where = places.of(name)
        if name not in known:
            raise unknown_name(name, tuple(known), thing="a limit", where=where)
        most = HIGHEST_GRADE if name == "reading-grade" else LARGEST
        if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= most:
            raise ConfigError(f"{name} is {shown(value)}, expected a whole number from 1 to {most}.", where=where)
        limits[known[name]] = value
    return dict(sorted(limits.items()))


def _table(content: dict[str, Any], name: str, places: _Places) -> dict[str, Any]:
    table = content.get(name, {})
    if not isinstance(table, dict):
        raise ConfigError(
            f"{name} is {shown(table)}, expected a table that begins with [{name}].", where=places.of(name)
        )
    return table


def _term(value: object, what: str, where: str) -> str:
    """A term with its white space folded."""
    term = " ".join(value.split()) if isinstance(value, str) else ""
    if not term or len(term) > LONGEST or not term.isprintable():
        raise ConfigError(f"{what} is {shown(value)}, expected {_TERM}.", where=where)
    return term


def _check_number(entries: list[object] | dict[str, Any], name: str, where: str) -> None:
    if len(entries) > MOST_ENTRIES:
        raise ConfigError(f"{name} has {len(entries)} entries, expected at most {MOST_ENTRIES}.", where=where)
