"""The six qualities of Executive Order 14058, and which checks stand for each.

Source: `_source` in `qualities.json`. The order names the words; what can be checked of them was chosen here, and a
reader is told each check by name.
"""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple


class Check(NamedTuple):
    """What can be found out about a quality: its sentence where it is met, and what decides.

    Just one of `rules` (all of them must find nothing), `principle` (of WCAG: all its criteria) and `fact` is given.
    """

    title: str
    rules: tuple[str, ...] = ()
    principle: str = ""
    fact: str = ""


class Quality(NamedTuple):
    """One of the six words with its checks."""

    id: str
    name: str
    checks: tuple[Check, ...]


@cache
def qualities() -> tuple[Quality, ...]:
    """The six qualities in the order of the text."""
    return tuple(
        Quality(
            row["id"],
            row["name"],
            tuple(Check(**{**check, "rules": tuple(check.get("rules", ()))}) for check in row["checks"]),
        )
        for row in _data()["qualities"]
    )


def _data() -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(files("rules.standards").joinpath("qualities.json").read_text("utf-8"))
    return loaded
