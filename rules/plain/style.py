"""What a house asks of its texts: limits on length, words that it wants left alone, terms that it prefers."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from types import MappingProxyType


@cache
def usual_limits() -> Mapping[str, int]:
    """The limits of limits.json, each with its source there; more than a limit is too much."""
    loaded: dict[str, int] = json.loads(files("rules.plain").joinpath("limits.json").read_text("utf-8"))["limits"]
    return MappingProxyType(loaded)


@dataclass(frozen=True)
class Style:
    """The house style that rules on words judge by; without one, the usual limits and nothing else.

    `limits` replace usual ones of the same name. `allowed` are words and phrases, in lower case, that no rule finds.
    `preferred` gives for a term, in lower case, the one to write in its place.
    """

    limits: Mapping[str, int] = field(default_factory=dict)
    allowed: frozenset[str] = frozenset()
    preferred: Mapping[str, str] = field(default_factory=dict)

    def as_json(self) -> dict[str, object]:
        """The style in the words and the order of its file, so that equal styles are equal texts."""
        limits = {name.replace("_", "-"): value for name, value in sorted(self.limits.items())}
        return {"allow": sorted(self.allowed), "limits": limits, "prefer": dict(sorted(self.preferred.items()))}

    def limit(self, name: str) -> int:
        """The limit with this name; a KeyError for one that is not in limits.json."""
        usual = usual_limits()[name]
        return self.limits.get(name, usual)


USUAL = Style()
"""No house style."""
