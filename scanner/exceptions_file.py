"""The file of agreed exceptions, a table each, with everything that makes one: reason, owner, last day.

::

    [[exception]]
    rule = "image-alt"
    selector = "#map img"        # or fingerprint = "0a1b2c3d4e5f6071"
    reason = "The map is replaced with the new service."
    owner = "Maps team"
    expires = 2027-01-31
"""

from __future__ import annotations

import datetime
import re
import tomllib
from pathlib import Path
from typing import Any

from reports.agreed import Agreed
from rules.errors import ConfigError
from scanner.config import read_text, shown, unknown_name

KEYS = ("rule", "selector", "fingerprint", "reason", "owner", "expires")


def read_exceptions(path: Path) -> tuple[Agreed, ...]:
    """The exceptions in a file, in its order; a ConfigError names the line of the one that is wrong."""
    text = read_text(path)
    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"this is not TOML: {error}.", where=str(path)) from None
    tables = content.pop("exception", [])
    if content:
        raise unknown_name(next(iter(content)), ("exception",), thing="a part of this file", where=str(path))
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        raise ConfigError("exceptions are tables that begin with [[exception]].", where=str(path))
    heads = [n for n, line in enumerate(text.split("\n"), 1) if re.match(r"\s*\[\[\s*exception\s*\]\]", line)]
    lines = heads if len(heads) == len(tables) else [0] * len(tables)
    places = [f"{path}:{line}" if line else str(path) for line in lines]
    return tuple(_agreed(table, where) for table, where in zip(tables, places, strict=True))


def _agreed(table: dict[str, Any], where: str) -> Agreed:
    for key, value in table.items():
        if key not in KEYS:
            raise unknown_name(key, KEYS, thing="a part of an exception", where=where)
        if key != "expires" and (not isinstance(value, str) or not value.strip()):
            raise ConfigError(f"{key} is {shown(value)}, expected a text.", where=where)
    missing = [key for key in ("rule", "reason", "owner", "expires") if key not in table]
    if missing:
        raise ConfigError(f"the exception has no {missing[0]}.", where=where, do="Nobody can agree without it.")
    if ("selector" in table) == ("fingerprint" in table):
        raise ConfigError("an exception has a selector or a fingerprint.", where=where, do="Give it one of both.")
    day = table["expires"]
    if not isinstance(day, datetime.date) or isinstance(day, datetime.datetime):
        expected = "a day such as 2027-01-31, without quotation marks"
        raise ConfigError(f"expires is {shown(day)}, expected {expected}.", where=where)
    if not re.fullmatch(r"[0-9a-f]{16}", table.get("fingerprint", "0" * 16)):
        raise ConfigError(f"{shown(table['fingerprint'])} is no fingerprint.", where=where)
    return Agreed(**{**table, "expires": day.isoformat()})
