"""What automated rules leave to a person, by success criterion, as typed data. Source: `_source` in `left.json`."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType


@cache
def left_to_people() -> Mapping[str, str]:
    """A sentence for each A and AA criterion of WCAG 2.2: what a person still has to look at."""
    data: dict[str, str] = json.loads(files("rules.standards").joinpath("left.json").read_text("utf-8"))
    return MappingProxyType({name: text for name, text in data.items() if not name.startswith("_")})
