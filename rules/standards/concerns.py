"""What a page may hold that makes a success criterion a question for a person there, as typed data.

Source: `_source` in `concerns.json`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any, NamedTuple

EVERY_PAGE = "*"


class Kind(NamedTuple):
    """A kind of thing that pages hold: how one and several are called, and the evidence that counts them."""

    one: str
    several: str
    evidence: str


class Concern(NamedTuple):
    """What a criterion is about: kinds of things, and whether it concerns every page whatever that holds."""

    kinds: tuple[str, ...]
    every_page: bool


@cache
def kinds() -> Mapping[str, Kind]:
    """The kinds of things by their ids, in the order in which they are told."""
    return MappingProxyType({name: Kind(*row) for name, row in _data()["kinds"].items()})


@cache
def concerns() -> Mapping[str, Concern]:
    """What each A and AA criterion of WCAG 2.2 concerns."""
    rows: dict[str, list[str]] = _data()["criteria"]
    return MappingProxyType(
        {
            criterion: Concern(tuple(name for name in row if name != EVERY_PAGE), EVERY_PAGE in row)
            for criterion, row in rows.items()
        }
    )


@cache
def _data() -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(files("rules.standards").joinpath("concerns.json").read_text("utf-8"))
    return loaded
